using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Local.Azurite;
using BscFlow.Web;

namespace BscFlow.Tests.Scenarios;

/// <summary>
/// The sample committee on an Azurite and a Graph emulator of its own. Both outlive the process that runs the committee, so
/// that it can be killed.
/// </summary>
internal sealed class CommitteeRun : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly TemporaryFolder _folder = new();

    private CommitteeRun(Charter charter) => Charter = charter;

    public Charter Charter { get; }

    public AzuriteProcess Azurite { get; private set; } = null!;

    public GraphEmulatorHost Graph { get; private set; } = null!;

    public RunProcess Process { get; private set; } = null!;

    /// <param name="mailKept">How long the emulator keeps mail; null: for good.</param>
    /// <param name="sample">Name of the sample committee.</param>
    /// <param name="others">Addresses beyond the committee's that have a mailbox.</param>
    /// <param name="heapLimit">As <see cref="RunProcess.HeapLimit"/>.</param>
    public static async Task<CommitteeRun> StartAsync(
        DateTimeOffset begin,
        TimeSpan? mailKept,
        CancellationToken cancellationToken,
        string sample = "default",
        long? heapLimit = null,
        IEnumerable<string>? others = null)
    {
        var charter = Path.Combine(AppContext.BaseDirectory, "Samples", sample, "charter.json");
        var run = new CommitteeRun(CharterReader.Read(await File.ReadAllBytesAsync(charter, cancellationToken)));
        run.Azurite = await AzuriteProcess.StartAsync(
            Path.Combine(run._folder.Path, "azurite"), Console.Error, cancellationToken);
        run.Graph = await GraphEmulatorHost.StartAsync(
            new GraphEmulatorOptions
            {
                Mailboxes = [.. run.Mailboxes(), .. (others ?? []).Select(address => new EmulatedMailbox(address, address))],
                AppAccess = [run.Charter.Mailbox],
                Clock = new FollowingClock(Path.Combine(run._folder.Path, "data", "clock.json"), begin),
                Retention = mailKept,
            },
            cancellationToken);
        run.Process = new RunProcess(
            [
                "--charter", charter,
                "--storage", run.Azurite.ConnectionString,
                "--graph", new Uri(run.Graph.Address, "v1.0").ToString(),
                "--graph-token", "local",
                "--now", begin.ToString("O", CultureInfo.InvariantCulture),
            ],
            run._folder.Path)
        {
            HeapLimit = heapLimit,
        };
        await run.Process.StartAsync(cancellationToken);
        return run;
    }

    /// <summary>Moves the clock on, of the run and of the mail.</summary>
    /// <param name="by">A span, or <c>next</c>.</param>
    public Task<DateTimeOffset> AdvanceAsync(string by, CancellationToken cancellationToken) =>
        Process.AdvanceAsync(by, cancellationToken);

    /// <summary>Every member answers the invitations that they have not opened yet.</summary>
    public void AnswerInvitations(Func<MeetingAnswer> answer)
    {
        foreach (var address in Charter.Members.Select(member => member.Addresses[0]))
        {
            foreach (var mail in Graph.Messages(address).Where(mail => mail is { Meeting: "meetingRequest", IsRead: false }))
            {
                Graph.As(address).Answer(mail.Id, answer());
            }
        }
    }

    public async Task<IReadOnlyList<MeetingView>> MeetingsAsync(CancellationToken cancellationToken)
    {
        List<MeetingView> all = [];
        bool isFull;
        do
        {
            var path = $"meetings?most={ApiPage.Largest}&after={all.LastOrDefault()?.Meeting}";
            using var answer = await SendAsync(HttpMethod.Get, path, null, null, cancellationToken);
            answer.EnsureSuccessStatusCode();
            var page = (await answer.Content.ReadFromJsonAsync<IReadOnlyList<MeetingView>>(Json, cancellationToken))!;
            all.AddRange(page);
            isFull = page.Count == ApiPage.Largest;
        }
        while (isFull);

        return all;
    }

    /// <summary>A request to the committee's part of the programming interface, with the key.</summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, EntityTagHeaderValue? over, CancellationToken cancellationToken) =>
        Process.SendAsync(method, $"/api/{Charter.Id}/{path}", content, over, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Process is { } process)
        {
            await process.DisposeAsync();
        }

        if (Graph is { } graph)
        {
            await graph.DisposeAsync();
        }

        if (Azurite is { } azurite)
        {
            await azurite.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>A secretary may be a guest too, and has one mailbox then.</summary>
    private List<EmulatedMailbox> Mailboxes()
    {
        List<EmulatedMailbox> named =
        [
            new(Charter.Mailbox, Charter.Name),
            .. Charter.Members.Select(member => new EmulatedMailbox(member.Addresses[0], member.Name)),
            .. Charter.Guests.Where(guest => guest.Address is not null)
                .Select(guest => new EmulatedMailbox(guest.Address!, guest.Name)),
            .. Charter.Secretaries.Select(address => new EmulatedMailbox(address, address)),
        ];
        return [.. named.DistinctBy(mailbox => mailbox.Address)];
    }
}
