using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BscFlow.Links;
using BscFlow.Storage;
using BscFlow.Tests.Local.Commands;
using BscFlow.Votes;
using BscFlow.Votes.Tallies;
using static BscFlow.Tests.Votes.SmallCommittee;

namespace BscFlow.Tests.Votes.Tallies;

public sealed class VerifyRecordsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private VoteRun _run = null!;
    private BlobClient _kept = null!;
    private BlobClient _published = null!;
    private byte[] _file = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _run = await VoteRun.StartAsync(azurite);
        await _run.OpenAsync();
        _run.Answer("tessa@quill.example", "+1");
        await _run.CollectAsync();
        await _run.AdvanceAsync(TimeSpan.FromDays(8));
        var blobs = _run.Of<BlobServiceClient>();
        _kept = blobs.GetBlobContainerClient(Keys.VotesContainer).GetBlobClient(Keys.TallyBlob(_run.Id, Draft.Id));
        _published = blobs.GetBlobContainerClient(Keys.SiteContainer)
            .GetBlobClient(Keys.SiteBlob(_run.Id, SitePath.Tally(Draft.Id)));
        _file = await ReadAsync(_kept);
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task What_was_not_changed_is_said_to_be_as_it_was_written()
    {
        Assert.Equal(_file, await ReadAsync(_published));

        var found = await _run.VerifyAsync();

        Assert.Equal((3, 1, 0), (found.Events, found.Tallies, found.Faults.Count));
    }

    [Fact]
    public async Task How_many_events_and_ballots_are_read_is_told_at_every_thousandth()
    {
        // With the three of the motion, and its ballot where it is kept and where it is published.
        const int Others = 1_000 - 3 - 2;
        await Task.WhenAll(Enumerable.Range(0, Others).Select(i =>
            _run.Of<AuditLog>().AppendOnceAsync(_run.Id, "agenda-sent", $"{i:D4}", "clock", "", Cancel)));
        List<int> told = [];

        var found = await _run.Of<VerifyRecords>().RunAsync(_run.Id, new RecordsRead(new Told(told)), Cancel);

        Assert.Equal((Others + 3, 1, 0), (found.Events, found.Tallies, found.Faults.Count));
        Assert.Equal([1_000], told);
    }

    [Fact]
    public async Task A_changed_byte_of_a_tally_is_found_where_it_is_kept_and_where_it_is_published()
    {
        foreach (var blob in (BlobClient[])[_kept, _published])
        {
            for (var i = 0; i < _file.Length; i += 67)
            {
                await blob.UploadAsync(new BinaryData(Changed(i)), overwrite: true, Cancel);
                Assert.NotEmpty((await _run.VerifyAsync()).Faults);
            }

            await blob.UploadAsync(new BinaryData(_file), overwrite: true, Cancel);
        }

        Assert.Empty((await _run.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task A_tally_that_was_forged_with_all_its_hashes_is_not_the_one_on_record()
    {
        var tally = TallyFile.Read(_file);
        var forged = WholeTally.Write(WholeTally.WithHash(tally with
        {
            Ballots = [tally.Ballots[0] with { Vote = Vote.Against }],
            For = 0,
            Against = 1,
        }));
        Assert.IsType<Recount.Holds>(await WholeTally.RecountAsync(forged));
        await _kept.UploadAsync(new BinaryData(forged), overwrite: true, Cancel);

        var fault = Assert.Single((await _run.VerifyAsync()).Faults);

        Assert.Equal((Draft.Id, "its tally is not the one that the audit log holds the hash of"), (fault.Where, fault.What));
    }

    [Fact]
    public async Task A_tally_that_is_gone_is_missed()
    {
        await _kept.DeleteAsync(cancellationToken: Cancel);

        Assert.Equal([new RecordFault(Draft.Id, "its tally is gone")], (await _run.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task A_published_tally_that_is_gone_is_missed()
    {
        await _published.DeleteAsync(cancellationToken: Cancel);

        Assert.Equal([new RecordFault($"{Draft.Id}, as published", "its tally is gone")], (await _run.VerifyAsync()).Faults);
    }

    [Theory]
    [InlineData(nameof(Motion.State), nameof(MotionState.Ratified), "it says Ratified, and the audit log NoQuorum")]
    [InlineData(nameof(Motion.State), nameof(MotionState.Open), "it says Open, and the audit log NoQuorum")]
    [InlineData(nameof(Motion.Text), "Shall we not?", "it was counted on another text than the motion shows")]
    [InlineData(nameof(Motion.Title), "Another", "it was counted on another text than the motion shows")]
    public async Task What_is_shown_of_a_motion_is_checked_as_well(string column, string value, string fault)
    {
        var table = _run.Of<TableServiceClient>().GetTableClient(Keys.MotionsTable);
        var row = new TableEntity(_run.Id, Draft.Id) { [column] = value };
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Merge, Cancel);

        var found = (await _run.VerifyAsync()).Faults;

        Assert.NotEmpty(found);
        Assert.All(found, one => Assert.Equal(fault, one.What));
    }

    [Fact]
    public async Task That_an_end_is_said_to_be_told_yet_hides_no_other_one()
    {
        var row = new TableEntity(_run.Id, Draft.Id)
        {
            [nameof(Motion.State)] = nameof(MotionState.Carried),
            [nameof(Motion.News)] = (int)MotionNews.Ended,
        };
        await _run.Of<TableServiceClient>().GetTableClient(Keys.MotionsTable)
            .UpdateEntityAsync(row, ETag.All, TableUpdateMode.Merge, Cancel);

        Assert.Equal("it says Carried, and the audit log NoQuorum", Assert.Single((await _run.VerifyAsync()).Faults).What);
    }

    [Fact]
    public async Task A_motion_whose_row_is_gone_is_missed()
    {
        await _run
            .Of<TableServiceClient>()
            .GetTableClient(Keys.MotionsTable)
            .DeleteEntityAsync(_run.Id, Draft.Id, ETag.All, Cancel);

        Assert.Equal([new RecordFault(Draft.Id, "its row is gone")], (await _run.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task The_command_finds_any_changed_byte_in_a_folder_of_a_site()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "motions", Draft.Id, "tally.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, _file, Cancel);
        var whole = await Typed.RunAsync("verify", folder.Path);
        Assert.Equal(
            (0, $"{folder.Path}: 1 tallies are as they were written{Environment.NewLine}"), (whole.ExitCode, whole.Output));

        for (var i = 0; i < _file.Length; i++)
        {
            await File.WriteAllBytesAsync(path, Changed(i), Cancel);
            Assert.Equal(1, (await Typed.RunAsync("verify", folder.Path)).ExitCode);
        }
    }

    [Theory]
    [InlineData("there is no such folder", "verify", "/no/such/folder")]
    [InlineData("there is no data of a run", "verify", "--data", "/no/such/folder")]
    public async Task A_folder_that_is_not_there_is_wrong_use(string why, params string[] arguments)
    {
        var typed = await Typed.RunAsync(arguments);

        Assert.Equal(2, typed.ExitCode);
        Assert.StartsWith($"bscflow: /no/such/folder: {why}", typed.Error, StringComparison.Ordinal);
    }

    private byte[] Changed(int index)
    {
        var changed = _file.ToArray();
        changed[index] ^= 1;
        return changed;
    }

    private static async Task<byte[]> ReadAsync(BlobClient blob) =>
        (await blob.DownloadContentAsync(Cancel)).Value.Content.ToArray();

    /// <summary>At once, on the thread that reports.</summary>
    private sealed class Told(List<int> values) : IProgress<int>
    {
        public void Report(int value) => values.Add(value);
    }
}
