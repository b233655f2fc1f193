using System.Text;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Meetings.Messages;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Tests.Meetings;

/// <summary>
/// What is left when a use case is cut off in its middle, or meets another one there, is taken up and nothing is lost.
/// </summary>
public sealed class CutOffTests : IAsyncLifetime
{
    /// <summary>Second Wednesday, 17:00 in Berlin.</summary>
    private static readonly DateTimeOffset January = new(2026, 1, 14, 16, 0, 0, TimeSpan.Zero);

    private ProductHost _host = null!;

    private Charter Charter => _host.Charters[0];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await ProductHost.StartAsync(["acme"]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_meeting_that_gets_a_number_back_gets_a_draft_of_its_own_and_the_old_one_is_kept()
    {
        var draft = _host.Get<DraftMeeting>();
        await draft.RunAsync(Charter, January, Cancel);
        var cancelled = await _host.Get<CancelMeeting>().RunAsync(Charter, "0001", "Travel", "sec", Cancel);
        await draft.RunAsync(Charter, January.AddDays(28), Cancel);

        Assert.Null(Assert.IsType<CallOutcome.Done>(cancelled).Meeting.Number);
        var text = (await _host.Get<MinutesStore>().FindAsync("acme", 2026, "0001", Cancel))!.Text;
        Assert.StartsWith("## Meeting #1 - 2026-02-11", text, StringComparison.Ordinal);
        var kept = new List<string>();
        var container = new Azure.Storage.Blobs.BlobServiceClient(_host.Azurite.ConnectionString).GetBlobContainerClient(
            Keys.MinutesContainer);
        await foreach (var blob in container.GetBlobsAsync(
            prefix: "acme/2026/0001.lost-", traits: default, states: default, cancellationToken: Cancel))
        {
            kept.Add((await container.GetBlobClient(blob.Name).DownloadContentAsync(Cancel)).Value.Content.ToString());
        }

        Assert.StartsWith("## Meeting #1 - 2026-01-14", Assert.Single(kept), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_that_left_before_its_sender_died_is_taken_back_when_the_meeting_is_cancelled()
    {
        await _host.Get<DraftMeeting>().RunAsync(Charter, January, Cancel);
        var meeting = (await _host.Get<MeetingStore>().FindAsync("acme", "0001", Cancel))!;
        await _host.Get<InviteToMeeting>().RunAsync(Charter, meeting, Cancel);

        await _host.Get<CancelMeeting>().RunAsync(Charter, "0001", "Travel", "sec", Cancel);
        await _host.SettleAsync();

        Assert.Equal(
            ["meetingRequest", "meetingCancelled"],
            _host.Graph
                .Messages(Charter.Members[0].Addresses[0])
                .Select(mail => mail.Meeting)
                .OfType<string>()
                .OrderDescending());
    }

    [Fact]
    public async Task Asked_again_a_meeting_is_called_and_cancelled_once()
    {
        var start = January.AddDays(-3);
        var call = _host.Get<CallSpecialMeeting>();
        var cancel = _host.Get<CancelMeeting>();
        var called = Assert.IsType<CallOutcome.Done>(await call.RunAsync(Charter, start, null, "Budget", "sec", Cancel));
        var again = Assert.IsType<CallOutcome.Done>(await call.RunAsync(Charter, start, null, "Budget", "sec", Cancel));
        Assert.Equal(called.Meeting.Row, again.Meeting.Row);
        Assert.IsType<CallOutcome.Refused>(await call.RunAsync(Charter, start, null, "Something else", "sec", Cancel));

        await cancel.RunAsync(Charter, start, "No need", "sec", Cancel);
        var row = (await _host.Get<MeetingStore>().AtAsync("acme", start, Cancel))!.Row;
        Assert.IsType<CallOutcome.Done>(await cancel.RunAsync(Charter, row, "No need", "sec", Cancel));

        var events = await _host.Get<AuditLog>().ReadAsync("acme", Cancel).Select(entry => entry.Event).ToListAsync(Cancel);
        Assert.Equal(["meeting-cancelled", "special-meeting-called"], events.Order());
    }

    [Fact]
    public async Task Once_publishing_has_begun_an_objection_is_too_late_and_the_publication_is_finished()
    {
        var meeting = await CirculateAsync("  - Decision: yes\n", until: ProductHost.Begin.AddHours(5));
        Assert.NotNull(await _host.Get<MeetingStore>().TryUpdateAsync(meeting with { PublishedAt = ProductHost.Begin }, Cancel));

        var objection = new Objection("0001", meeting.Start, "ada", "m1", "No.");
        Assert.Equal(ObjectionOutcome.TooLate, await _host.Get<Objections>().RaiseAsync(Charter, objection, Cancel));
        await _host.SettleAsync();

        var published = (await _host.Get<MeetingStore>().FindAsync("acme", "0001", Cancel))!;
        Assert.Equal((MeetingState.Published, 0), (published.State, published.Objections.Count));
        Assert.Contains(
            "Decision: yes",
            (await _host.Get<MinutesStore>().FindYearAsync("acme", 2025, Cancel))!.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_objection_that_waits_in_the_mailbox_when_the_time_is_over_keeps_the_minutes_back()
    {
        var meeting = await CirculateAsync("  - Decision: yes\n", until: ProductHost.Begin.AddMinutes(10));
        await _host.Get<MeetingMail>().QueueAsync(
            Charter,
            meeting,
            "circulation",
            MeetingMail.Addressees(Charter, meeting),
            addressee => new PublishedMail
            {
                Reader = addressee.Reader,
                Committee = Charter.Name,
                Meeting = MeetingFacts.Of(Charter, meeting),
                Page = new("https://secretary.example"),
            },
            Cancel);
        await _host.Get<BscFlow.Workflow.Clock>().TickAsync("acme", Cancel);
        await _host.SettleAsync();
        var ada = Charter.Members[0].Addresses[0];
        _host.Time.Advance(TimeSpan.FromMinutes(9));
        _host.Graph.As(ada).Reply(_host.Graph.Messages(ada).Single().Id, "I object: nobody decided that.");
        _host.Time.Advance(TimeSpan.FromMinutes(4));

        await _host.Get<PublishMinutes>().RunAsync(Charter, "0001", Cancel);

        var held = (await _host.Get<MeetingStore>().FindAsync("acme", "0001", Cancel))!;
        Assert.Equal((MeetingState.Circulated, 1), (held.State, held.Objections.Count));
        Assert.Null(await _host.Get<MinutesStore>().FindYearAsync("acme", 2025, Cancel));
    }

    [Fact]
    public async Task A_correction_that_was_cut_off_after_the_years_file_is_finished_when_it_is_asked_for_again()
    {
        await CirculateAsync("  - AI Ada: write the page\n", until: ProductHost.Begin);
        var publish = _host.Get<PublishMinutes>();
        await publish.PublishNowAsync(Charter, "0001", "sec", Cancel);
        var minutes = _host.Get<MinutesStore>();
        var stored = (await minutes.FindAsync("acme", 2025, "0001", Cancel))!;
        var text = stored.Text + "  - AI Ben: read the page\n";
        await minutes.SaveAsync("acme", 2025, "0001", text, stored.ETag, Cancel);
        await minutes.ChangeYearAsync("acme", 2025, file => MinutesWriter.Put(MinutesReader.Read(file!), text), Cancel);

        await publish.PublishNowAsync(Charter, "0001", "sec", Cancel);
        await publish.PublishNowAsync(Charter, "0001", "sec", Cancel);

        Assert.Equal(
            ["ada", "ben"],
            (await _host.Get<ActionStore>().AllAsync("acme", Cancel)).Select(item => item.Owners.Single()).Order());
        var events = await _host.Get<AuditLog>().ReadAsync("acme", Cancel).Select(entry => entry.Event).ToListAsync(Cancel);
        Assert.Equal(["minutes-published", "minutes-corrected"], events);
    }

    [Fact]
    public async Task A_meeting_that_was_added_to_an_archive_comes_into_the_years_file_when_it_is_imported_again()
    {
        const string First = "## Meeting #1 - 2025-11-12\n\n- **Notes:**\n  - One\n";
        const string Second = "## Meeting #2 - 2025-12-10\n\n- **Notes:**\n  - AI Ada: two\n";
        var import = _host.Get<ImportArchive>();
        await import.RunAsync(Charter, [Archive(First)], Cancel);

        Assert.Equal(1, await import.RunAsync(Charter, [Archive(Second + "\n" + First)], Cancel));

        Assert.Equal(Second + "\n" + First, (await _host.Get<MinutesStore>().FindYearAsync("acme", 2025, Cancel))!.Text);

        static ArchiveFile Archive(string text) => ArchiveFile.Read("2025.md", "2025.md", Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task An_import_has_the_front_page_made_anew_where_something_is_new_and_leaves_it_where_nothing_is()
    {
        var archive = ArchiveFile.Read("2025.md", "2025.md", "## Meeting #1 - 2025-11-12\n\n- **Notes:**\n  - One\n"u8.ToArray());
        var front = _host.Get<BscFlow.Publishing.Targets.BlobSite>();
        await _host.Get<ShowChanges>()(Charter, Cancel);

        await _host.Get<ImportArchive>().RunAsync(Charter, [archive], Cancel);
        Assert.Null(await front.FindAsync("acme", BscFlow.Links.SitePath.Front, Cancel));

        await _host.Get<ShowChanges>()(Charter, Cancel);
        Assert.Equal(0, await _host.Get<ImportArchive>().RunAsync(Charter, [archive], Cancel));
        Assert.NotNull(await front.FindAsync("acme", BscFlow.Links.SitePath.Front, Cancel));
    }

    [Fact]
    public async Task A_publication_waits_until_the_one_that_is_under_way_is_done()
    {
        var other = new BlobLeases(_host.Get<Azure.Storage.Blobs.BlobServiceClient>(), new WorkerProcess("another"));
        Task publication;
        await using (await other.TakeAsync(Keys.SiteContainer, Keys.SiteLease("acme"), Cancel))
        {
            publication = _host.Get<BscFlow.Publishing.PublishSite>().RunAsync(Charter, Cancel);
            await Task.WhenAny(publication, Task.Delay(TimeSpan.FromMilliseconds(500), Cancel));

            Assert.False(publication.IsCompleted);
        }

        await publication;
        using var page = await _host.Client.GetAsync("/acme/", Cancel);
        Assert.Equal(System.Net.HttpStatusCode.OK, page.StatusCode);
    }

    /// <summary>A meeting of December whose minutes were sent round.</summary>
    private async Task<Meeting> CirculateAsync(string notes, DateTimeOffset until)
    {
        var text =
            $"## Meeting #1 - 2025-12-10\n\n- **Chair:** Ada Ash\n- **Participants:**\n  - Ada Ash\n  - Ben Birch\n- **Notes:**\n{notes}";
        await _host.Get<MinutesStore>().AddAsync("acme", 2025, "0001", text, Cancel);
        return (await _host.Get<MeetingStore>().TryAddAsync(
            new Meeting
            {
                Committee = "acme",
                Number = 1,
                Start = new(2025, 12, 10, 16, 0, 0, TimeSpan.Zero),
                Length = TimeSpan.FromHours(1),
                State = MeetingState.Circulated,
                DraftedAt = ProductHost.Begin.AddDays(-30),
                MinutesSavedAt = ProductHost.Begin.AddDays(-9),
                MotionsProposedAt = ProductHost.Begin.AddDays(-8),
                ObjectionsUntil = until,
            },
            Cancel))!;
    }
}
