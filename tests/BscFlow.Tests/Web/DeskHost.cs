using System.Text;
using System.Text.Json;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Storage;
using BscFlow.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BscFlow.Tests.Web;

/// <summary>The web of BscFlow in this process, over HTTP and on Azurite, with a clock that the test moves.</summary>
internal sealed class DeskHost : IAsyncDisposable
{
    public const string DeskKey = "0123456789abcdef0123456789abcdef";

    private static readonly string[] SampleYears = ["2025.md", "2026.md"];

    private readonly WebApplication _app;
    private readonly List<IDisposable> _clients = [];

    private DeskHost(WebApplication app, FakeTimeProvider clock) => (_app, Clock) = (app, clock);

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Begins six days before the sample committee's meeting of January 2026.</summary>
    public FakeTimeProvider Clock { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="parts">What the test adds to the product's parts.</param>
    public static async Task<DeskHost> StartAsync(
        AzuriteFixture azurite, Action<BscFlowOptions>? configure = null, Action<IServiceCollection>? parts = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 9, 0, 0, TimeSpan.Zero));
        builder.Services
            .AddSingleton<TimeProvider>(clock)
            .AddBscFlow(options =>
            {
                options.Storage = azurite.ConnectionString;
                options.SiteAddress = new Uri("http://127.0.0.1/");
                options.DeskKey = DeskKey;
                options.Graph = new() { Address = new Uri("http://127.0.0.1:9/v1.0"), Credential = GraphCredential.FixedToken, Token = "none" };
                configure?.Invoke(options);
            });
        parts?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseBscFlow();
        await app.Services.GetRequiredService<StorageSetup>().EnsureAsync(Cancel);
        await app.StartAsync(Cancel);
        return new DeskHost(app, clock);
    }

    /// <summary>The sample committee under an id that no other test uses.</summary>
    public async Task<Charter> AddCommitteeAsync(Func<Charter, Charter>? change = null)
    {
        var charter = Tidewater.Charter with { Id = AzuriteFixture.NewName() };
        charter = change?.Invoke(charter) ?? charter;
        return await Get<CharterStore>().TakeOverAsync(CharterWriter.Write(charter), Cancel);
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Someone at a browser: cookies are kept, redirects are not followed.</summary>
    public PageClient NewBrowser()
    {
        var client = new PageClient(Address);
        _clients.Add(client);
        return client;
    }

    /// <summary>A browser that came by the printed link.</summary>
    public async Task<PageClient> EnterAsync()
    {
        var browser = NewBrowser();
        using var entered = await browser.GetAsync($"/desk/enter?key={DeskKey}");
        return browser;
    }

    /// <summary>The sample committee's two years of minutes; the clock goes to a month after the last of them.</summary>
    public async Task ImportSampleAsync(Charter charter)
    {
        Clock.SetUtcNow(Publishing.SampleSite.Now);
        ArchiveFile[] files =
        [
            .. SampleYears.Select(file => new ArchiveFile(file, MinutesReader.Read(File.ReadAllBytes(Tidewater.PathOf(file))))),
        ];
        await Get<ImportArchive>().RunAsync(charter, files, Cancel);
    }

    /// <summary>A meeting on the books, with a draft of its minutes.</summary>
    public async Task<Meeting> DraftAsync(Charter charter, DateTimeOffset start)
    {
        await Get<DraftMeeting>().RunAsync(charter, start, Cancel);
        return (await Get<MeetingStore>().AllAsync(charter.Id, Cancel)).Single(meeting => meeting.Start == start);
    }

    public async Task<List<AuditEntry>> AuditAsync(Charter charter)
    {
        var entries = new List<AuditEntry>();
        await foreach (var entry in Get<AuditLog>().ReadAsync(charter.Id, Cancel))
        {
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>What App Service writes into its header for whoever signed in.</summary>
    public static string Principal(string address, string provider = "aad") => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new
        {
            auth_typ = provider,
            claims = new[] { new { typ = "preferred_username", val = address }, new { typ = "name", val = "Somebody" } },
        })));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await _app.DisposeAsync();
    }
}
