using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Publishing.Targets;
using BscFlow.Votes;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tokens;
using static BscFlow.Tests.Votes.SmallCommittee;

namespace BscFlow.Tests.Votes;

/// <summary>
/// The process is killed before its first write, its second, and so on to its last, and started again each time: in the end every
/// effect is there, once.
/// </summary>
public sealed class KilledVoteTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task While_a_motion_opens_and_its_voters_are_called()
    {
        var foundCalled = 0;
        await _run.KillAllTheWayAsync(
            prepare: _ => Task.CompletedTask,
            act: async id =>
            {
                // What a kill has left: a call links to the public page, and some read it at once.
                if (await _run.MailsAsync("vote", id) > 0)
                {
                    Assert.NotNull(await _run.Of<BlobSite>().FindAsync(_run.Id, SitePath.Motion(id), Cancel));
                    foundCalled++;
                }

                // Whoever opened it and got no answer opens it again.
                await _run.Of<OpenMotion>().RunAsync(_run.Charter, KilledRun.DraftOf(id), "tessa", Cancel);
                await _run.StepAsync();
            },
            check: async id =>
            {
                Assert.Equal(6, await _run.MailsAsync("vote", id));
                Assert.Equal(["motion-opened"], await _run.EventsAsync(id));
                var page = _run.Of<VotingKeys>().PageToken(_run.Id, id, "ida");
                Assert.NotNull(await _run.Of<CastBallot>().OpenPageAsync(page, Cancel));
            });
        Assert.True(foundCalled > 1, $"{foundCalled} kills after the first call");
    }

    [Fact]
    public async Task While_a_motion_is_counted_and_its_result_told()
    {
        await _run.KillAllTheWayAsync(
            prepare: async id =>
            {
                await _run.OpenAndCallAsync(id);
                await _run.Of<CastBallot>().FromMailAsync(_run.MailOf(id, "+1"), Cancel);
                _run.Clock.Advance(TimeSpan.FromDays(8));

                // A reader that dies keeps its lease for a while, and the count waits for it; that is tried elsewhere.
                await _run.Of<CollectMail>().RunAsync(_run.Charter.Mailbox, anew: false, Cancel);
            },
            act: async _ =>
            {
                _run.Clock.Advance(TimeSpan.FromMinutes(1));
                await _run.StepAsync();
            },
            check: async id =>
            {
                var motion = await _run.MotionAsync(id);
                Assert.Equal((MotionState.NoQuorum, MotionNews.None), (motion.State, motion.News));
                Assert.Equal("tessa", Assert.Single((await _run.TallyAsync(id)).Ballots).Voter);

                // The secretary hears of it too.
                Assert.Equal(7, await _run.MailsAsync("result", id));
                Assert.Equal(["motion-opened", "ballot-recorded", "motion-closed"], await _run.EventsAsync(id));
                Assert.Empty((await _run.VerifyAsync()).Faults);
            });
    }

    [Fact]
    public async Task While_a_motion_is_ratified_and_that_is_told()
    {
        await _run.KillAllTheWayAsync(
            prepare: async id =>
            {
                await _run.OpenAndCallAsync(id);
                foreach (var voter in (string[])["tessa", "oren", "abel", "mia", "lev", "ida"])
                {
                    var page = _run.Of<VotingKeys>().PageToken(_run.Id, id, voter);
                    await _run.Of<CastBallot>().FromPageAsync(page, Vote.For, null, id, Cancel);
                }

                _run.Clock.Advance(TimeSpan.FromDays(8));
                await _run.Of<CollectMail>().RunAsync(_run.Charter.Mailbox, anew: false, Cancel);
                await _run.StepAsync();
                Assert.Equal(MotionState.AwaitingRatification, (await _run.MotionAsync(id)).State);
            },
            act: async id =>
            {
                var day = DateOnly.FromDateTime(_run.Clock.GetUtcNow().UtcDateTime);
                await _run.Of<RatifyMotion>().RunAsync(_run.Charter, id, day, "sec", Cancel);
                await _run.StepAsync();
            },
            check: async id =>
            {
                var motion = await _run.MotionAsync(id);
                Assert.Equal((MotionState.Ratified, MotionNews.None), (motion.State, motion.News));
                Assert.Equal(
                    (7, 7),
                    (await _run.MailsAsync("result-awaitingratification", id), await _run.MailsAsync("result-ratified", id)));
                Assert.Equal(["motion-closed", "motion-ratified"], (await _run.EventsAsync(id)).TakeLast(2));
                Assert.Empty((await _run.VerifyAsync()).Faults);
            });
    }

    [Fact]
    public async Task While_the_text_of_a_motion_is_corrected()
    {
        await _run.KillAllTheWayAsync(
            prepare: _run.OpenAndCallAsync,
            act: async id =>
            {
                // The step puts up the next box after a correction that was cut off.
                await _run.StepAsync();
                await _run.Of<CorrectMotion>().RunAsync(
                    _run.Charter, id, "The new charter", $"The text of {id}.", "tessa", Cancel);
                await _run.StepAsync();
            },
            check: async id =>
            {
                var motion = await _run.MotionAsync(id);
                Assert.Equal(($"The text of {id}.", null), (motion.Text, motion.BoxShut));
                Assert.Equal(6, await _run.MailsAsync("corrected", id));
                var page = _run.Of<VotingKeys>().PageToken(_run.Id, id, "ida");
                Assert.IsType<Casting.Accepted>(await _run.Of<CastBallot>().FromPageAsync(page, Vote.For, null, id, Cancel));
            });
    }

    [Fact]
    public async Task While_a_motion_is_extended_withdrawn_and_those_who_have_not_voted_are_reminded()
    {
        await _run.KillAllTheWayAsync(
            prepare: async id =>
            {
                await _run.OpenAndCallAsync(id);
                _run.Clock.Advance(TimeSpan.FromDays(4));
            },
            act: async id =>
            {
                await _run.StepAsync();
                var motion = await _run.MotionAsync(id);
                if (motion.Deadline == motion.Opened.AddDays(7))
                {
                    await _run.Of<ExtendMotion>().RunAsync(_run.Charter, id, motion.Deadline.AddDays(1), "tessa", Cancel);
                }

                await _run.StepAsync();
                await _run.Of<WithdrawMotion>().RunAsync(_run.Charter, id, "Why not.", "tessa", Cancel);
                await _run.StepAsync();
            },
            check: async id =>
            {
                Assert.Equal(MotionState.Withdrawn, (await _run.MotionAsync(id)).State);
                Assert.Equal(
                    (6, 6, 7),
                    (await _run.MailsAsync("remind", id), await _run.MailsAsync("extended", id), await _run.MailsAsync("result", id)));
                Assert.Equal(["motion-opened", "motion-extended", "motion-withdrawn"], await _run.EventsAsync(id));
            });
    }

    [Fact]
    public async Task While_a_voter_is_called_again_at_another_address()
    {
        const string Voter = "v-0000001";
        await _run.KillAllTheWayAsync(
            prepare: async id =>
            {
                Made(await _run.Of<OpenMotion>().RunAsync(_run.Charter, Election(id, voters: 2), "tessa", Cancel));
                await _run.StepAsync();
            },
            act: async id => Made(
                await _run.Of<CallAgain>().RunAsync(_run.Charter, id, Voter, "right@contributors.example", "sec", Cancel)),
            check: async id =>
            {
                Assert.Equal("right@contributors.example", (await _run.MotionAsync(id)).Electorate.Members[0].Address);
                Assert.Equal(1, await _run.MailsAsync("again", id));
                var first = await _run.EventsAsync()
                    .FirstAsync(entry => entry.Subject.StartsWith($"{id}|", StringComparison.Ordinal), Cancel);
                Assert.Equal($"{Voter} at right@contributors.example in place of voter0@contributors.example", first.Detail);
            });
    }

    [Fact]
    public async Task Calls_to_a_large_electorate_go_on_where_they_were_cut_off()
    {
        const int Voters = 2_050;
        const int Tokens = 256;
        const int Part = 1_000 / 50;

        // The page is there already; to publish takes the lease on it, and gives it back.
        const int Page = 2;
        const int Notes = 2;
        Made(await _run.Of<OpenMotion>().RunAsync(_run.Charter, Election("election", Voters), "tessa", Cancel));
        await _run.Of<ShowChanges>()(_run.Charter, Cancel);

        // In the second part: every token is on record, and the first part is queued.
        _run.Switch.KillAfter(Page + Tokens + Notes + Part + 2);
        await Assert.ThrowsAnyAsync<Exception>(_run.StepAsync);
        Assert.True(_run.Switch.Killed);
        var last = (await _run.MotionAsync("election")).Electorate.Members[999].Id;
        await _run.RestartAsync();
        Assert.Equal($"vote|{last}", (await _run.MotionAsync("election")).MailedTo);
        await _run.StepAsync();

        Assert.True(_run.Switch.Requests < Tokens, $"{_run.Switch.Requests} requests");
        Assert.Equal(Voters, await _run.QueuedAsync("vote"));
        Assert.Equal(MotionNews.None, (await _run.MotionAsync("election")).News);
    }
}
