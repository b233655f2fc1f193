using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Nominations;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Tokens;

namespace BscFlow.Tests.Votes.Nominations;

/// <summary>As <see cref="KilledVoteTests"/>, of what comes before an election.</summary>
public sealed class KilledNominationTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task While_nominations_are_called_for()
    {
        await _run.KillAllTheWayAsync(
            prepare: _ => Task.CompletedTask,
            act: CallAsync,
            check: async id =>
            {
                Assert.Equal(6, await _run.MailsAsync("nominate", id));
                Assert.Equal(["nominations-opened"], await _run.EventsAsync(id));
                Assert.NotNull(await PageAsync(id, "ida"));
            });
    }

    [Fact]
    public async Task While_people_are_nominated()
    {
        await _run.KillAllTheWayAsync(
            prepare: CallAsync,
            act: NominateAsync,
            check: async id =>
            {
                var nominees = await _run.Of<NominationStore>().NomineesAsync(_run.Id, id, Cancel);
                Assert.Equal(["Lev Sand", "Mia Berg"], nominees.Select(nominee => nominee.Name).Order(StringComparer.Ordinal));
                Assert.All(nominees, nominee => Assert.Equal(["tessa"], nominee.By));
                Assert.Equal(2, await _run.MailsAsync("nominee", id));
                Assert.Equal(["nominations-opened", "nominated", "nominated"], await _run.EventsAsync(id));
            });
    }

    [Fact]
    public async Task While_nominees_answer_and_the_vote_opens()
    {
        await _run.KillAllTheWayAsync(
            prepare: async id =>
            {
                await CallAsync(id);
                await NominateAsync(id);
            },
            act: async id =>
            {
                // Who got no answer before the time was over has said so once, or says so too late.
                foreach (var address in (string[])["mia@berg.example", "lev@sand.example"])
                {
                    var page = await PageAsync(id, Keys.NomineeHolder(Keys.ShortHash(address)));
                    await _run.Of<TakeNomination>().FromPageAsync(page!, "accept", Cancel);
                }

                var call = await _run.Of<NominationStore>().FindAsync(_run.Id, id, Cancel);
                if (_run.Clock.GetUtcNow() <= call!.AnswerUntil)
                {
                    _run.Clock.SetUtcNow(call.AnswerUntil.AddHours(1));
                }

                await _run.StepAsync();
            },
            check: async id =>
            {
                var motion = await _run.MotionAsync(id);
                var call = await _run.Of<NominationStore>().FindAsync(_run.Id, id, Cancel);
                Assert.Equal($"opened with {motion.Options!.Options.Count} of 2 nominees", call!.Outcome);
                Assert.Equal(["Lev Sand", "Mia Berg"], motion.Options.Names);
                Assert.Equal(6, await _run.MailsAsync("vote", id));
                Assert.Equal(
                    ["motion-opened 1", "nominated 2", "nominations-ended 1", "nominations-opened 1", "nominee-answered 2"],
                    (await _run.EventsAsync(id)).CountBy(entry => entry)
                        .Select(entry => $"{entry.Key} {entry.Value}").Order(StringComparer.Ordinal));
            });
    }

    [Fact]
    public async Task Calls_to_a_large_electorate_go_on_where_they_were_cut_off()
    {
        const int Voters = 2_050;
        const int Tokens = 256;
        const int Part = 1_000 / 50;
        const int Notes = 2;
        var draft = DraftOf("election") with { Electorate = SmallCommittee.Contributors(Voters) };
        var now = _run.Clock.GetUtcNow();
        await _run.Of<OpenNominations>().RunAsync(_run.Charter, draft, now.AddDays(7), now.AddDays(9), "tessa", Cancel);

        // In the second part: every token is on record, and the first part is queued.
        _run.Switch.KillAfter(Tokens + Notes + Part + 2);
        await Assert.ThrowsAnyAsync<Exception>(_run.StepAsync);
        Assert.True(_run.Switch.Killed);
        await _run.RestartAsync();
        var call = await _run.Of<NominationStore>().FindAsync(_run.Id, "election", Cancel);
        Assert.Equal((true, call!.Electorate.Members[999].Id), (call.HasTokens, call.CalledTo));
        await _run.StepAsync();

        Assert.True(_run.Switch.Requests < Tokens, $"{_run.Switch.Requests} requests");
        Assert.Equal(Voters, await _run.QueuedAsync("nominate"));
        Assert.True(Assert.Single(await _run.Of<NominationStore>().PendingAsync(_run.Id, Cancel)).Called);
    }

    private static MotionDraft DraftOf(string id) => SmallCommittee.Draft with
    {
        Id = id,
        Rule = "ordinary",
        Mover = null,
        Seconder = null,
        Options = new OptionVote { Kind = BallotKind.Ranked, Method = CountingMethod.Schulze, Options = [] },
    };

    /// <summary>Whoever asked and got no answer asks again.</summary>
    private async Task CallAsync(string id)
    {
        var now = _run.Clock.GetUtcNow();
        await _run.Of<OpenNominations>().RunAsync(_run.Charter, DraftOf(id), now.AddDays(7), now.AddDays(9), "tessa", Cancel);
        await _run.StepAsync();
    }

    private async Task NominateAsync(string id) => Assert.True(
        (await _run.Of<TakeNomination>().FromPageAsync((await PageAsync(id, "tessa"))!, "Mia Berg\nLev Sand", Cancel)).Acted);

    private Task<NominationPage?> PageAsync(string id, string holder) =>
        _run.Of<TakeNomination>().OpenPageAsync(_run.Of<VotingKeys>().PageToken(_run.Id, id, holder), Cancel);
}
