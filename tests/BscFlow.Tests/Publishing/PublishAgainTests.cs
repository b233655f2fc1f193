using System.Security.Cryptography;
using Azure.Storage.Blobs;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Publishing;
using BscFlow.Storage;
using BscFlow.Tests.Votes;
using BscFlow.Tests.Votes.Tallies;
using BscFlow.Tests.Web;
using BscFlow.Votes;

namespace BscFlow.Tests.Publishing;

/// <summary>
/// A site of eight years is published again after a change. Whatever changed, it is what a publication makes of it that remembers
/// nothing: that one finds every file in place.
/// </summary>
public sealed class PublishAgainTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int FirstYear = 2019;
    private const int LastYear = 2026;

    private DeskHost _host = null!;
    private Charter _charter = null!;

    private static readonly ManyYears Archive = new(FirstYear);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private BlobContainerClient Sites =>
        new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient(Keys.SiteContainer);

    private BlobClient Digest => Sites.GetBlobClient(Keys.SiteDigestBlob(_charter.Id));

    public async ValueTask InitializeAsync()
    {
        _host = await DeskHost.StartAsync(azurite);
        _host.Clock.SetUtcNow(SampleSite.Now);
        _charter = await _host.AddCommitteeAsync();
        ArchiveFile[] files = [.. Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Select(File)];
        await _host.Get<ImportArchive>().RunAsync(_charter, files, Cancel);
        await AddMotionAsync("2019-05-lamps", 2019);
        await AddMotionAsync("2026-05-ropes", 2026);

        // The first of the two makes the digest of the rows that the import wrote last.
        await PublishAsync();
        await PublishAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_did_not_change_for_years_is_not_read_again()
    {
        Assert.Equal([2019, 2020, 2021, 2022, 2023], await SettledAsync());

        await _host.Get<MinutesStore>().ChangeYearAsync(_charter.Id, 2021, Corrected, Cancel);

        Assert.Equal([2019, 2023], await SettledAsync());
    }

    [Fact]
    public async Task A_publication_without_a_change_writes_nothing()
    {
        var before = await BlobsAsync();

        await PublishAsync();

        Assert.Equal(before, await BlobsAsync());
    }

    [Theory]
    [InlineData("a day later")]
    [InlineData("minutes of the latest meeting")]
    [InlineData("minutes of an old meeting")]
    [InlineData("an old meeting with another number")]
    [InlineData("the number of a later year's meeting")]
    [InlineData("a meeting in a file of another year")]
    [InlineData("a file for another year")]
    [InlineData("an old action item is done")]
    [InlineData("an action item of this year is done")]
    [InlineData("the latest minutes carry an action item of years ago")]
    [InlineData("an old motion is ratified")]
    [InlineData("a motion of this year is ratified")]
    [InlineData("a new motion")]
    [InlineData("a motion for which minutes of years ago ask")]
    [InlineData("the charter")]
    [InlineData("a page was removed by somebody")]
    [InlineData("a data file of this year was removed by somebody")]
    [InlineData("the digest is not one")]
    [InlineData("the digest is of an earlier publication")]
    public async Task After_a_change_the_site_is_what_a_first_publication_makes(string change)
    {
        var digest = (await Digest.DownloadContentAsync(Cancel)).Value.Content;
        await ChangeAsync(change);

        await PublishAsync();
        if (change == "the digest is of an earlier publication")
        {
            await Digest.UploadAsync(digest, overwrite: true, Cancel);
        }

        // What the first of two publications remembers is what the second one works with.
        await ChangeYearAsync(2024, text => text!.Replace($"#{Archive.Number(2024, 12)} ", "#901 ", StringComparison.Ordinal));
        await PublishAsync();

        var again = await BlobsAsync();
        await Digest.DeleteAsync(cancellationToken: Cancel);
        await PublishAsync();
        Assert.Equal(again, await BlobsAsync());
    }

    [Fact]
    public async Task The_result_of_a_motion_that_is_published_is_not_read_again()
    {
        var motion = (await _host.Get<MotionStore>().FindAsync(_charter.Id, "2026-05-ropes", Cancel))!;
        await new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient(Keys.VotesContainer)
            .GetBlobClient(Keys.TallyBlob(_charter.Id, motion.Id)).DeleteAsync(cancellationToken: Cancel);
        await _host.Get<MinutesStore>().ChangeYearAsync(_charter.Id, LastYear, Corrected, Cancel);
        var before = await BlobsAsync();

        // Another process, which has kept no tally in memory.
        await using var other = await DeskHost.StartAsync(azurite);
        other.Clock.SetUtcNow(SampleSite.Now);
        await other.Get<PublishSite>().RunAsync(_charter, Cancel);

        var after = await BlobsAsync();
        Assert.NotEqual(before[$"{_charter.Id}/{LastYear}.md"], after[$"{_charter.Id}/{LastYear}.md"]);
        Assert.Equal(before[$"{_charter.Id}/motions/{motion.Id}/tally.json"], after[$"{_charter.Id}/motions/{motion.Id}/tally.json"]);
    }

    private Task PublishAsync() => _host.Get<PublishSite>().RunAsync(_charter, Cancel);

    private async Task<IEnumerable<int>> SettledAsync()
    {
        var digest = SiteDigest.Read(await _host.Get<SiteDigests>().FindAsync(_charter.Id, Cancel));
        var archive = await _host.Get<ReadArchive>().RunAsync(_charter, digest, Cancel);
        return archive.Settled.Years.Select(year => year.Year);
    }

    /// <summary>Every file of the site, with its version.</summary>
    private async Task<SortedDictionary<string, string>> BlobsAsync()
    {
        SortedDictionary<string, string> blobs = new(StringComparer.Ordinal);
        await foreach (var blob in Sites.GetBlobsAsync(new() { Prefix = $"{_charter.Id}/" }, Cancel))
        {
            blobs.Add(blob.Name, blob.Properties.ETag!.Value.ToString());
        }

        return blobs;
    }

    private async Task ChangeAsync(string change)
    {
        switch (change)
        {
            case "a day later":
                _host.Clock.Advance(TimeSpan.FromDays(1));
                break;
            case "minutes of the latest meeting" or "the digest is of an earlier publication":
                await ChangeYearAsync(LastYear, Corrected);
                break;
            case "minutes of an old meeting":
                await ChangeYearAsync(2020, Corrected);
                break;
            case "an old meeting with another number":
                await ChangeYearAsync(2020, text => text!.Replace($"Meeting #{Archive.Number(2020, 12)} ", "Meeting #900 ", StringComparison.Ordinal));
                break;
            case "the number of a later year's meeting":
                await ChangeYearAsync(
                    2019, text => text!.Replace($"#{Archive.Number(2019, 3)} ", $"#{Archive.Number(2022, 3)} ", StringComparison.Ordinal));
                break;
            case "a meeting in a file of another year":
                await ChangeYearAsync(2020, text => text!.Replace("2020-12-09", "2024-12-31", StringComparison.Ordinal));
                break;
            case "a file for another year":
                await ChangeYearAsync(2015, _ => Archive.Year(2015).Replace('#', '＃'));
                break;
            case "an old action item is done":
                await CloseAsync($"{Archive.Number(2019, 2):D4}-1");
                break;
            case "an action item of this year is done":
                await CloseAsync($"{Archive.Number(2026, 3):D4}-1");
                break;
            case "the latest minutes carry an action item of years ago":
                var carried = (await _host.Get<ActionStore>().FindAsync(_charter.Id, $"{Archive.Number(2025, 11):D4}-1", Cancel))!;
                await _host.Get<RegisterActions>().RunAsync(
                    _charter,
                    $"## Meeting #{Archive.Number(2026, 10)} - 2026-10-09\n\n- Notes:\n  - AI(Amara Okafor): ✅ {carried.Text} (carried)\n",
                    Cancel);
                break;
            case "an old motion is ratified":
                await RatifyAsync("2019-05-lamps");
                break;
            case "a motion of this year is ratified":
                await RatifyAsync("2026-05-ropes");
                break;
            case "a new motion":
                await AddMotionAsync("2026-06-nets", 2026);
                break;
            case "a motion for which minutes of years ago ask":
                await AddMotionAsync("2026-06-nets", 2026, $"{Archive.Number(2020, 5):D4}");
                break;
            case "the charter":
                _charter = _charter with { Name = "Another name" };
                break;
            case "a page was removed by somebody":
                await Sites.DeleteBlobAsync($"{_charter.Id}/meetings/{Archive.Number(2019, 5):D4}.html", cancellationToken: Cancel);
                break;
            case "a data file of this year was removed by somebody":
                await Sites.DeleteBlobAsync($"{_charter.Id}/meetings/{Archive.Number(2026, 5):D4}.json", cancellationToken: Cancel);
                break;
            case "the digest is not one":
                await Digest.UploadAsync(new BinaryData("no digest"), overwrite: true, Cancel);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, null);
        }
    }

    private Task ChangeYearAsync(int year, Func<string?, string> change) =>
        _host.Get<MinutesStore>().ChangeYearAsync(_charter.Id, year, text => change(text), Cancel);

    private static string Corrected(string? text) => text!.Replace("Opened by", "Begun by", StringComparison.Ordinal);

    private async Task CloseAsync(string id) => Assert.IsType<ActionOutcome.Changed>(
        await _host.Get<ChangeAction>().RunAsync(_charter, id, new ActionWish(ActionState.Done), "test", Cancel));

    private async Task AddMotionAsync(string id, int year, string? meeting = null)
    {
        var opened = new DateTimeOffset(year, 5, 4, 9, 0, 0, TimeSpan.Zero);
        var motion = SmallCommittee.Opens(SmallCommittee.Draft with { Id = id }) with
        {
            Opened = opened,
            Deadline = opened.AddDays(14),
            Meeting = meeting,
        };
        List<Ballot> ballots =
        [
            .. motion.Electorate.Members.Select(member => new Ballot
            {
                Voter = member.Id,
                Vote = Vote.For,
                Source = BallotSource.Mail,
                Received = opened,
                Evidence = "",
            }),
        ];
        var closed = motion with { Committee = _charter.Id, State = MotionState.AwaitingRatification, Closed = opened.AddDays(60) };
        var tally = await WholeTally.FileAsync(closed, ballots, closed.Closed!.Value);
        await new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient(Keys.VotesContainer)
            .GetBlobClient(Keys.TallyBlob(_charter.Id, id)).UploadAsync(new BinaryData(tally), overwrite: true, Cancel);
        closed = closed with { TallyHash = Convert.ToHexStringLower(SHA256.HashData(tally)) };
        Assert.NotNull(await _host.Get<MotionStore>().TryAddAsync(closed, Cancel));
    }

    private async Task RatifyAsync(string id) => Assert.IsType<MotionChange.Made>(await _host.Get<MotionStore>().ChangeAsync(
        _charter.Id, id, "test", motion => motion.Ratify(new DateOnly(2026, 10, 1), new(2026, 10, 2, 12, 0, 0, TimeSpan.Zero)), Cancel));

    private static ArchiveFile File(int year) => new($"{year}.md", MinutesReader.Read(Archive.Year(year)));
}
