using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Local.Azurite;
using BscFlow.Local.Running;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BscFlow.Tests;

/// <summary>
/// The product in this process, served over HTTP, on an Azurite and a Graph emulator of its own. Nothing ticks by itself:
/// a test moves the clock and settles.
/// </summary>
internal sealed class ProductHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private LoopbackPort? _port;

    public static DateTimeOffset Begin { get; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; } = new(Begin);

    public string DeskKey { get; private init; } = new('k', 40);

    public AzuriteProcess Azurite { get; private set; } = null!;

    public GraphEmulatorHost Graph { get; private set; } = null!;

    public WebApplication App { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public IReadOnlyList<Charter> Charters { get; private set; } = [];

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    /// <param name="committees">Ids; each is <see cref="Tests.Charters.Small"/> with addresses of its own.</param>
    /// <param name="configure">What the test adds to or puts in place of the product's parts.</param>
    public static async Task<ProductHost> StartAsync(
        IReadOnlyList<string> committees,
        Action<WebApplicationBuilder>? configure = null,
        string? deskKey = null,
        Action<BscFlowOptions>? options = null)
    {
        var host = new ProductHost { Charters = [.. committees.Select(CharterOf)], DeskKey = deskKey ?? new('k', 40) };
        await host.StartAsync(configure, options);
        return host;
    }

    /// <summary>Does what is due, and what becomes due by that.</summary>
    public Task<bool> SettleAsync() => Get<WorkLoop>().SettleAsync(TestContext.Current.CancellationToken);

    public async Task MoveAsync(TimeSpan by)
    {
        Time.Advance(by);
        await SettleAsync();
    }

    /// <summary>Ends Azurite under the running app.</summary>
    public async Task StopStorageAsync()
    {
        if (Azurite is { } azurite)
        {
            Azurite = null!;
            await azurite.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (App is not null)
        {
            await App.DisposeAsync();
        }

        if (Graph is not null)
        {
            await Graph.DisposeAsync();
        }

        _port?.Dispose();
        await StopStorageAsync();
        _folder.Dispose();
    }

    private static Charter CharterOf(string id)
    {
        var small = Tests.Charters.Small(id);
        return small with
        {
            Name = $"Committee {id}",
            Mailbox = $"{id}@committee.example",
            Secretaries = [$"sec.{id}@committee.example"],
            Members = [.. small.Members.Select(member => member with { Addresses = [$"{member.Id}.{id}@members.example"] })],
        };
    }

    private async Task StartAsync(Action<WebApplicationBuilder>? configure, Action<BscFlowOptions>? more)
    {
        var cancellation = TestContext.Current.CancellationToken;
        Azurite = await AzuriteProcess.StartAsync(_folder.Path, Console.Error, cancellation);

        // Where no committee is yet, one may be imported.
        IReadOnlyList<Charter> mailed = Charters is [] ? [CharterOf("acme")] : Charters;
        Graph = await GraphEmulatorHost.StartAsync(
            new GraphEmulatorOptions
            {
                Mailboxes = [.. mailed.SelectMany(MailboxesOf)],
                AppAccess = [.. mailed.Select(charter => charter.Mailbox)],
                Clock = Time,
            },
            cancellation);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();

        // Graph tells of new mail where the site says it is.
        _port = LoopbackPort.Take(0);
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = _ => _port.Socket)
            .ConfigureKestrel(kestrel => kestrel.Listen(_port.Socket.LocalEndPoint!));
        builder.Services
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(new WorkerProcess("one"))
            .AddBscFlow(options =>
            {
                options.Storage = Azurite.ConnectionString;
                options.SiteAddress = _port.Address;
                options.DeskKey = DeskKey;
                options.Graph = new GraphOptions
                {
                    Address = new Uri(Graph.Address, "v1.0"),
                    Credential = GraphCredential.FixedToken,
                    Token = "app",
                    LookWhileTold = CollectMail.Interval,
                };
                more?.Invoke(options);
            })
            .AddSingleton<StepPump>()
            .AddSingleton<WorkLoop>();
        configure?.Invoke(builder);
        App = builder.Build();
        App.UseBscFlow();
        await Get<StorageSetup>().EnsureAsync(cancellation);
        foreach (var charter in Charters)
        {
            await Get<CharterStore>().TakeOverAsync(CharterWriter.Write(charter), cancellation);
        }

        await App.StartAsync(cancellation);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _port.Address };
    }

    private static IEnumerable<EmulatedMailbox> MailboxesOf(Charter charter) =>
    [
        new(charter.Mailbox, charter.Name),
        .. charter.Members.Select(member => new EmulatedMailbox(member.Addresses[0], member.Name)),
        .. charter.Secretaries.Select(address => new EmulatedMailbox(address, address)),
    ];
}
