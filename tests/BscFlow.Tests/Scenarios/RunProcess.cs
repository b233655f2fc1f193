using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using BscFlow.Local.Azurite;
using BscFlow.Local.Running;
using BscFlow.Web;

namespace BscFlow.Tests.Scenarios;

/// <summary><c>bscflow run</c> as a process of its own, which can be killed and started again on the same data.</summary>
internal sealed class RunProcess(IReadOnlyList<string> arguments, string folder) : IAsyncDisposable
{
    /// <summary>For a machine that has much else to do; nothing waits so long that works.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly string _ready = Path.Combine(folder, "ready.json");
    private readonly HttpClient _http = new() { Timeout = Patience };
    private Process? _process;

    /// <summary>Bytes of managed heap that the process may have; it fails where that is not enough. Null: no limit.</summary>
    public long? HeapLimit { get; init; }

    public RunAddresses Addresses { get; private set; } = null!;

    public int Id => _process!.Id;

    /// <summary>What it wrote to both of its outputs, all starts together.</summary>
    public List<string> Output { get; } = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        File.Delete(_ready);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(LocalRun).Assembly.Location, "run" },
        };
        foreach (var argument in arguments.Concat(
            ["--ready-file", _ready, "--port", "0", "--data", Path.Combine(folder, "data")]))
        {
            start.ArgumentList.Add(argument);
        }

        if (HeapLimit is { } limit)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = limit.ToString("x", CultureInfo.InvariantCulture);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        var waited = Stopwatch.StartNew();
        while (!File.Exists(_ready))
        {
            Assert.False(_process.HasExited, $"bscflow ended by itself: {Tail()}");
            Assert.True(waited.Elapsed < Patience, $"bscflow did not start: {Tail()}");
            await Task.Delay(20, cancellationToken);
        }

        Addresses = await RunAddresses.ReadAsync(_ready, cancellationToken);
    }

    /// <summary>As the system does it to a process that is in its way: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process!.WaitForExitAsync(cancellationToken);
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Moves the clock, and returns when all that became due is done.</summary>
    /// <param name="by">A span, or <c>next</c>.</param>
    /// <returns>The time on the run's clock.</returns>
    public async Task<DateTimeOffset> AdvanceAsync(string by, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsync(new Uri(Addresses.Site, $"/clock/advance?by={by}"), null, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text} {Tail()}");
        return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>A request to the programming interface, with the key.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, EntityTagHeaderValue? over, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(Addresses.Site, path)) { Content = content };
        request.Headers.Add(Access.KeyHeader, Addresses.DeskKey);
        if (over is not null)
        {
            request.Headers.IfMatch.Add(over);
        }

        return await _http.SendAsync(request, cancellationToken);
    }

    /// <summary>
    /// Kills it, and waits until its Azurite has saved and ended too, so that nobody writes into its folder any more.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await AzuriteProcess.WaitForFormerAsync(Path.Combine(folder, "data", "storage"), CancellationToken.None);
        _http.Dispose();
    }

    private string Tail()
    {
        lock (Output)
        {
            return string.Join('\n', Output.TakeLast(30));
        }
    }

    private void Keep(string? line)
    {
        lock (Output)
        {
            if (line is not null)
            {
                Output.Add(line);
            }
        }
    }
}
