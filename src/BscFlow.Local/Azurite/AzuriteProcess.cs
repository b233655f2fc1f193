using System.Diagnostics;
using System.Text.RegularExpressions;

namespace BscFlow.Local.Azurite;

/// <summary>
/// Azurite as a child on free loopback ports. It saves and ends when it is disposed of, and also when this process ends in
/// any way, killed included.
/// </summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    /// <summary>The account and key that every Azurite has; see its documentation.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Longer than azurite-child.js gives a former Azurite on the same folder.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly Process _node;
    private readonly Task _output;

    private AzuriteProcess(Process node, Task output, IReadOnlyDictionary<string, string> addresses)
    {
        _node = node;
        _output = output;
        ConnectionString =
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + string.Concat(addresses.Select(address => $"{address.Key}Endpoint={address.Value}/{Account};"));
        Ended = node.WaitForExitAsync(CancellationToken.None);
    }

    public string ConnectionString { get; }

    public int ProcessId => _node.Id;

    /// <summary>Completes when Azurite has ended, wanted or not.</summary>
    public Task Ended { get; }

    /// <summary>
    /// Installs Azurite if this is its first use, starts it, and waits until blobs, queues and tables all answer.
    /// </summary>
    /// <param name="folder">Where it keeps its data; made if it is not there. One process at a time can use it.</param>
    /// <param name="progress">Gets a line now and then while it installs.</param>
    /// <exception cref="AzuriteUnavailableException">It cannot be installed or started; the message says what to do.</exception>
    public static Task<AzuriteProcess> StartAsync(string folder, TextWriter progress, CancellationToken cancellationToken) =>
        StartAsync(
            new AzuriteInstall(AzuriteInstall.DefaultManifests, AzuriteInstall.DefaultCache, progress),
            folder,
            cancellationToken);

    /// <inheritdoc cref="StartAsync(string, TextWriter, CancellationToken)"/>
    public static async Task<AzuriteProcess> StartAsync(
        AzuriteInstall install, string folder, CancellationToken cancellationToken)
    {
        await NodeProgram.RequireAsync(cancellationToken);
        await install.EnsureAsync(cancellationToken);

        folder = Directory.CreateDirectory(folder).FullName;
        var node = NodeProgram.Start("node", folder, [
            Path.Combine(AzuriteInstall.DefaultManifests, "azurite-child.js"), install.EntryPoint,
            "--location", folder,
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            "--skipApiVersionCheck", "--silent", "--disableTelemetry"]);
        try
        {
            var errors = node.StandardError.ReadToEndAsync(CancellationToken.None);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(StartLimit);
            var addresses = await ReadAddressesAsync(node.StandardOutput, limit.Token);
            if (addresses.Count < 3)
            {
                throw new AzuriteUnavailableException(
                    $"Azurite did not start on {folder}: {LastLine(await errors)}. {NodeProgram.Otherwise}");
            }

            // Both pipes must be read for as long as it runs, or it stops when one is full.
            var rest = node.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new AzuriteProcess(node, Task.WhenAll(rest, errors), addresses);
        }
        catch (Exception e)
        {
            node.Kill();
            node.Dispose();
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new AzuriteUnavailableException(
                    $"Azurite did not start on {folder} within {StartLimit.TotalSeconds} s. {NodeProgram.Otherwise}", e);
            }

            throw;
        }
    }

    /// <summary>Waits while the Azurite of a run that was just killed still saves, so that its folder can be deleted.</summary>
    /// <param name="folder">Where it keeps its data.</param>
    public static async Task WaitForFormerAsync(string folder, CancellationToken cancellationToken)
    {
        // The socket of one that was itself killed stays for ever, so there is an end to it.
        var lockFile = Path.Combine(folder, "azurite.sock");
        for (var waited = TimeSpan.Zero; File.Exists(lockFile) && waited < StopLimit; waited += Poll)
        {
            await Task.Delay(Poll, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _node.StandardInput.Close();
            await Ended.WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
            _node.Kill();
            await Ended;
        }

        await _output;
        _node.Dispose();
    }

    /// <summary>Blob, Queue and Table with the address each one says it listens on; fewer when it ends before.</summary>
    private static async Task<Dictionary<string, string>> ReadAddressesAsync(
        StreamReader output, CancellationToken cancellationToken)
    {
        var addresses = new Dictionary<string, string>();
        while (addresses.Count < 3 && await output.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Listening.Match(line) is { Success: true } match)
            {
                addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
            }
        }

        return addresses;
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last]
            ? last.TrimEnd('.')
            : "it said nothing";

    [GeneratedRegex(@"^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>http://\S+)$")]
    private static partial Regex Listening { get; }
}
