using BscFlow.Mail;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tokens;
using static BscFlow.Tests.Votes.SmallCommittee;

namespace BscFlow.Tests.Votes;

/// <summary>As <see cref="KilledVoteTests"/>, of ballots: those that are taken, and those of a secret vote to its end.</summary>
public sealed class KilledBallotTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task While_a_ballot_is_taken()
    {
        await _run.KillAllTheWayAsync(
            prepare: _run.OpenAndCallAsync,
            act: async id =>
            {
                var taken = await _run.Of<CastBallot>().FromMailAsync(_run.MailOf(id, "+1"), Cancel);
                Assert.IsType<Casting.Accepted>(taken!.Casting);
            },
            check: CheckOneBallotAsync);
    }

    [Fact]
    public async Task While_a_ballot_is_cast_on_the_page()
    {
        await _run.KillAllTheWayAsync(
            prepare: _run.OpenAndCallAsync,
            act: async id =>
            {
                // The form that got no answer is sent again.
                var page = _run.Of<VotingKeys>().PageToken(_run.Id, id, "tessa");
                Assert.IsType<Casting.Accepted>(
                    await _run.Of<CastBallot>().FromPageAsync(page, Vote.For, "At last.", "the press", Cancel));
            },
            check: CheckOneBallotAsync);
    }

    [Fact]
    public async Task While_a_ballot_that_was_heard_on_the_phone_is_entered()
    {
        await _run.KillAllTheWayAsync(
            prepare: _run.OpenAndCallAsync,
            act: async id =>
            {
                var ballot = new Ballot
                {
                    Voter = "tessa",
                    Vote = Vote.For,
                    Received = _run.Clock.GetUtcNow(),
                    Source = BallotSource.Phone,
                    Evidence = "On the phone, at noon; Oren heard it too.",
                };
                Assert.IsType<Casting.Accepted>(await _run.Of<CastBallot>().EnterAsync(_run.Charter, id, ballot, "sec", Cancel));
            },
            check: CheckOneBallotAsync);
    }

    [Fact]
    public async Task While_a_secret_ballot_is_taken_and_changed()
    {
        await _run.KillAllTheWayAsync(
            prepare: OpenSecretAsync,
            act: ChangeMindAsync,
            check: async id =>
            {
                var motion = await _run.MotionAsync(id);
                Assert.Equal(
                    Vote.Against, Assert.Single(await _run.Of<BallotStore>().ReadAsync(motion, Cancel).ToListAsync(Cancel)).Vote);
                Assert.Equal(Vote.Against, (await _run.Of<BallotStore>().FindAsync(motion, "tessa", Cancel))!.Vote);
                Assert.Equal(["tessa"], await _run.Of<BallotStore>().VotersAsync(motion, Cancel));
                Assert.Equal(2, await _run.Of<BallotStore>().CountCastAsync(motion, "tessa", 100, Cancel));
                Assert.Equal(["motion-opened", "ballot-recorded", "ballot-recorded"], await _run.EventsAsync(id));
                Assert.Equal(2, await _run.MailsAsync("receipt", id));
            });
    }

    [Fact]
    public async Task While_a_secret_motion_is_counted_and_its_ballots_are_forgotten()
    {
        await _run.KillAllTheWayAsync(
            prepare: async id =>
            {
                await OpenSecretAsync(id);
                await ChangeMindAsync(id);
                _run.Clock.Advance(TimeSpan.FromDays(8));
                await _run.Of<CollectMail>().RunAsync(_run.Charter.Mailbox, anew: false, Cancel);
            },
            act: async _ =>
            {
                _run.Clock.Advance(TimeSpan.FromMinutes(1));
                await _run.StepAsync();
                _run.Clock.Advance(TimeSpan.FromDays(1));
                await _run.StepAsync();
            },
            check: async id =>
            {
                var motion = await _run.MotionAsync(id);
                Assert.Equal((MotionState.NoQuorum, MotionNews.None), (motion.State, motion.News));
                Assert.Equal(Vote.Against, Assert.Single((await _run.TallyAsync(id)).Receipts).Vote);
                Assert.Equal(["tessa"], await _run.Of<BallotStore>().VotersAsync(motion, Cancel));
                Assert.Empty(await _run.Of<BallotStore>().ReadAsync(motion, Cancel).ToListAsync(Cancel));
                Assert.Null(await _run.Of<MotionSecrets>().FindAsync(motion, Cancel));
                Assert.Empty((await _run.VerifyAsync()).Faults);
            });
    }

    [Fact]
    public async Task While_a_mail_that_cannot_be_counted_is_answered()
    {
        await _run.KillAllTheWayAsync(
            prepare: _run.OpenAndCallAsync,
            act: async id =>
            {
                var taken = await _run.Of<CastBallot>().FromMailAsync(_run.MailOf(id, "Maybe."), Cancel);
                Assert.IsType<Casting.Unclear>(taken!.Casting);
            },
            check: async id => Assert.Equal((1, 0), (await _run.MailsAsync("unclear", id), await _run.MailsAsync("again", id))));
    }

    /// <summary>Tessa's ballot is there, once, with its event and its receipt.</summary>
    private async Task CheckOneBallotAsync(string id)
    {
        var motion = await _run.MotionAsync(id);
        Assert.Equal(1, await _run.Of<BallotStore>().CountCastAsync(motion, "tessa", 100, Cancel));
        Assert.Equal(1, (await _run.Of<BallotStore>().CountAsync(motion, Cancel)).For);
        Assert.Equal(["motion-opened", "ballot-recorded"], await _run.EventsAsync(id));
        Assert.Equal(1, await _run.MailsAsync("receipt", id));
    }

    private async Task OpenSecretAsync(string id)
    {
        Made(await _run.Of<OpenMotion>().RunAsync(_run.Charter, KilledRun.DraftOf(id) with { Secret = true }, "tessa", Cancel));
        await _run.StepAsync();
    }

    private async Task ChangeMindAsync(string id)
    {
        var opened = (await _run.MotionAsync(id)).Opened;
        _run.Clock.Advance(opened.AddHours(2) - _run.Clock.GetUtcNow());
        foreach (var mail in (IncomingMail[])
        [
            _run.MailOf(id, "+1") with { Received = opened },
            _run.MailOf(id, "-1") with { Received = opened.AddHours(1), MessageId = $"{id}.2@client.example" },
        ])
        {
            Assert.IsType<Casting.Accepted>((await _run.Of<CastBallot>().FromMailAsync(mail, Cancel))!.Casting);
        }
    }
}
