using BscFlow.Secretary;
using BscFlow.Tests.Mail.Incoming;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tokens;
using static BscFlow.Tests.Votes.SmallCommittee;

namespace BscFlow.Tests.Votes.Receiving;

/// <summary>
/// The same form, note or mail again: with the same vote it is the same ballot, and with another vote another one.
/// </summary>
public sealed class SameEvidenceTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_form_that_is_sent_twice_is_one_ballot_and_after_the_browsers_back_another_one(bool secret)
    {
        var motion = await _run.OpenAsync(Draft with { Secret = secret });
        await PressAsync(Vote.For);
        await PressAsync(Vote.For);
        Assert.Equal((Vote.For, 1), await StandsAsync(motion, "tessa"));

        await PressAsync(Vote.Against);
        Assert.Equal((Vote.Against, 2), await StandsAsync(motion, "tessa"));
        await PressAsync(Vote.For);
        await PressAsync(Vote.For);
        Assert.Equal((Vote.For, 3), await StandsAsync(motion, "tessa"));
        await PressAsync(Vote.For, "Well considered.");
        Assert.Equal((Vote.For, 4), await StandsAsync(motion, "tessa"));

        async Task PressAsync(Vote vote, string? comment = null)
        {
            var casting = await _run.Of<CastBallot>().FromPageAsync(
                _run.Of<VotingKeys>().PageToken(_run.Id, motion.Id, "tessa"), vote, comment, "the press", Cancel);
            Assert.Equal(vote, Assert.IsType<Casting.Accepted>(casting).Ballot.Vote);
        }
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_at_once_is_one_ballot()
    {
        var motion = await _run.OpenAsync();
        var page = _run.Of<VotingKeys>().PageToken(_run.Id, motion.Id, "tessa");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            _run.Of<CastBallot>().FromPageAsync(page, Vote.For, null, "the press", Cancel)));

        Assert.Equal((Vote.For, 1), await StandsAsync(motion, "tessa"));
    }

    [Fact]
    public async Task What_a_secret_ballot_says_cannot_be_found_out_from_its_evidence()
    {
        var motion = await _run.OpenAsync(Draft with { Secret = true });
        var page = _run.Of<VotingKeys>().PageToken(_run.Id, motion.Id, "tessa");
        var casting = await _run.Of<CastBallot>().FromPageAsync(page, Vote.For, null, "the press", Cancel);
        var ballot = Assert.IsType<Casting.Accepted>(casting).Ballot;

        // Whoever reads the row can try all three.
        Assert.StartsWith("page:the press #001.", ballot.Evidence, StringComparison.Ordinal);
        Assert.All(
            Enum.GetValues<Vote>(),
            vote => Assert.NotEqual(
                ballot.Evidence, BallotEvidence.Of("page:the press", ballot with { Vote = vote }, stands: null, secret: null)));
    }

    [Fact]
    public async Task Another_vote_under_the_same_note_is_another_ballot()
    {
        var motion = await _run.OpenAsync();
        await HearAsync(Vote.For);
        await HearAsync(Vote.For);
        Assert.Equal((Vote.For, 1), await StandsAsync(motion, "ida"));
        _run.Clock.Advance(TimeSpan.FromHours(1));

        await HearAsync(Vote.Against);
        Assert.Equal((Vote.Against, 2), await StandsAsync(motion, "ida"));
        await _run.SettleAsync();
        Assert.Contains("Your vote is counted: against", _run.Host.Messages(Inbox.Ida)[^1].Text, StringComparison.Ordinal);

        async Task HearAsync(Vote vote)
        {
            var heard = new Ballot
            {
                Voter = "ida",
                Vote = vote,
                Received = _run.Clock.GetUtcNow(),
                Source = BallotSource.Phone,
                Evidence = "by phone, Oren listening",
            };
            var casting = await _run.Of<CastBallot>().EnterAsync(_run.Charter, motion.Id, heard, VoteRun.Secretary, Cancel);
            var ballot = Assert.IsType<Casting.Accepted>(casting).Ballot;
            Assert.Equal(vote, ballot.Vote);
            Assert.StartsWith("by phone, Oren listening #", ballot.Evidence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_mail_that_was_settled_by_mistake_is_settled_again_and_counts_as_it_was_settled_last()
    {
        var motion = await _run.OpenAsync();
        _run.Answer(Inbox.Tessa, "I am with Oren.");
        var mail = await _run.ReadOneAsync();

        foreach (var (vote, ballots) in Order)
        {
            var outcome = await _run.Of<SettleMail>().CountAsync(
                _run.Charter, mail.Id, motion.Id, "tessa", vote, null, "sec", Cancel);
            Assert.Equal(
                $"counted as the ballot of Tessa Quill: {vote}", Assert.IsType<SettleOutcome.Settled>(outcome).Mail.Settlement);
            Assert.Equal((vote, ballots), await StandsAsync(motion, "tessa"));
        }
    }

    [Fact]
    public async Task What_was_read_wrongly_out_of_a_mail_is_put_right()
    {
        var motion = await _run.OpenAsync();
        _run.Answer(Inbox.Tessa, "+1");
        var mail = await _run.ReadOneAsync();

        Assert.IsType<SettleOutcome.Settled>(
            await _run.Of<SettleMail>().CountAsync(_run.Charter, mail.Id, motion.Id, "tessa", Vote.Against, null, "sec", Cancel));

        Assert.Equal((Vote.Against, 2), await StandsAsync(motion, "tessa"));
    }

    private static readonly (Vote Vote, int Ballots)[] Order =
        [(Vote.For, 1), (Vote.For, 1), (Vote.Against, 2), (Vote.Against, 2), (Vote.For, 3)];

    /// <summary>How the voter's ballot that counts reads, and how many they ever cast.</summary>
    private async Task<(Vote Vote, int Ballots)> StandsAsync(Motion motion, string voter)
    {
        var ballots = _run.Of<BallotStore>();
        var stands = await ballots.FindAsync(motion, voter, Cancel);
        return (stands!.Vote, await ballots.CountCastAsync(motion, voter, 100, Cancel));
    }
}
