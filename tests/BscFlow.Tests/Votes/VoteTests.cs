using BscFlow.GraphEmulator;
using BscFlow.Votes;

namespace BscFlow.Tests.Votes;

/// <summary>A motion from its opening to its result, with mails that really leave and come back.</summary>
public sealed class VoteTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Tessa = "tessa@quill.example";
    private const string Oren = "oren@vale.example";
    private const string Abel = "abel@ngo.example";
    private const string Mia = "mia@berg.example";
    private const string Lev = "lev@sand.example";
    private const string Ida = "ida@holm.example";

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task A_charter_motion_is_voted_on_by_mail_and_carried()
    {
        await _run.OpenAsync();
        Assert.Equal(["Vote: The new charter"], _run.Subjects(Ida));

        _run.Answer(Tessa, "+1\n\nAt last.");
        _run.Answer(Oren, "yes", ReplyStyle.BottomPost);
        _run.Answer(Abel, "I am for it", ReplyStyle.Outlook);
        _run.Answer(Mia, "-1");
        _run.Answer(Ida, "Aye");
        var first = await _run.CollectAsync();
        await _run.SettleAsync();

        Assert.Equal(5, first.Count);
        Assert.Equal(4, first.Count(ballot => ballot?.Casting is Casting.Accepted));
        Assert.IsType<Casting.Unclear>(first[2]!.Casting);
        Assert.Equal(["Vote: The new charter", "Re: Vote: The new charter"], _run.Subjects(Abel));

        // The answer to the answer is a vote too, and Mia changes her mind by answering her receipt.
        _run.Clock.Advance(TimeSpan.FromHours(1));
        _run.Answer(Abel, "0");
        _run.Answer(Mia, "+1");
        Assert.All(await _run.CollectAsync(), ballot => Assert.IsType<Casting.Accepted>(ballot!.Casting));
        await _run.AdvanceAsync(TimeSpan.FromDays(8));

        var motion = await _run.MotionAsync();
        Assert.Equal(MotionState.AwaitingRatification, motion.State);
        var tally = await _run.TallyAsync();
        Assert.Equal((4, 0, 1, 1), (tally.For, tally.Against, tally.Abstained, tally.Silent));
        Assert.Equal("At last.", tally.Ballots.Single(ballot => ballot.Voter == "tessa").Comment);
        Assert.Contains("awaiting ratification by the board", _run.Host.Messages(Lev)[^1].Text, StringComparison.Ordinal);

        Assert.IsType<MotionChange.Made>(
            await _run.Of<RatifyMotion>().RunAsync(_run.Charter, motion.Id, new(2025, 7, 20), "sec", Cancel));
        await _run.SettleAsync();
        Assert.Contains("ratified it on 20 July 2025", _run.Host.Messages(Lev)[^1].Text, StringComparison.Ordinal);
    }
}
