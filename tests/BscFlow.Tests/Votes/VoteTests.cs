using BscFlow.GraphEmulator;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tokens;

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
    private const string Friend = "friend@elsewhere.example";

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

        _run.Clock.Advance(TimeSpan.FromDays(14));
        Assert.IsType<MotionChange.Made>(
            await _run.Of<RatifyMotion>().RunAsync(_run.Charter, motion.Id, new(2025, 7, 20), "sec", Cancel));
        await _run.SettleAsync();
        Assert.Contains("ratified it on 20 July 2025", _run.Host.Messages(Lev)[^1].Text, StringComparison.Ordinal);
    }

    /// <summary>
    /// Token, charter, motion, ballot, receipt and audit: each once, the ballot and its history in one transaction.
    /// </summary>
    [Fact]
    public async Task A_ballot_costs_six_requests()
    {
        await _run.OpenAsync();
        _run.Answer(Oren, "+1");
        await _run.CollectAsync();
        _run.Answer(Tessa, "+1");

        var before = _run.Switch.Requests;
        Assert.IsType<Casting.Accepted>(Assert.Single(await _run.CollectAsync())!.Casting);

        Assert.Equal(6, _run.Switch.Requests - before);
    }

    [Fact]
    public async Task Who_has_not_voted_is_reminded_at_half_time_and_a_day_before_the_end_and_nobody_else_is()
    {
        await _run.OpenAsync();
        _run.Answer(Tessa, "+1");
        await _run.CollectAsync();

        await _run.AdvanceAsync(TimeSpan.FromDays(3.4));
        Assert.DoesNotContain("You have not voted", LastText(Oren), StringComparison.Ordinal);
        await _run.AdvanceAsync(TimeSpan.FromDays(0.2));
        Assert.Contains("You have not voted on this yet. The vote ends", LastText(Oren), StringComparison.Ordinal);
        _run.Answer(Oren, "-1");
        await _run.CollectAsync();
        await _run.AdvanceAsync(TimeSpan.FromDays(2.5));

        Assert.Contains("the last reminder", LastText(Ida), StringComparison.Ordinal);
        Assert.Equal((2, 3, 3), (_run.Subjects(Tessa).Count, _run.Subjects(Oren).Count, _run.Subjects(Ida).Count));
        await _run.AdvanceAsync(TimeSpan.FromHours(20));
        Assert.Equal(3, _run.Subjects(Ida).Count);
    }

    [Fact]
    public async Task Nobody_is_reminded_at_an_address_from_which_the_call_came_back()
    {
        var motion = await _run.OpenAsync();
        await UnreachedAsync("ida", Ida);
        await UnreachedAsync("oren", "oren@former.example");

        await _run.AdvanceAsync(TimeSpan.FromDays(3.6));

        Assert.Equal((1, 2, 2), (_run.Subjects(Ida).Count, _run.Subjects(Oren).Count, _run.Subjects(Tessa).Count));

        Task UnreachedAsync(string voter, string address) => _run.Of<UnreachedVoters>().AddAsync(
            _run.Id,
            motion.Id,
            new UnreachedVoter(voter, address, "no such user", _run.Clock.GetUtcNow()),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_clock_that_was_late_reminds_once()
    {
        await _run.OpenAsync();

        await _run.AdvanceAsync(TimeSpan.FromDays(6.5));

        Assert.Equal(2, _run.Subjects(Ida).Count);
        Assert.Contains("the last reminder", LastText(Ida), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_second_late_is_late_and_the_voter_is_told_once()
    {
        var motion = await _run.OpenAsync();
        _run.Clock.SetUtcNow(motion.Deadline);
        _run.Answer(Tessa, "+1");
        _run.Clock.Advance(TimeSpan.FromSeconds(1));
        _run.Answer(Oren, "+1");
        _run.Clock.Advance(TimeSpan.FromSeconds(1));
        _run.Answer(Oren, "+1 ");

        var taken = await _run.CollectAsync();
        await _run.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(
            [typeof(Casting.Accepted), typeof(Casting.TooLate), typeof(Casting.TooLate)],
            taken.Select(ballot => ballot!.Casting.GetType()));
        Assert.Equal("tessa", Assert.Single((await _run.TallyAsync()).Ballots).Voter);
        Assert.Single(_run.Host.Messages(Oren), mail => mail.Text.Contains("came too late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_counted_is_answered_once_and_then_the_secretary_is_told()
    {
        await _run.OpenAsync();
        foreach (var text in (string[])["Yes, but only later.", "I meant: maybe.", "Why not?"])
        {
            _run.Answer(Tessa, text);
        }

        await _run.CollectAsync();
        await _run.SettleAsync();

        Assert.Single(_run.Host.Messages(Tessa), mail => mail.Text.Contains("not counted as a vote", StringComparison.Ordinal));
        Assert.Contains(
            "Tessa Quill wrote again", Assert.Single(_run.Host.Messages(VoteRun.Secretary)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_was_forwarded_to_somebody_who_votes_is_confirmed_with_the_voter()
    {
        await _run.OpenAsync();
        var call = _run.Host.Messages(Tessa)[^1];
        _run.Host.As(Tessa).Forward(call.Id, [Friend], "Is this for you?");
        _run.Host.As(Friend).Write([call.ReplyTo[0]], call.Subject, "+1");
        _run.Host.As(Friend).Write([call.ReplyTo[0]], call.Subject, "-1");

        var taken = await _run.CollectAsync();
        await _run.SettleAsync();

        Assert.All(taken, ballot => Assert.IsType<Casting.ConfirmFirst>(ballot!.Casting));
        Assert.Contains($"A mail from {Friend} tried to vote in your name", LastText(Tessa), StringComparison.Ordinal);
        Assert.Single(_run.Host.Messages(Friend));
        Assert.Single(_run.Host.Messages(VoteRun.Secretary));

        _run.Answer(Tessa, "+1");
        Assert.IsType<Casting.Accepted>(Assert.Single(await _run.CollectAsync())!.Casting);
    }

    [Fact]
    public async Task An_old_mail_that_is_sent_again_does_not_undo_a_change_of_mind()
    {
        var motion = await _run.OpenAsync();
        _run.Answer(Tessa, "+1");
        var old = _run.Host.Messages(_run.Charter.Mailbox)[^1];
        await _run.CollectAsync();
        _run.Clock.Advance(TimeSpan.FromHours(1));
        _run.Answer(Tessa, "-1");
        await _run.CollectAsync();
        _run.Clock.Advance(TimeSpan.FromHours(1));

        var again = VoteRun.Read(old) with { Received = _run.Clock.GetUtcNow() };
        Assert.IsType<Casting.Accepted>((await _run.Of<CastBallot>().FromMailAsync(again, Cancel))!.Casting);

        var present = await _run.Of<BallotStore>().FindAsync(motion, "tessa", Cancel);
        Assert.Equal(Vote.Against, present!.Vote);
        await _run.SettleAsync();
        Assert.Equal(3, _run.Host.Messages(Tessa).Count);
    }

    [Fact]
    public async Task Of_two_mails_the_one_received_later_counts_in_whichever_order_they_are_seen()
    {
        var motion = await _run.OpenAsync();
        _run.Answer(Tessa, "+1");
        _run.Clock.Advance(TimeSpan.FromMinutes(1));
        _run.Answer(Tessa, "-1");
        var mails = _run.Host.Messages(_run.Charter.Mailbox).Select(VoteRun.Read).ToList();

        await _run.Of<CastBallot>().FromMailAsync(mails[1], Cancel);
        await _run.Of<CastBallot>().FromMailAsync(mails[0], Cancel);
        await _run.SettleAsync();

        var present = await _run.Of<BallotStore>().FindAsync(motion, "tessa", Cancel);
        Assert.Equal(Vote.Against, present!.Vote);
        var receipt = Assert.Single(
            _run.Host.Messages(Tessa), mail => mail.Text.Contains("is not counted: for", StringComparison.Ordinal));
        Assert.Contains(
            "was received later and stands: against", receipt.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ballots_of_one_voter_that_are_seen_at_once_are_all_on_record_and_the_latest_counts()
    {
        var motion = await _run.OpenAsync();
        var ballots = Enumerable.Range(0, 12).Select(i => new Ballot
        {
            Voter = "tessa",
            Vote = (Vote)(i % 3),
            Received = _run.Clock.GetUtcNow().AddSeconds(i),
            Source = BallotSource.Mail,
            Evidence = $"{i}@mail.example",
        }).ToList();

        await Task.WhenAll(ballots.Concat(ballots).Select(ballot =>
            _run.Of<BallotStore>().RecordAsync(motion, ballot, Cancel)));

        Assert.Equal(ballots[^1], await _run.Of<BallotStore>().FindAsync(motion, "tessa", Cancel));
        Assert.Equal(12, await _run.Of<BallotStore>().CountCastAsync(motion, "tessa", 100, Cancel));
        Assert.Single(await _run.Of<BallotStore>().VotersAsync(motion, Cancel));
    }

    [Fact]
    public async Task A_link_votes_by_its_button_until_the_deadline_and_for_one_voter_only()
    {
        var motion = await _run.OpenAsync();
        var (tessa, oren) = (PageOf("tessa"), PageOf("oren"));
        Assert.Contains(tessa.Reveal(), _run.Host.Messages(Tessa)[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(tessa.Reveal(), _run.Host.Messages(Oren)[^1].Text, StringComparison.Ordinal);

        var page = await _run.Of<CastBallot>().OpenPageAsync(tessa, Cancel);
        Assert.Equal(("tessa", motion.Id, null), (page!.Voter.Id, page.Motion.Id, page.Present));
        Assert.Empty(await _run.Of<BallotStore>().VotersAsync(motion, Cancel));

        for (var press = 0; press < 2; press++)
        {
            Assert.IsType<Casting.Accepted>(await _run.Of<CastBallot>().FromPageAsync(tessa, Vote.For, " Fine. ", "one", Cancel));
        }

        await _run.SettleAsync();
        Assert.Equal("Fine.", (await _run.Of<CastBallot>().OpenPageAsync(tessa, Cancel))!.Present!.Comment);
        Assert.Single(_run.Host.Messages(Tessa), mail => mail.Text.Contains("You cast it on the page", StringComparison.Ordinal));
        Assert.Null((await _run.Of<CastBallot>().OpenPageAsync(oren, Cancel))!.Present);
        Assert.Null(
            await _run.Of<CastBallot>().FromPageAsync(PageToken.For(new byte[32], "x", "y", "z"), Vote.For, null, "p", Cancel));

        _run.Clock.SetUtcNow(motion.Deadline.AddSeconds(1));
        Assert.IsType<Casting.TooLate>(await _run.Of<CastBallot>().FromPageAsync(oren, Vote.For, null, "two", Cancel));
    }

    [Fact]
    public async Task A_ballot_is_mailed_once_more_until_the_deadline_and_not_while_the_vote_waits_to_be_counted()
    {
        var motion = await _run.OpenAsync();
        var tessa = _run.Charter.Members[0];
        _run.Clock.SetUtcNow(motion.Deadline);
        Assert.True(await _run.Of<SendBallot>().RunAsync(_run.Charter, motion.Id, tessa, Cancel));

        _run.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await _run.Of<SendBallot>().RunAsync(_run.Charter, motion.Id, tessa, Cancel));
    }

    [Fact]
    public async Task A_ballot_that_the_secretary_heard_is_entered_with_its_source_and_the_voter_is_told()
    {
        var motion = await _run.OpenAsync();
        var heard = new Ballot
        {
            Voter = "ida",
            Vote = Vote.For,
            Received = _run.Clock.GetUtcNow(),
            Source = BallotSource.Phone,
            Evidence = "entered:1",
        };

        Assert.IsType<Casting.Accepted>(
            await _run.Of<CastBallot>().EnterAsync(_run.Charter, motion.Id, heard, VoteRun.Secretary, Cancel));
        await _run.SettleAsync();

        Assert.Contains("The secretary entered it; you said it on the phone", LastText(Ida), StringComparison.Ordinal);
        Assert.Null(
            await _run.Of<CastBallot>().EnterAsync(_run.Charter, motion.Id, heard with { Voter = "nobody" }, "x", Cancel));
        Assert.IsType<Casting.Refused>(
            await _run.Of<CastBallot>().EnterAsync(_run.Charter, motion.Id, heard with { Voter = "past" }, "x", Cancel));
        Assert.IsType<Casting.Unclear>(await _run.Of<CastBallot>().EnterAsync(
            _run.Charter, motion.Id, heard with { Received = motion.Opened.AddDays(30) }, "x", Cancel));
        Assert.IsType<Casting.Unclear>(await _run.Of<CastBallot>().EnterAsync(
            _run.Charter, motion.Id, heard with { Received = motion.Opened.AddSeconds(-1) }, "x", Cancel));
    }

    private string LastText(string address) => _run.Host.Messages(address)[^1].Text.ReplaceLineEndings(" ");

    private PageToken PageOf(string voter) => _run.Of<VotingKeys>().PageToken(_run.Id, SmallCommittee.Draft.Id, voter);
}
