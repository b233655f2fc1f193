using System.Text.Json;
using Azure.Data.Tables;
using BscFlow.GraphEmulator;
using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tallies;
using BscFlow.Votes.Tokens;
using static BscFlow.Tests.Votes.SmallCommittee;

namespace BscFlow.Tests.Votes.Ballots;

/// <summary>What is stored of ballots on a secret motion, and what is left of it.</summary>
public sealed class SecretBallotTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly string[] Voters = ["tessa", "oren", "abel", "mia", "lev", "ida"];

    private static readonly MotionDraft Choice = Draft with
    {
        Id = "choice",
        Rule = "ordinary",
        Secret = true,
        Options = new OptionVote
        {
            Kind = BallotKind.Ranked,
            Method = CountingMethod.Schulze,
            Options = [Option("Ada"), Option("Cy"), Option("Eve")],
        },
    };

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task No_row_holds_both_a_voter_and_a_vote()
    {
        var motion = await _run.OpenAsync(Choice);
        await VoteAsync(motion, "1,2,3");
        await VoteAsync(motion, "3,2,1", "ida", "tessa");

        var rows = await RowsAsync(motion);
        var said = rows.Where(row => row.RowKey.StartsWith(Keys.SecretBallotStart, StringComparison.Ordinal)).ToList();
        Assert.Equal(6, said.Count);
        Assert.All(said, row => Assert.Equal(
            ["Marks", "PartitionKey", "RowKey", "Timestamp", "Vote", "odata.etag", "v"],
            row.Where(column => column.Value is not null).Select(column => column.Key).Order(StringComparer.Ordinal)));
        Assert.Equal(
            ["1,2,3", "1,2,3", "1,2,3", "1,2,3", "3,2,1", "3,2,1"],
            said.Select(row => row.GetString("Marks")).Order(StringComparer.Ordinal));
        Assert.All(said, row => Assert.DoesNotContain(Voters, voter => row.RowKey.Contains(voter, StringComparison.Ordinal)));
        Assert.All(
            rows.Except(said).Where(row => row.ContainsKey(nameof(Ballot.Voter))),
            row => Assert.DoesNotContain(
                row.Keys, column => column.Contains("Vote", StringComparison.Ordinal) && column != "Voter"));
    }

    [Fact]
    public async Task Each_voter_sees_on_their_page_who_has_voted()
    {
        var motion = await _run.OpenAsync(Choice);
        await VoteAsync(motion, "1,2,3", "ida", "tessa");

        var page = await _run.Of<CastBallot>().ShowPageAsync(_run.Of<VotingKeys>().PageToken(_run.Id, motion.Id, "mia"), Cancel);

        Assert.Equal(["tessa", "ida"], page!.Voted!);
    }

    [Fact]
    public async Task The_time_of_a_row_does_not_tell_whose_ballot_it_is()
    {
        var motion = await _run.OpenAsync(Choice);
        await VoteAsync(motion, "1,2,3");

        var rows = await RowsAsync(motion);
        var lastBefore = rows
            .Where(row => row.RowKey.StartsWith(Keys.BallotStart, StringComparison.Ordinal))
            .Select(row => row.Timestamp!.Value)
            .Order()
            .ElementAt(Voters.Length - 2);
        Assert.All(
            rows.Where(row => row.RowKey.StartsWith(Keys.SecretBallotStart, StringComparison.Ordinal)),
            row => Assert.True(row.Timestamp >= lastBefore));
    }

    [Fact]
    public async Task A_day_after_the_end_nobody_can_say_any_more_whose_ballot_was_whose_and_the_sheet_holds()
    {
        var motion = await _run.OpenAsync(Choice);
        await VoteAsync(motion, "1,2,3");
        await _run.SettleAsync();
        var word = _run.Host.Messages("ida@holm.example")[^1].Text.Split("Your secret word is ")[1][..19];

        await _run.AdvanceAsync(TimeSpan.FromDays(8));
        motion = await _run.MotionAsync(motion.Id);
        Assert.Equal((MotionState.Carried, MotionNews.ToForget), (motion.State, motion.News));
        Assert.Equal(6, Sent().Count(mail => mail.Text.Contains("Your secret word is", StringComparison.Ordinal)));
        await _run.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.DoesNotContain(Sent(), mail => mail.Text.Contains("Your secret word is", StringComparison.Ordinal));

        // Six calls and six results, and the secretary's result.
        Assert.Equal(13, Sent().Count);

        motion = await _run.MotionAsync(motion.Id);
        Assert.Equal(MotionNews.None, motion.News);
        Assert.DoesNotContain(
            await RowsAsync(motion),
            row => row.RowKey == Keys.BallotSecret || row.RowKey.StartsWith(Keys.SecretBallotStart, StringComparison.Ordinal));
        await _run.RestartAsync();
        Assert.Null(await _run.Of<MotionSecrets>().FindAsync(motion, Cancel));
        Assert.Null(await _run.Of<BallotStore>().FindAsync(motion, "ida", Cancel));
        Assert.Equal(Voters, await _run.Of<BallotStore>().VotersAsync(motion, Cancel));
        var page = await _run.Of<CastBallot>().OpenPageAsync(
            _run.Of<VotingKeys>().PageToken(_run.Id, motion.Id, "ida"), Cancel);
        Assert.Null(page!.Present);

        var tally = await _run.TallyAsync(motion.Id);
        await using var file = await _run.Of<TallyStore>().OpenAsync(motion, Cancel);
        Assert.Equal("1. Ada, 2. Cy, 3. Eve", await Recount.FindLineAsync(file, word, Cancel));
        Assert.Equal(6, tally.Receipts.Count);
        Assert.Empty((await _run.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Of_a_secret_motion_that_was_withdrawn_nothing_is_left_either()
    {
        var motion = await _run.OpenAsync(Choice);
        await VoteAsync(motion, "1,2,3");
        await _run.Of<WithdrawMotion>().RunAsync(_run.Charter, motion.Id, "A mistake.", "tessa", Cancel);
        await _run.SettleAsync();
        Assert.NotNull(await _run.Of<MotionSecrets>().FindAsync(motion, Cancel));

        await _run.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Null(await _run.Of<MotionSecrets>().FindAsync(motion, Cancel));
        Assert.DoesNotContain(
            await RowsAsync(motion), row => row.RowKey.StartsWith(Keys.SecretBallotStart, StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_another_desk_key_no_name_can_be_made()
    {
        var motion = await _run.OpenAsync(Choice);
        var keys = new VotingKeys(
            Microsoft.Extensions.Options.Options.Create(
                new BscFlowOptions { DeskKey = "another desk key, as long as it takes" }));
        var secrets = new MotionSecrets(new TableServiceClient(azurite.ConnectionString), keys);

        var lost = await Assert.ThrowsAsync<MotionSecretLostException>(() => secrets.GetAsync(motion, Cancel));

        Assert.StartsWith("The secret of choice is gone", lost.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<MailboxMessage> Sent() => _run.Host.Messages(_run.Charter.Mailbox, "sentitems");

    private async Task VoteAsync(Motion motion, string marks, params string[] voters)
    {
        foreach (var voter in voters.Length > 0 ? voters : Voters)
        {
            var casting = await _run.Of<CastBallot>().FromPageAsync(
                _run.Of<VotingKeys>().PageToken(_run.Id, motion.Id, voter),
                new PageBallot(Vote.For, null, marks),
                JsonSerializer.Serialize((string[])[voter, marks]),
                Cancel);
            Assert.IsType<Casting.Accepted>(casting);
            _run.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private async Task<List<TableEntity>> RowsAsync(Motion motion) => await new TableServiceClient(azurite.ConnectionString)
        .GetTableClient(Keys.BallotsTable)
        .QueryAsync<TableEntity>($"PartitionKey eq '{Keys.BallotBucket(_run.Id, motion.Id, 0)}'", cancellationToken: Cancel)
        .ToListAsync(Cancel);

    private static MotionOption Option(string name) =>
        new(name, Link: null, Cost: 0, Proposer: null, Affiliation: null, Recused: []);
}
