using BscFlow.GraphEmulator;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Tests.Votes;
using BscFlow.Votes.Closing;

namespace BscFlow.Tests.Meetings;

/// <summary>A motion stays before the committee until it is over.</summary>
public sealed class OpenMotionsInTheDraftTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset July = new(2025, 7, 9, 15, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset August = new(2025, 8, 13, 15, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_motion_stands_on_each_draft_until_it_is_over()
    {
        await using var run = await VoteRun.StartAsync(azurite);
        var motion = await run.OpenAsync();
        await run.Of<DraftMeeting>().RunAsync(run.Charter, July, Cancel);
        Assert.Contains(
            "- Open motions, when this was drafted\n    - The new charter (open until 8 July 2025, 11:00)",
            await DraftAsync(run, July),
            StringComparison.Ordinal);

        foreach (var voter in motion.Electorate.Asked)
        {
            run.Answer(run.Charter.Members.Single(member => member.Id == voter.Id).Addresses[0], "+1", ReplyStyle.TopPost);
        }

        await run.CollectAsync();
        await run.AdvanceAsync(TimeSpan.FromDays(10));
        await run.Of<DraftMeeting>().RunAsync(run.Charter, August, Cancel);
        Assert.Contains(
            "The new charter (carried, awaiting ratification by the board)",
            await DraftAsync(run, August),
            StringComparison.Ordinal);

        await run.Of<RatifyMotion>().RunAsync(run.Charter, motion.Id, new DateOnly(2025, 7, 11), "test", Cancel);
        var meeting = (await run.Of<MeetingStore>().AtAsync(run.Id, August, Cancel))!;
        Assert.Empty((await run.Of<MeetingAgenda>().TakeAsync(run.Charter, meeting, Cancel)).OpenVotes);
    }

    private static async Task<string> DraftAsync(VoteRun run, DateTimeOffset start)
    {
        var meeting = (await run.Of<MeetingStore>().AtAsync(run.Id, start, Cancel))!;
        return (await run.Of<MinutesStore>().FindAsync(run.Id, 2025, meeting.Row, Cancel))!.Text;
    }
}
