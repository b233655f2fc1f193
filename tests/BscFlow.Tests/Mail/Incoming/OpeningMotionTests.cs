using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Tests.Votes;
using BscFlow.Votes;
using BscFlow.Votes.Opening;
using static BscFlow.Tests.Mail.Incoming.Inbox;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>The chair is asked whether to open a vote that the minutes announce, and answers by mail.</summary>
public sealed class OpeningMotionTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2025, 7, 9, 15, 0, 0, TimeSpan.Zero);

    private VoteRun _run = null!;
    private string _motion = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _run = await VoteRun.StartAsync(azurite);
        await _run.Of<DraftMeeting>().RunAsync(_run.Charter, Start, Cancel);
        var meeting = (await _run.Of<MeetingStore>().AtAsync(_run.Id, Start, Cancel))!;
        meeting = (await _run.Of<MeetingStore>().TryUpdateAsync(meeting with { Chair = "tessa" }, Cancel))!;
        _run.Clock.SetUtcNow(Start.AddHours(2));
        var stored = await _run.Of<MinutesStore>().FindAsync(_run.Id, 2025, meeting.Row, Cancel);
        var text = $"## Meeting #{meeting.Number} - 2025-07-09\n\n- **Duration:** 30m\n- **Chair:** Tessa Quill\n- **Participants:**\n"
            + "  - Tessa Quill\n  - Oren Vale\n  - Mia Berg\n  - Lev Sand\n- **Notes:**\n  - VOTE(charter): Adopt the new charter\n";
        Assert.IsType<SaveMinutesOutcome.Saved>(
            await _run.Of<SaveMinutes>().RunAsync(_run.Charter, meeting.Row, text, stored!.ETag, "test", Cancel));
        _motion = Assert.Single(await _run.Of<ProposeMotions>().FindAsync(_run.Charter, meeting, Cancel)).Id;
        await _run.Of<ProposeMotions>().RunAsync(_run.Charter, meeting.Row, Cancel);
        await _run.SettleAsync();
        await _run.ReadAsync();
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Theory]
    [InlineData("open")]
    [InlineData("Yes, please open it.\n\nTessa")]
    [InlineData("+1")]
    [InlineData("＋1")]
    [InlineData("yes\u200b")]
    public async Task One_word_of_the_chair_opens_it(string words)
    {
        _run.AnswerLast(Tessa, words);
        var row = await _run.ReadOneAsync();

        Assert.Equal((MailKind.MotionOpening, _motion, true), (row.Kind, row.About, row.Acted));
        var motion = await _run.MotionAsync(_motion);
        Assert.Equal(("charter", "Adopt the new charter", Tessa), (motion.Rule.Name, motion.Text, motion.By));
        await _run.SettleAsync();
        Assert.Contains("Vote: Adopt the new charter", _run.Subjects(Oren));
    }

    [Theory]
    [InlineData("No, thanks", MailKind.MotionOpening)]
    [InlineData("\u22121", MailKind.MotionOpening)]
    [InlineData("Do not open it.", MailKind.MotionOpening)]
    [InlineData("Let us open it after the summer, I think", MailKind.Unclear)]
    public async Task Any_other_word_opens_nothing(string words, MailKind kind)
    {
        _run.AnswerLast(Tessa, words);

        Assert.Equal(kind, (await _run.ReadOneAsync()).Kind);
        Assert.Empty(await _run.Of<MotionStore>().AllAsync(_run.Id, Cancel));
    }

    [Fact]
    public async Task Only_whoever_was_asked_opens_it()
    {
        _run.Host.As(Tessa).Forward(_run.Host.Messages(Tessa)[^1].Id, [Oren], "Can you?");
        _run.AnswerLast(Oren, "open");
        await _run.ReadAsync();

        Assert.Empty(await _run.Of<MotionStore>().AllAsync(_run.Id, Cancel));
    }
}
