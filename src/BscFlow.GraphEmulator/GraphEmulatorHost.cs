using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Endpoints;
using BscFlow.GraphEmulator.Faults;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Pages;
using BscFlow.GraphEmulator.Subscribing;
using BscFlow.GraphEmulator.Transport;
using BscFlow.GraphEmulator.Wire;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BscFlow.GraphEmulator;

/// <summary>A running emulator: an own Kestrel on a loopback port, and what a test wants to see and do behind its back.</summary>
public sealed class GraphEmulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MailStore _store;
    private readonly Delivery _delivery;
    private readonly Invitations _invitations;
    private readonly Lifecycle _lifecycle;
    private readonly RequestLog _log;

    private GraphEmulatorHost(WebApplication app)
    {
        _app = app;
        _store = app.Services.GetRequiredService<MailStore>();
        _delivery = app.Services.GetRequiredService<Delivery>();
        _invitations = app.Services.GetRequiredService<Invitations>();
        _lifecycle = app.Services.GetRequiredService<Lifecycle>();
        _log = app.Services.GetRequiredService<RequestLog>();
        Faults = app.Services.GetRequiredService<FaultPlan>();
        Address = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
    }

    /// <summary>Such as <c>http://127.0.0.1:5150/</c>; the base for a Graph client is this and <c>v1.0</c>.</summary>
    public Uri Address { get; }

    /// <summary>What is to go wrong, and when.</summary>
    public FaultPlan Faults { get; }

    /// <summary>The last Graph calls, oldest first.</summary>
    public IReadOnlyList<LoggedRequest> Requests => _log.All;

    /// <summary>Ids of the subscriptions that have not expired.</summary>
    public IReadOnlyList<string> Subscriptions => _lifecycle.Subscriptions;

    /// <summary>Starts an emulator and returns when it answers.</summary>
    /// <exception cref="IOException">The port is in use, or the data folder cannot be used.</exception>
    /// <exception cref="InvalidDataException">A file in the data folder is not what an emulator wrote.</exception>
    public static async Task<GraphEmulatorHost> StartAsync(GraphEmulatorOptions options, CancellationToken cancellationToken)
    {
        var store = new MailStore(options);
        var port = options.Port == 0 && IsFree(store.LastPort) ? store.LastPort : options.Port;
        var app = Build(options, store, port);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var host = new GraphEmulatorHost(app);
        store.RememberPort(host.Address.Port);
        return host;
    }

    /// <summary>Everything in a folder (by well-known name, display name or id), oldest first.</summary>
    public IReadOnlyList<MailboxMessage> Messages(string mailbox, string folder = "inbox") => _store.Read(() =>
    {
        var box = Mailbox(mailbox);
        var place = box.Folder(folder)
            ?? box.Folders.FirstOrDefault(other => other.DisplayName == folder)
            ?? throw new ArgumentException($"{mailbox} has no folder {folder}.", nameof(folder));
        return box.In(place).OrderBy(message => message.Arrived).Select(MailboxMessage.Of).ToList();
    });

    /// <summary>What the owner of a mailbox does in their own mail program.</summary>
    /// <exception cref="ArgumentException">There is no such mailbox.</exception>
    public Person As(string mailbox) => new(_store, _delivery, _invitations, Mailbox(mailbox));

    /// <summary>
    /// A mail from a server that is not here arrives, byte for byte, under the headers that the receiving server stamps.
    /// </summary>
    public void Deliver(OutsideMail mail) => _store.Change(() => _delivery.ReceiveFromOutside(
        mail.Mime, mail.ReturnPath, mail.Recipients, Stamp.Chosen(mail.AuthenticationResults, mail.AuthAs)));

    /// <summary>Tells a subscription something about itself, at its lifecycle URL; a removed one is gone then.</summary>
    /// <returns>False when there is no such subscription, or it has no lifecycle URL.</returns>
    public bool Raise(string subscription, LifecycleEvent what) => _lifecycle.Raise(subscription, what);

    /// <summary>Every delta link given so far answers 410 from now on.</summary>
    public void ExpireDeltaLinks() => _store.ExpireDeltaLinks();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(GraphEmulatorOptions options, MailStore store, int port)
    {
        // Nothing from the environment or a settings file: an emulator inside another program must not take that program's.
        var builder = WebApplication.CreateEmptyBuilder(
            new() { ApplicationName = typeof(GraphEmulatorHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton<Delivery>();
        builder.Services.AddSingleton<Invitations>();
        builder.Services.AddSingleton<AppAccess>();
        builder.Services.AddSingleton<RequestLog>();
        builder.Services.AddSingleton<FaultPlan>();
        builder.Services.AddSingleton<SubscriptionBook>();
        builder.Services.AddSingleton<Lifecycle>();
        builder.Services.AddSingleton<Handshake>();
        builder.Services.AddSingleton(
            _ => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Handshake.Patience });
        builder.Services.AddSingleton<Notifier>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Notifier>());

        var app = builder.Build();
        app.Use(OtherSites.RefuseAsync);
        app.UseMiddleware<GraphFront>();
        app.UseRouting();
        var graph = app.MapGroup(GraphPath.Version).AddEndpointFilter<RouteGroupBuilder, FaultFilter>();
        graph.MapMessages();
        graph.MapAttachments();
        graph.MapFolders();
        graph.MapDelta();
        graph.MapEvents();
        graph.MapSubscriptions();
        app.MapFallback($"{GraphPath.Version}/{{*path}}", (HttpContext context) =>
            throw GraphRefusal.BadRequest($"Resource not found for the segment '{context.Request.Path.Value?.Split('/')[^1]}'."));
        app.MapControl();
        app.MapPages();
        app.MapGet("/", () => Results.Redirect("/mailboxes"));
        return app;
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private Mailbox Mailbox(string address) =>
        _store.Find(address) ?? throw new ArgumentException($"There is no mailbox {address}.", nameof(address));

    /// <summary>Lives as long as its owner wants: signals to the process are the owner's to handle.</summary>
    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
