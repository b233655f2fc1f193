using BscFlow.Meetings;
using BscFlow.Tests.Votes;
using static BscFlow.Tests.Mail.Incoming.Inbox;

namespace BscFlow.Tests.Meetings;

public sealed class AskForMinutesTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Start = new(2025, 7, 9, 15, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_week_after_the_chair_was_asked_for_minutes_both_the_chair_and_the_secretary_hear_of_it_once()
    {
        await using var run = await VoteRun.StartAsync(azurite);
        await run.Of<DraftMeeting>().RunAsync(run.Charter, Start, Cancel);
        await run.Of<SetChair>().RunAsync(run.Charter, "0001", "tessa", "sec", Cancel);

        run.Clock.SetUtcNow(Start.AddDays(2));
        await AskAsync();
        run.Clock.Advance(TimeSpan.FromDays(6));
        await AskAsync();
        Assert.Equal((1, 0), (Asked(Tessa), Asked(VoteRun.Secretary)));

        run.Clock.Advance(TimeSpan.FromDays(1));
        await AskAsync();
        run.Clock.Advance(TimeSpan.FromDays(30));
        await AskAsync();
        Assert.Equal((2, 1), (Asked(Tessa), Asked(VoteRun.Secretary)));
        Assert.Contains(
            "are still missing. Tessa Quill was asked", run.Host.Messages(VoteRun.Secretary)[^1].Text, StringComparison.Ordinal);

        async Task AskAsync()
        {
            await run.Of<AskForMinutes>().RunAsync(run.Charter, "0001", Cancel);
            await run.SettleAsync();
        }

        int Asked(string address) =>
            run.Host
                .Messages(address)
                .Count(mail => mail.Subject.StartsWith("Please write the minutes", StringComparison.Ordinal));
    }
}
