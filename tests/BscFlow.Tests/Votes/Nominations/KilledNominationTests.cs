using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Nominations;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;

namespace BscFlow.Tests.Votes.Nominations;

/// <summary>As <see cref="KilledVoteTests"/>, from the call for nominations to the vote that follows.</summary>
public sealed class KilledNominationTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Friend = "friend@elsewhere.example";

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task While_nominations_are_asked_for() => await _run.KillAllTheWayAsync(
        prepare: _ => Task.CompletedTask,
        act: OpenAsync,
        check: async id =>
        {
            Assert.Equal(6, await MailsAsync("nominate", id));
            Assert.Equal(["nominations-opened"], await EventsAsync(id));
            Assert.NotNull(await _run.Of<TakeNomination>().OpenPageAsync(_run.Of<VotingKeys>().PageToken(_run.Id, id, "ida"), Cancel));
        });

    [Fact]
    public async Task While_somebody_is_nominated_and_accepts() => await _run.KillAllTheWayAsync(
        prepare: OpenAsync,
        act: NominateAsync,
        check: async id =>
        {
            var nominees = await _run.Of<NominationStore>().NomineesAsync(_run.Id, id, Cancel);
            Assert.Equal(["Ada Bell Accepted tessa", "Mia Berg Accepted tessa"], nominees
                .Select(nominee => $"{nominee.Name} {nominee.Answer} {string.Join(' ', nominee.By)}")
                .Order(StringComparer.Ordinal));
            Assert.Equal((2, 3), (await MailsAsync("nominee", id), await MailsAsync("noted", id)));
            Assert.Equal(
                ["nominations-opened", "nominated", "nominated", "nominee-answered", "nominee-answered"], await EventsAsync(id));
        });

    [Fact]
    public async Task While_the_vote_opens_with_those_who_accepted() => await _run.KillAllTheWayAsync(
        prepare: EndAsync,
        act: async _ => await _run.StepAsync(),
        check: async id =>
        {
            Assert.Equal(["Ada Bell", "Mia Berg"], (await _run.MotionAsync(id)).Options!.Names);
            Assert.Equal(6, await MailsAsync("vote", id));
            Assert.Equal(["motion-opened", "nominations-ended"], (await EventsAsync(id)).TakeLast(2));
            Assert.Equal("opened with 2 of 2 nominees", (await CallAsync(id))!.Outcome);
        });

    [Fact]
    public async Task While_the_vote_waits_for_the_chair_and_opens_with_the_chairs_order()
    {
        await using var run = await VoteRun.StartAsync(
            azurite, charter => charter with { Elections = new ElectionRules { TieBreak = TieRule.Chair } });
        await _run.DisposeAsync();
        _run = run;

        await _run.KillAllTheWayAsync(
            prepare: EndAsync,
            act: async id =>
            {
                await _run.StepAsync();
                await _run.Of<OpenNominated>().WithChairAsync(_run.Charter, id, ["Mia Berg", "Ada Bell"], "sec", Cancel);
                await _run.StepAsync();
            },
            check: async id =>
            {
                Assert.Equal(["Mia Berg", "Ada Bell"], (await _run.MotionAsync(id)).Options!.Chair);
                Assert.Equal((6, 1), (await MailsAsync("vote", id), await MailsAsync("nominations", id)));
                Assert.Equal(["motion-opened", "nominations-ended"], (await EventsAsync(id)).TakeLast(2));
            });
    }

    private static MotionDraft DraftOf(string id) => SmallCommittee.Draft with
    {
        Id = id,
        Title = "The award of 2025",
        Text = "Who gets the award?",
        Rule = "ordinary",
        Mover = null,
        Seconder = null,
        Options = new OptionVote { Kind = BallotKind.Ranked, Method = CountingMethod.Schulze, Options = [] },
    };

    /// <summary>Whoever asked and got no answer asks again.</summary>
    private async Task OpenAsync(string id)
    {
        var now = _run.Clock.GetUtcNow();
        await _run.Of<OpenNominations>().RunAsync(_run.Charter, DraftOf(id), now.AddDays(7), now.AddDays(9), "tessa", Cancel);
        await _run.StepAsync();
    }

    private async Task NominateAsync(string id)
    {
        foreach (var (holder, address, text) in (IEnumerable<(string, string, string)>)
        [
            ("tessa", "tessa@quill.example", $"Ada Bell <{Friend}>, Northlight\nMia Berg"),
            (Keys.NomineeHolder(Keys.ShortHash(Friend)), Friend, "accept"),
            (Keys.NomineeHolder(Keys.ShortHash("mia@berg.example")), "mia@berg.example", "accept"),
        ])
        {
            var mail = CastingTests.Mail(
                address, _run.Of<VotingKeys>().NominationToken(_run.Id, id, holder), text, received: _run.Clock.GetUtcNow());
            Assert.True((await _run.Of<TakeNomination>().FromMailAsync(
                mail with { MessageId = $"{id}.{address}" }, Cancel))!.Acted);
        }
    }

    private async Task EndAsync(string id)
    {
        await OpenAsync(id);
        await NominateAsync(id);
        _run.Clock.Advance(TimeSpan.FromDays(10));
        await _run.Of<CollectMail>().RunAsync(_run.Charter.Mailbox, anew: false, Cancel);
    }

    private Task<NominationCall?> CallAsync(string id) => _run.Of<NominationStore>().FindAsync(_run.Id, id, Cancel);

    private async Task<int> MailsAsync(string kind, string motion) => await _run.Of<Outbox>().WaitingAsync(_run.Id, Cancel)
        .CountAsync(key => key.StartsWith(kind, StringComparison.Ordinal) && key.Contains($"|{motion}", StringComparison.Ordinal), Cancel);

    private async Task<IReadOnlyList<string>> EventsAsync(string id) => await _run.EventsAsync()
        .Where(entry => entry.Subject.Split('|')[0] == id)
        .Select(entry => entry.Event)
        .ToListAsync(Cancel);
}
