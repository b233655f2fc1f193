using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Votes;
using BscFlow.Votes.Opening;

namespace BscFlow.Tests.Votes.Closing;

/// <summary>
/// A decision without quorum is put to a vote by mail, and then the minutes are corrected: there was a quorum after all.
/// </summary>
public sealed class QuorumCorrectedTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string List = "all@lists.example";

    private static readonly DateTimeOffset Start = new(2025, 7, 9, 15, 0, 0, TimeSpan.Zero);

    private VoteRun _run = null!;

    private Motion _motion = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _run = await VoteRun.StartAsync(azurite, charter => charter with { List = List }, served: true, others: [List]);
        await _run.Of<DraftMeeting>().RunAsync(_run.Charter, Start, Cancel);
        _run.Clock.SetUtcNow(Start.AddHours(2));
        await SaveAsync("Tessa Quill", "Oren Vale");
        var meeting = (await _run.Of<MeetingStore>().FindAsync(_run.Id, "0001", Cancel))!;
        var proposed = Assert.Single(await _run.Of<ProposeMotions>().FindAsync(_run.Charter, meeting, Cancel));
        var opened = await _run.Of<OpenProposedMotion>().RunAsync(
            _run.Charter, "0001", proposed.Id, rule: null, consensus: false, subject: null, "chair", Cancel);
        _motion = SmallCommittee.Made(opened);
        await _run.SettleAsync();
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task The_open_vote_is_withdrawn_when_the_corrected_minutes_are_published_and_both_pages_link_to_each_other()
    {
        await SaveAsync("Tessa Quill", "Oren Vale", "Mia Berg", "Lev Sand");
        await PublishAsync();

        var motion = await _run.MotionAsync(_motion.Id);
        Assert.Equal(MotionState.Withdrawn, motion.State);
        Assert.Contains("meeting #1 show a quorum", motion.Reason, StringComparison.Ordinal);
        Assert.Equal(("0001", true), (motion.Meeting, motion.ForQuorum));

        await _run.SettleAsync();
        var site = new HttpClient { BaseAddress = new Uri(_run.Site, $"/{_run.Id}/") };
        Assert.Contains(
            $"motions/{motion.Id}.html",
            await site.GetStringAsync(new Uri("meetings/0001.html", UriKind.Relative), Cancel),
            StringComparison.Ordinal);
        Assert.Contains(
            "meetings/0001.html",
            await site.GetStringAsync(new Uri($"motions/{motion.Id}.html", UriKind.Relative), Cancel),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Minutes_that_still_show_no_quorum_leave_the_vote_open()
    {
        await SaveAsync("Tessa Quill", "Oren Vale", "Mia Berg");
        await PublishAsync();

        Assert.True((await _run.MotionAsync(_motion.Id)).IsOpen);
    }

    [Fact]
    public async Task Where_the_vote_is_over_the_secretary_is_told_that_there_are_two_outcomes()
    {
        await PublishAsync();
        await _run.AdvanceAsync(TimeSpan.FromDays(40));
        Assert.Equal(MotionState.NoQuorum, (await _run.MotionAsync(_motion.Id)).State);

        await SaveAsync("Tessa Quill", "Oren Vale", "Mia Berg", "Lev Sand");
        await PublishAsync();
        await PublishAsync();
        await _run.SettleAsync();

        Assert.Single(
            _run.Host.Messages(VoteRun.Secretary),
            mail => mail.Text.Contains("please see with the chair which of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_hears_of_published_minutes_and_the_list_and_the_secretary_of_how_a_vote_ends()
    {
        await PublishAsync();
        await _run.AdvanceAsync(TimeSpan.FromDays(40));

        var toList = _run.Host.Messages(List);
        Assert.Equal(2, toList.Count);
        Assert.Single(toList, mail => mail.Text.Contains("The minutes of meeting #1", StringComparison.Ordinal)
            && mail.Text.Contains("are published", StringComparison.Ordinal));
        Assert.Single(toList, mail => mail.Text.Contains("We meet in May", StringComparison.Ordinal));
        Assert.Contains(
            _run.Subjects(VoteRun.Secretary), subject => subject.Contains("We meet in May", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_is_asked_reads_of_which_meeting_it_came_and_why() => Assert.Contains(
        "Meeting #1 wanted to decide this and had no quorum",
        string.Join(' ', _run.Host.Messages("mia@berg.example").Single(mail => mail.ReplyTo.Count > 0).Text.Split('\n')),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_vote_link_that_is_not_complete_is_said_to_be_one_for_a_vote()
    {
        using var client = new HttpClient { BaseAddress = _run.Site };
        using var answer = await client.GetAsync(new Uri($"/vote/{_run.Id}/v-{new string('a', 24)}", UriKind.Relative), Cancel);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("A link to vote", text, StringComparison.Ordinal);
        Assert.DoesNotContain("writing the minutes", text, StringComparison.Ordinal);
    }

    private async Task SaveAsync(params string[] present)
    {
        var stored = await _run.Of<MinutesStore>().FindAsync(_run.Id, 2025, "0001", Cancel);
        var text = "## Meeting #1 - 2025-07-09\n\n- **Duration:** 30m\n- **Chair:** Tessa Quill\n- **Participants:**\n"
            + string.Concat(present.Select(name => $"  - {name}\n")) + "- **Notes:**\n  - Decision: We meet in May\n";
        Assert.IsType<SaveMinutesOutcome.Saved>(
            await _run.Of<SaveMinutes>().RunAsync(_run.Charter, "0001", text, stored!.ETag, "test", Cancel));
    }

    private async Task PublishAsync() => Assert.IsType<PublishOutcome.Published>(
        await _run.Of<PublishMinutes>().PublishNowAsync(_run.Charter, "0001", "sec", Cancel));
}
