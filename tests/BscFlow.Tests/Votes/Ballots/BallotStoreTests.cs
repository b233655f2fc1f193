using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BscFlow.Committee;
using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Tallies;
using Microsoft.Extensions.Logging.Abstractions;
using static BscFlow.Tests.Votes.SmallCommittee;

namespace BscFlow.Tests.Votes.Ballots;

public sealed class BallotStoreTests : IAsyncLifetime
{
    private readonly string _connection;
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _blobs;
    private readonly string _committee = AzuriteFixture.NewName();

    private readonly MotionSecrets _secrets;

    public BallotStoreTests(AzuriteFixture azurite)
    {
        _connection = azurite.ConnectionString;
        (_tables, _blobs) = (new(azurite.ConnectionString), new(azurite.ConnectionString));
        _secrets = new(
            _tables, new(Microsoft.Extensions.Options.Options.Create(new BscFlowOptions { DeskKey = new string('k', 40) })));
    }

    private BallotStore Store => new(_tables, _secrets);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _tables.CreateTableIfNotExistsAsync(Keys.BallotsTable, Cancel);
        await _tables.CreateTableIfNotExistsAsync(Keys.MotionsTable, Cancel);
        await _blobs.GetBlobContainerClient(Keys.VotesContainer).CreateIfNotExistsAsync(cancellationToken: Cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_large_electorate_goes_the_same_way_as_a_small_one()
    {
        var motion = MotionOf(12_000);
        Assert.Equal(16, motion.Buckets);
        var motions = new MotionStore(_tables, _blobs);
        await Store.OpenBoxAsync(motion, Cancel);
        Assert.NotNull(await motions.TryAddAsync(motion, Cancel));
        var read = await new MotionStore(_tables, _blobs).FindAsync(_committee, motion.Id, Cancel);
        Assert.Equal(motion.Electorate, read!.Electorate);

        var ballots = motion.Electorate.Members.Take(2_000).Select((member, i) => BallotOf(member.Id, (Vote)(i % 3))).ToList();
        await StoredBallots.WriteAsync(_tables, read, ballots, secret: null, Cancel);

        var count = await Store.CountAsync(read, Cancel);
        Assert.Equal((667, 667, 666, 10_000), (count.For, count.Against, count.Abstained, count.Out));
        Assert.Equal(
            ballots.OrderBy(ballot => ballot.Voter, StringComparer.Ordinal),
            await Store.ReadAsync(read, Cancel).ToListAsync(Cancel));
        var pending = Assert.Single(await motions.PendingAsync(_committee, Cancel));
        Assert.Equal((motion.Id, 12_000), (pending.Id, pending.Voters));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task How_many_have_voted_is_known_without_reading_who_has(bool secret)
    {
        var requests = new StorageRequests();
        var options = new TableClientOptions();
        options.AddPolicy(requests, HttpPipelinePosition.PerCall);
        var tables = new TableServiceClient(_connection, options);
        var (store, notes) = (new BallotStore(tables, _secrets), new VoterNotes(tables));
        var motion = MotionOf(12_000) with { Secret = secret };
        await store.OpenBoxAsync(motion, Cancel);
        var none = await store.TurnoutAsync(motion, Cancel);
        Assert.Equal((12_000, 0, 12_000), (none.Asked, none.Voted, none.Out));

        // All at once, each twice, and an older ballot of each in between.
        var voters = motion.Electorate.Members.Take(60).Select(member => member.Id).ToList();
        await Task.WhenAll(voters.SelectMany(voter => (Task[])
        [
            store.RecordAsync(motion, BallotOf(voter, Vote.For), Cancel),
            store.RecordAsync(motion, BallotOf(voter, Vote.For), Cancel),
            store.RecordAsync(
                motion, BallotOf(voter, Vote.Against) with { Evidence = $"again-{voter}", Received = Opened }, Cancel),
            notes.MarkOpenedAsync(motion, voter, Cancel),
            notes.MarkOpenedAsync(motion, voter, Cancel),
        ]));
        await store.OpenBoxAsync(motion, Cancel);

        requests.Clear();
        Assert.Equal(60, (await store.TurnoutAsync(motion, Cancel)).Voted);
        Assert.Equal(60, await notes.CountOpenedAsync(motion, Cancel));
        Assert.Equal(2 * motion.Buckets, requests.To(Keys.BallotsTable));
        Assert.Equal(60, (await store.VotersAsync(motion, Cancel)).Count);
    }

    [Fact]
    public async Task How_many_have_voted_is_counted_where_the_motion_opened_before_numbers_were_kept()
    {
        // A box that is not the first one finds no numbers, and begins none.
        var motion = MotionOf(12_000) with { Box = 2 };
        await Store.OpenBoxAsync(motion, Cancel);
        foreach (var voter in motion.Electorate.Members.Take(3))
        {
            Assert.NotNull(await Store.RecordAsync(motion, BallotOf(voter.Id, Vote.For), Cancel));
        }

        Assert.Equal(3, (await Store.TurnoutAsync(motion, Cancel)).Voted);
        Assert.Equal(0, await new VoterNotes(_tables).CountOpenedAsync(motion, Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task How_far_the_count_of_a_large_electorate_has_come_stands_with_the_motion(bool secret)
    {
        var motions = new MotionStore(_tables, _blobs);
        var motion = MotionOf(10_500) with { Secret = secret, BoxShut = Opened.AddDays(9) };
        await Store.OpenBoxAsync(motion, Cancel);
        Assert.NotNull(await motions.TryAddAsync(motion, Cancel));
        var ballots = motion.Electorate.Members.Take(10_200).Select((member, i) => BallotOf(member.Id, (Vote)(i % 3)));
        await StoredBallots.WriteAsync(
            _tables, motion, ballots, secret ? await _secrets.GetAsync(motion, Cancel) : null, Cancel);
        var tallies = new TallyStore(_blobs);

        var counted = await new CountMotion(motions, Store, tallies, _secrets, NullLogger<CountMotion>.Instance).RunAsync(
            motion, Cancel);

        var found = (await motions.FindAsync(_committee, motion.Id, Cancel))!;
        Assert.Equal(10_000, found.Counted);
        Assert.Equal("being counted, 10,000 ballots read of 10,500 voters", RuleWords.State(found));
        Assert.Equal(
            (3_400, 3_400, 3_400, 300),
            (counted.Frame.For, counted.Frame.Against, counted.Frame.Abstained, counted.Frame.Silent));
        await using var file = await tallies.OpenAsync(motion, Cancel);
        Assert.Equal(
            counted.Frame.Hash, Assert.IsType<Recount.Holds>(await Recount.OfAsync(file, read: null, Cancel)).Frame.Hash);
    }

    [Fact]
    public async Task A_shut_box_takes_nothing_and_the_next_one_does()
    {
        var motion = MotionOf(6);
        await Store.OpenBoxAsync(motion, Cancel);
        await Store.RecordAsync(motion, BallotOf("m0", Vote.For), Cancel);
        await Store.ShutBoxAsync(motion, Cancel);
        await Store.ShutBoxAsync(motion, Cancel);

        Assert.Null(await Store.RecordAsync(motion, BallotOf("m1", Vote.For), Cancel));
        Assert.NotNull(await Store.RecordAsync(motion, BallotOf("m0", Vote.For), Cancel));
        Assert.Equal(["m0"], await Store.VotersAsync(motion, Cancel));

        var next = motion.NextBox();
        await Store.OpenBoxAsync(next, Cancel);
        Assert.NotNull(await Store.RecordAsync(next, BallotOf("m1", Vote.For), Cancel));
        Assert.Null(await Store.RecordAsync(motion, BallotOf("m2", Vote.For), Cancel));
    }

    [Fact]
    public async Task Each_row_says_its_version()
    {
        var motion = MotionOf(6);
        await Store.OpenBoxAsync(motion, Cancel);
        await Store.RecordAsync(
            motion, BallotOf("m0", Vote.For) with { Comment = new string('x', Ballot.LongestComment) }, Cancel);
        await new VoterNotes(_tables).ClaimAnswerAsync(motion, "m0", "unclear", "e", Cancel);

        var rows = await _tables.GetTableClient(Keys.BallotsTable)
            .QueryAsync<TableEntity>($"PartitionKey eq '{Keys.BallotBucket(_committee, motion.Id, 0)}'", cancellationToken: Cancel)
            .ToListAsync(Cancel);

        Assert.Equal(4, rows.Count);
        Assert.All(rows, row => Assert.Equal(1, row.GetInt32("v")));
    }

    [Theory]
    [InlineData("  Fine.\r\n\r\nReally.\0 ", "Fine.\n\nReally.")]
    [InlineData(" \n ", null)]
    public void A_comment_is_kept_as_text(string comment, string? kept) =>
        Assert.Equal(kept, (BallotOf("m0", Vote.For) with { Comment = comment }).Tidy().Comment);

    [Fact]
    public void Half_a_character_is_no_text() =>
        Assert.Equal("\ufffdlone", (BallotOf("m0", Vote.For) with { Comment = $"{(char)0xD800}lone" }).Tidy().Comment);

    [Fact]
    public void A_comment_that_is_too_long_is_cut_between_characters()
    {
        var ballot = BallotOf("m0", Vote.For) with { Comment = string.Concat(Enumerable.Repeat("👍", Ballot.LongestComment)) };

        Assert.Equal(Ballot.LongestComment - 1, ballot.Tidy().Comment!.Length);
        Assert.EndsWith("👍…", ballot.Tidy().Comment, StringComparison.Ordinal);
    }

    private Motion MotionOf(int voters) => Made(Motion.Open(
        Agreed with { Id = _committee, Members = [.. Enumerable.Range(0, voters).Select(MemberOf)] },
        new Roster(Agreed with { Members = [.. Enumerable.Range(0, voters).Select(MemberOf)] }),
        Draft with { Mover = null, Seconder = null },
        Opened));

    private static Member MemberOf(int number) => new()
    {
        Id = $"m{number}",
        Name = $"Member {number}",
        Addresses = [$"m{number}@members.example"],
        Terms = [new Term(new DateOnly(2025, 1, 1))],
    };

    private static Ballot BallotOf(string voter, Vote vote) => new()
    {
        Voter = voter,
        Vote = vote,
        Received = Opened.AddDays(1),
        Source = BallotSource.Mail,
        Evidence = $"{voter}@mail.example",
    };
}
