using Azure.Storage.Blobs;
using BscFlow.Storage;
using BscFlow.Tests.Exports;
using BscFlow.Tests.Scenarios;
using BscFlow.Tests.Votes.Tallies;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Tallies;

namespace BscFlow.Tests.Local.Commands;

public sealed class VerifyCommandTests(LivedCommittees lived) : IClassFixture<LivedCommittees>
{
    private readonly ProductHost _host = lived.Host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_account_stores_is_verified_and_one_changed_byte_is_found()
    {
        using var folder = new TemporaryFolder();
        string[] command = ["verify", "--storage", _host.Azurite.ConnectionString, "--data", folder.Path];
        var tally = _host.Get<BlobServiceClient>().GetBlobContainerClient(Keys.VotesContainer)
            .GetBlobClient(Keys.TallyBlob("acme", "in-public"));

        var whole = await Typed.RunAsync(command);
        var file = (await tally.DownloadContentAsync(Cancel)).Value.Content.ToArray();
        file[^40] ^= 1;
        await tally.UploadAsync(new BinaryData(file), overwrite: true, Cancel);
        var changed = await Typed.RunAsync(command);
        file[^40] ^= 1;
        await tally.UploadAsync(new BinaryData(file), overwrite: true, Cancel);

        Assert.Equal(0, whole.ExitCode);
        Assert.Matches(
            "^acme: [0-9]+ events and 2 tallies are as they were written\napex: ", whole.Output.ReplaceLineEndings("\n"));
        Assert.Equal(1, changed.ExitCode);
        Assert.StartsWith(
            "acme: in-public: its tally is not the one that the audit log holds the hash of",
            changed.Output,
            StringComparison.Ordinal);
        Assert.Contains("apex: ", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_finds_its_line_in_an_account_and_in_a_folder()
    {
        using var folder = new TemporaryFolder();
        var motion = await _host.Get<MotionStore>().FindAsync("apex", "in-secret", Cancel);
        var file = await _host.Get<TallyStore>().ReadFileAsync(motion!, Cancel);
        var site = Directory.CreateDirectory(Path.Combine(folder.Path, "site", "motions", "in-secret")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(site, "tally.json"), file, Cancel);
        string[] inAccount = ["verify", "--storage", _host.Azurite.ConnectionString, "--data", Path.Combine(folder.Path, "data")];
        string[] inFolder = ["verify", site];
        var secret = await _host.Get<MotionSecrets>().GetAsync(motion!, Cancel);
        var word = secret.WordOf(secret.NameOf("ben"));

        var (stored, published) = (await Typed.RunAsync([.. inAccount, "--receipt", word]), await Typed.RunAsync([.. inFolder, "--receipt", word.ToUpperInvariant()]));
        var strange = await Typed.RunAsync([.. inFolder, "--receipt", "abcd-efgh-ijkl-mnop"]);

        Assert.Equal((0, 0, 1), (stored.ExitCode, published.ExitCode, strange.ExitCode));
        Assert.Contains("apex: in-secret: your ballot is on it: abstained", stored.Output, StringComparison.Ordinal);
        Assert.Contains("tally.json: your ballot is on it: abstained", published.Output, StringComparison.Ordinal);
        Assert.Contains("no line of a tally is made by this word", strange.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_run_has_kept_is_verified_when_it_has_ended_and_not_before()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        await using var run = new RunProcess([], folder.Path);
        await run.StartAsync(Cancel);
        await run.AdvanceAsync("P1D", Cancel);

        var during = await Typed.RunAsync("verify", "--data", data);
        await run.KillAsync();
        var after = await Typed.RunAsync("verify", "--data", data);

        Assert.Equal(2, during.ExitCode);
        Assert.Contains("another run uses this folder", during.Error, StringComparison.Ordinal);
        Assert.Equal(0, after.ExitCode);
        Assert.Matches("^tidewater: [1-9][0-9]* events and 0 tallies are as they were written", after.Output);
    }
}
