using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Exports;
using BscFlow.Meetings;
using BscFlow.Storage;
using BscFlow.Tests.Local.Commands;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;

namespace BscFlow.Tests.Exports;

/// <summary>A committee that has done a bit of everything goes out of one storage into another.</summary>
public sealed class ExportTests(LivedCommittees lived) : IClassFixture<LivedCommittees>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ProductHost _host = lived.Host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string First => Path.Combine(_folder.Path, "first");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_imported_elsewhere_and_exported_again_is_the_same_byte_for_byte()
    {
        var (rows, blobs) = await _host.Get<ExportCommittee>().RunAsync("acme", First, Cancel);
        await using var other = await ProductHost.StartAsync([]);

        await other.Get<RestoreCommittee>().RunAsync(First, Cancel);
        var second = Path.Combine(_folder.Path, "second");
        var again = await other.Get<ExportCommittee>().RunAsync("acme", second, Cancel);

        Assert.Equal((rows, blobs), again);
        Assert.True(rows > 30, $"{rows} rows");
        AssertSame(First, second);
        Assert.Equal(
            await _host.Get<MeetingStore>().AllAsync("acme", Cancel),
            await other.Get<MeetingStore>().AllAsync("acme", Cancel),
            (one, two) => one with { ETag = default } == two with { ETag = default });
        Assert.Null(await other.Get<AuditLog>().FindBreakAsync("acme", _ => { }, Cancel));
        var vote = await other.Get<BallotStore>().FindAsync(
            (await other.Get<MotionStore>().FindAsync("acme", "in-secret", Cancel))!, "ada", Cancel);
        Assert.Equal(LivedCommittees.Whisper, vote!.Comment);
    }

    [Fact]
    public async Task A_table_of_many_pages_is_written_while_it_is_read()
    {
        await using var host = await ProductHost.StartAsync(["acme"]);
        var ballots = host.Get<TableServiceClient>().GetTableClient(Keys.BallotsTable);
        for (var bucket = 0; bucket < 12; bucket++)
        {
            var partition = Keys.BallotBucket("acme", "big", bucket);
            await ballots.SubmitTransactionAsync(
                Enumerable.Range(0, 100).Select(row => new TableTransactionAction(
                    TableTransactionActionType.Add,
                    new TableEntity(partition, $"v:{row:D4}") { ["v"] = 1, ["Text"] = new string('x', 200) })),
                Cancel);
        }

        var file = Path.Combine(First, "tables", "Ballots.jsonl");
        List<long> written = [];
        var options = new TableClientOptions();
        options.AddPolicy(new BeforeEachNextPage(() => written.Add(new FileInfo(file).Length)), HttpPipelinePosition.PerCall);
        var export = new ExportCommittee(
            new TableServiceClient(host.Azurite.ConnectionString, options), host.Get<BlobServiceClient>(), host.Get<Seal>());

        var (rows, _) = await export.RunAsync("acme", First, Cancel);

        Assert.InRange(Assert.Single(written), 200_000, new FileInfo(file).Length - 40_000);
        var lines = File.ReadLines(file).ToList();
        Assert.Equal(1_200, lines.Count);
        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
        await using var other = await ProductHost.StartAsync([]);
        Assert.Equal(rows, (await other.Get<RestoreCommittee>().RunAsync(First, Cancel)).Rows);
    }

    [Fact]
    public async Task Nothing_of_another_committee_is_in_it()
    {
        await _host.Get<ExportCommittee>().RunAsync("acme", First, Cancel);

        Assert.All(Files(First), file => Assert.DoesNotContain("apex", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task How_somebody_voted_in_secret_cannot_be_read_in_it()
    {
        await _host.Get<ExportCommittee>().RunAsync("acme", First, Cancel);

        Assert.Contains(Files(First), file => File.ReadAllText(file).Contains(LivedCommittees.Said, StringComparison.Ordinal));
        Assert.All(
            Files(First),
            file => Assert.DoesNotContain(LivedCommittees.Whisper, File.ReadAllText(file), StringComparison.Ordinal));
        var secret = File.ReadLines(Path.Combine(First, "tables", "Ballots.jsonl"))
            .Where(line => line.Contains("acme|in-secret|", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(secret);
        Assert.All(secret, line => Assert.DoesNotContain("Vote", line, StringComparison.Ordinal));

        // Not even by its length: "Yes" is shorter than "Abstain".
        Assert.Single(secret.Where(line => line.Contains("\"v:", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("sealed", StringComparison.Ordinal)..].Length).Distinct());
    }

    [Fact]
    public async Task Without_the_desk_key_a_seal_stays_closed()
    {
        await _host.Get<ExportCommittee>().RunAsync("acme", First, Cancel);
        await using var other = await ProductHost.StartAsync([], deskKey: new string('x', 40));

        var refused = await Assert.ThrowsAsync<ExportException>(() => other.Get<RestoreCommittee>().RunAsync(First, Cancel));

        Assert.Contains("another desk key", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await Rows(other).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_committee_that_is_there_is_not_overwritten()
    {
        await _host.Get<ExportCommittee>().RunAsync("acme", First, Cancel);

        var refused = await Assert.ThrowsAsync<ExportException>(() => _host.Get<RestoreCommittee>().RunAsync(First, Cancel));

        Assert.Contains("already", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export.json", "\"acme\"", "\"other\"")]
    [InlineData("tables/Meetings.jsonl", "\"acme\"", "\"apex\"")]
    [InlineData("blobs.jsonl", "\"charter.json\"", "\"../../charter.json\"")]
    [InlineData("config/charter.json", "Committee acme", "Committee acme!")]
    [InlineData("tables/Audit.jsonl", "\"row\"", "\"rwo\"")]
    [InlineData("blobs.jsonl", "{", "")]
    [InlineData("tables/Ballots.jsonl", "\"sealed:base64\"", "\"sealed\"")]
    public async Task An_export_that_was_tampered_with_is_not_taken_and_nothing_is_written(string file, string found, string put)
    {
        await _host.Get<ExportCommittee>().RunAsync("acme", First, Cancel);
        var path = Path.Combine(First, file);
        var text = await File.ReadAllTextAsync(path, Cancel);
        Assert.Contains(found, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(found, put, StringComparison.Ordinal), Cancel);
        await using var other = await ProductHost.StartAsync([]);

        await Assert.ThrowsAsync<ExportException>(() => other.Get<RestoreCommittee>().RunAsync(First, Cancel));

        Assert.Empty(await Rows(other).ToListAsync(Cancel));
    }

    [Fact]
    public async Task An_export_without_its_list_of_files_is_not_taken()
    {
        await _host.Get<ExportCommittee>().RunAsync("acme", First, Cancel);
        File.Delete(Path.Combine(First, "blobs.jsonl"));

        var refused = await Assert.ThrowsAsync<ExportException>(() => _host.Get<RestoreCommittee>().RunAsync(First, Cancel));

        Assert.EndsWith("blobs.jsonl: is not there", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_export_is_not_laid_over_what_was_written_since_and_one_that_was_cut_short_is_gone_on_with()
    {
        await _host.Get<ExportCommittee>().RunAsync("acme", First, Cancel);
        await using var other = await ProductHost.StartAsync([]);
        await other.Get<RestoreCommittee>().RunAsync(First, Cancel);
        var charter = other
            .Get<BlobServiceClient>()
            .GetBlobContainerClient(Keys.ConfigContainer)
            .GetBlobClient(Keys.CharterBlob("acme"));
        await charter.DeleteAsync(cancellationToken: Cancel);

        var (_, rows, _) = await other.Get<RestoreCommittee>().RunAsync(First, Cancel);
        await other.Get<AuditLog>().AppendOnceAsync("acme", "agenda-sent", "0009", "clock", "", Cancel);
        await charter.DeleteAsync(cancellationToken: Cancel);
        var refused = await Assert.ThrowsAsync<ExportException>(() => other.Get<RestoreCommittee>().RunAsync(First, Cancel));

        Assert.True(rows > 30, $"{rows} rows");
        Assert.StartsWith(
            "storage holds rows of acme that the export does not have (Audit: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_desk_key_of_an_account_secret_ballots_are_not_exported()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("BSCFLOW_DESK_KEY") is { Length: > 0 }, "A desk key is given here.");

        var typed = await Typed.RunAsync(
            "export",
            First,
            "--committee",
            "acme",
            "--storage",
            _host.Azurite.ConnectionString,
            "--data",
            Path.Combine(_folder.Path, "data"));

        Assert.Equal(2, typed.ExitCode);
        Assert.StartsWith("bscflow: acme has voted in secret", typed.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(First));
    }

    [Fact]
    public async Task Every_row_has_its_version_and_an_owner_and_every_blob_its_version()
    {
        var rows = await Rows(_host).ToListAsync(Cancel);
        Assert.All(rows, row => Assert.True(row.Row.ContainsKey("v"), $"{row.Table} {row.Row.PartitionKey} {row.Row.RowKey}"));
        Assert.All(
            rows.Where(row => !ExportCommittee.MadeAgain.Contains(row.Table) && !row.Row.PartitionKey.StartsWith('@')),
            row => Assert.True(
                Keys.IsOfCommittee(row.Table, row.Row, "acme") || Keys.IsOfCommittee(row.Table, row.Row, "apex"),
                $"{row.Table} {row.Row.PartitionKey} {row.Row.RowKey}"));
        foreach (var container in Keys.Containers)
        {
            await foreach (var blob in _host.Get<BlobServiceClient>().GetBlobContainerClient(container)
                .GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, Cancel))
            {
                Assert.True(blob.Metadata.ContainsKey("v"), $"{container}/{blob.Name}");
            }
        }
    }

    [Fact]
    public async Task The_real_archive_goes_out_and_comes_back()
    {
        var archive = SharedData.Require("minutes");
        var minutes = Directory.CreateDirectory(Path.Combine(_folder.Path, "minutes")).FullName;
        foreach (var year in (string[])["2022.md", "2023.md", "2025.md"])
        {
            File.Copy(Path.Combine(archive, year), Path.Combine(minutes, year));
        }

        var charter = Repository.PathOf("src/BscFlow.Local/Samples/bsc/charter.json");
        var (one, two) = (Path.Combine(_folder.Path, "one"), Path.Combine(_folder.Path, "two"));
        var (out1, out2) = (Path.Combine(_folder.Path, "out1"), Path.Combine(_folder.Path, "out2"));

        Assert.Equal(0, (await Typed.RunAsync("import", minutes, "--charter", charter, "--data", one)).ExitCode);
        Assert.Equal(0, (await Typed.RunAsync("export", out1, "--data", one)).ExitCode);
        Assert.Equal(0, (await Typed.RunAsync("import", out1, "--data", two)).ExitCode);
        Assert.Equal(0, (await Typed.RunAsync("export", out2, "--data", two)).ExitCode);

        AssertSame(out1, out2);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(archive, "2025.md"), Cancel),
            await File.ReadAllBytesAsync(Path.Combine(out1, "minutes", "2025.md"), Cancel));
    }

    private static async IAsyncEnumerable<(string Table, TableEntity Row)> Rows(ProductHost host)
    {
        foreach (var table in Keys.Tables)
        {
            await foreach (var row in host
                .Get<TableServiceClient>()
                .GetTableClient(table)
                .QueryAsync<TableEntity>(cancellationToken: Cancel))
            {
                yield return (table, row);
            }
        }
    }

    /// <summary>Of a table that is read in pages.</summary>
    private sealed class BeforeEachNextPage(Action look) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Uri.Query.Contains("NextPartitionKey", StringComparison.Ordinal))
            {
                look();
            }
        }
    }

    private static void AssertSame(string one, string other)
    {
        Assert.Equal(
            Files(one).Select(file => Path.GetRelativePath(one, file)),
            Files(other).Select(file => Path.GetRelativePath(other, file)));
        Assert.All(Files(one), file => Assert.Equal(
            Encoding.Latin1.GetString(File.ReadAllBytes(file)),
            Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(other, Path.GetRelativePath(one, file))))));
    }

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
