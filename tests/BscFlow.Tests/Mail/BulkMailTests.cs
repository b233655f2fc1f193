using System.Globalization;
using System.Text;
using Azure.Storage.Queues;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Tests.Votes;
using BscFlow.Votes;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tokens;
using BscFlow.Workflow;
using static BscFlow.Tests.Votes.SmallCommittee;

namespace BscFlow.Tests.Mail;

/// <summary>Calls for votes to many leave at the pace of their mailbox.</summary>
public sealed class BulkMailTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Voters = 95;

    private static readonly string[] Addresses =
        [.. Enumerable.Range(1, Voters).Select(voter => $"voter{voter}@contributors.example")];

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite, others: Addresses);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task Thirty_calls_leave_in_a_minute_and_each_voter_gets_one()
    {
        var motion = await OpenAsync();
        List<int> called = [Called()];
        while (await _run.Of<Outbox>().NextReleaseAsync(_run.Charter, Cancel) is { } next)
        {
            await _run.AdvanceAsync(next - _run.Clock.GetUtcNow());
            called.Add(Called());
        }

        Assert.Equal([30, 60, 90, 95], called);
        Assert.All(Addresses, address => Assert.Single(_run.Host.Messages(address)));
        Assert.Equal(CallPlan.Of(motion).Last, _run.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_tick_costs_no_more_however_many_wait()
    {
        var motion = await OpenAsync();
        Assert.Equal(Voters - 30, await NotLetGoAsync(motion));

        // Nothing leaves: no more is let go than a mailbox may send in two minutes, and what was is not queued at each tick again.
        var queued = new List<int>();
        for (var minute = 0; minute < 5; minute++)
        {
            _run.Clock.Advance(TimeSpan.FromMinutes(1));
            queued.Add(await _run.Of<Clock>().TickAsync(_run.Id, Cancel));
        }

        Assert.InRange(queued.Sum(), MailPace.AMinute, (2 * MailPace.AMinute) + queued.Count);
        Assert.Equal(60, await _run.Of<Outbox>().WaitingAsync(_run.Id, Cancel).CountAsync(Cancel));
    }

    /// <summary>The clock of Azure ticks every five minutes, and a mailbox may send every minute.</summary>
    [Fact]
    public async Task Whoever_lets_mails_go_sees_to_the_next_ones_without_waiting_for_a_tick()
    {
        var motion = await OpenAsync();
        var before = await NotLetGoAsync(motion);
        var steps = _run.Of<QueueServiceClient>().GetQueueClient(Keys.StepsQueue);
        await steps.ClearMessagesAsync(Cancel);

        _run.Clock.Advance(TimeSpan.FromMinutes(1));
        await _run.Of<Clock>().TickAsync(_run.Id, Cancel);
        Assert.Equal(1, (await steps.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount);

        _run.Clock.Advance(TimeSpan.FromMinutes(1));
        await _run.Of<StepRunner>().RunAsync(
            StepMessage.Write(new Step(_run.Id, StepKind.LookAgain, ""), queued: default), Cancel);
        Assert.Equal(before - 60, await NotLetGoAsync(motion));
    }

    [Fact]
    public async Task Two_machines_that_let_mails_go_let_each_go_once()
    {
        await OpenAsync();
        _run.Clock.Advance(TimeSpan.FromMinutes(1));

        var released = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => _run.Of<Outbox>().ReleaseAsync(_run.Charter, waiting: 0, Cancel)));

        var keys = released.SelectMany(one => one.Keys).ToList();
        Assert.Equal(keys.Distinct(), keys);
        Assert.InRange(keys.Count, 0, MailPace.AMinute);
        Assert.Equal(keys.Count, await _run.Of<Outbox>().WaitingAsync(_run.Id, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task Calls_to_a_vote_that_is_withdrawn_leave_no_more_and_the_news_of_it_does_not_wait_behind_them()
    {
        var motion = await OpenAsync();
        Assert.Equal(30, Called());
        Made(await _run.Of<WithdrawMotion>().RunAsync(_run.Charter, motion.Id, "Not now.", "tessa", Cancel));

        await _run.AdvanceAsync(TimeSpan.FromMinutes(1));

        // Those who hear of it in the next minute, with the members and the secretary, would have waited for 65 calls.
        Assert.InRange(
            Addresses.Count(address => _run.Subjects(address).Contains("Withdrawn: An election")), 30 - 7 - 1, 30);
        await LetAllLeaveAsync();

        Assert.All(Addresses, address => Assert.Single(_run.Subjects(address), "Withdrawn: An election"));
        Assert.Equal(30, Called());
        Assert.Equal(["Withdrawn: An election"], _run.Subjects(VoteRun.Secretary));
    }

    [Fact]
    public async Task Who_votes_while_their_reminder_waits_gets_none()
    {
        var motion = await OpenAsync();
        await LetAllLeaveAsync();
        await _run.AdvanceAsync(motion.NextReminder!.Value - _run.Clock.GetUtcNow());
        Assert.Equal(30, Reminded());
        var waits = motion.Electorate.Asked.Last();
        Assert.False(IsReminded(waits.Address!));
        Assert.IsType<Casting.Accepted>(await _run.Of<CastBallot>().FromPageAsync(
            _run.Of<VotingKeys>().PageToken(_run.Id, motion.Id, waits.Id),
            new PageBallot(Vote.For, null, "1,2"),
            "press",
            Cancel));

        await LetAllLeaveAsync();

        Assert.Equal(Voters - 1, Reminded());
        Assert.False(IsReminded(waits.Address!));
    }

    [Fact]
    public async Task Nothing_that_holds_a_ballot_leaves_to_an_address_that_was_put_right_while_it_waited()
    {
        var motion = await OpenAsync();
        var waits = motion.Electorate.Asked.Last();
        await _run.Of<ExtendMotion>().RunAsync(_run.Charter, motion.Id, motion.Deadline.AddDays(1), "tessa", Cancel);
        await _run.StepAsync();

        Made(await _run.Of<CallAgain>().RunAsync(_run.Charter, motion.Id, waits.Id, "friend@elsewhere.example", "sec", Cancel));
        await LetAllLeaveAsync();

        Assert.Empty(_run.Host.Messages(waits.Address!));
        Assert.Equal(["Vote: An election"], _run.Subjects("friend@elsewhere.example"));
        Assert.Equal(Voters - 1, Called());
    }

    private int Reminded() => Addresses.Count(IsReminded);

    private bool IsReminded(string address) =>
        _run.Host.Messages(address).Any(mail => mail.Text.Contains("have not voted", StringComparison.Ordinal));

    private async Task LetAllLeaveAsync()
    {
        while (await _run.Of<Outbox>().NextReleaseAsync(_run.Charter, Cancel) is { } next)
        {
            await _run.AdvanceAsync(next - _run.Clock.GetUtcNow());
        }
    }

    [Fact]
    public async Task A_member_who_is_asked_among_other_voters_gets_one_result_and_not_two()
    {
        await OpenAsync($"Ida Holm,IDA@holm.example\nSomebody,{Addresses[0]}\n");

        await _run.AdvanceAsync(TimeSpan.FromDays(8));

        Assert.All(
            ["ida@holm.example", Addresses[0], "tessa@quill.example"],
            address => Assert.Single(
                _run.Host.Messages(address), mail => mail.Text.Contains("An election: ", StringComparison.Ordinal)));
    }

    private int Called() => Addresses.Count(address => _run.Subjects(address).Contains("Vote: An election"));

    private Task<Motion> OpenAsync() =>
        OpenAsync(
            string.Concat(
                Addresses.Select(
                    (address, number) => string.Create(CultureInfo.InvariantCulture, $"Voter {number},{address}\n"))));

    private Task<Motion> OpenAsync(string voters) =>
        _run.OpenAsync(new MotionDraft
        {
            Id = "2025-07-election",
            Title = "An election",
            Text = "Rank them.",
            Rule = "ordinary",
            Electorate = ElectorTable.Read(new MemoryStream(Encoding.UTF8.GetBytes($"name,email\n{voters}"))),
            Options = new OptionVote
            {
                Kind = BallotKind.Ranked,
                Method = CountingMethod.Schulze,
                Options = [new("Ada", null, 0, null, null, []), new("Cy", null, 0, null, null, [])],
            },
        });

    private async Task<int> NotLetGoAsync(Motion motion)
    {
        var isLetGo = await _run.Of<Outbox>().LetGoAsync(_run.Id, motion.Opened, $"vote|{motion.Id}|", Cancel);
        return motion.Electorate.Asked.Count(elector => !isLetGo($"vote|{motion.Id}|{elector.Id}"));
    }
}
