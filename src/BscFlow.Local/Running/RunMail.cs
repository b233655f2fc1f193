using BscFlow.GraphEmulator;
using BscFlow.Mail;

namespace BscFlow.Local.Running;

/// <summary>Who carries a run's mail: a Graph that was named, or the emulator.</summary>
internal sealed class RunMail : IAsyncDisposable
{
    private const string Version = "v1.0";

    private readonly GraphEmulatorHost? _emulator;

    private RunMail(GraphOptions options, GraphEmulatorHost? emulator)
    {
        Options = options;
        _emulator = emulator;
    }

    public GraphOptions Options { get; }

    /// <summary>The emulator itself; null where mail goes to a Graph that was named.</summary>
    public GraphEmulatorHost? Host => _emulator;

    /// <summary>The server of the emulator's pages; null where mail goes to the real Graph.</summary>
    public Uri? Emulator => Options.Address.IsLoopback ? new Uri(Options.Address, "/") : null;

    /// <exception cref="RefusalException">The emulator cannot start on what it finds in the data folder.</exception>
    public static async Task<RunMail> StartAsync(
        RunOptions options, Committees committees, DataFolder data, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (options.Graph is { } graph)
        {
            return new RunMail(OptionsOf(WithVersion(graph), options.GraphToken), emulator: null);
        }

        try
        {
            var emulator = await GraphEmulatorHost.StartAsync(
                new GraphEmulatorOptions
                {
                    Mailboxes = committees.Mailboxes(),
                    AppAccess = [.. committees.Charters.Select(charter => charter.Mailbox)],
                    TenantDomains = [.. committees.Charters.Select(charter => charter.MailboxDomain).Distinct()],
                    OpensMailboxes = true,
                    Zone = TimeZoneInfo.FindSystemTimeZoneById(committees.Charters[0].TimeZone),
                    Clock = clock,
                    DataFolder = data.Graph,
                },
                cancellationToken);

            // The emulator takes any token.
            return new RunMail(OptionsOf(new Uri(emulator.Address, Version), "local"), emulator);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new RefusalException($"{data.Graph}: {e.Message}; start again without it by --fresh", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    /// <exception cref="RefusalException">The address is none, or a secret would leave this machine in plain sight.</exception>
    public static void Require(RunOptions options)
    {
        if (options.Graph is not { } graph)
        {
            return;
        }

        if (!graph.IsAbsoluteUri
            || !(graph.Scheme == Uri.UriSchemeHttps || (graph.Scheme == Uri.UriSchemeHttp && graph.IsLoopback)))
        {
            throw new RefusalException($"--graph {graph}: give an address with https, or with http on this machine");
        }

        if (options.GraphToken is not null && !graph.IsLoopback)
        {
            throw new RefusalException(
                "--graph-token: is for a Graph on this machine; another one is opened by the environment's credential");
        }
    }

    private static GraphOptions OptionsOf(Uri address, string? token) => new()
    {
        Address = address,
        Credential = token is null ? GraphCredential.Default : GraphCredential.FixedToken,
        Token = token,

        // On one machine a look costs nothing, and who moves the clock wants to see what was answered meanwhile.
        LookWhileTold = CollectMail.Interval,
    };

    private static Uri WithVersion(Uri graph) =>
        graph.AbsolutePath == "/" ? new Uri(graph, Version) : new Uri(graph.AbsoluteUri.TrimEnd('/'));
}
