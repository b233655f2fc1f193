using System.Text;
using Azure.Storage.Blobs;
using BscFlow.Publishing;
using BscFlow.Publishing.Targets;
using BscFlow.Storage;

namespace BscFlow.Tests.Publishing;

public sealed class BlobSiteTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _committee = AzuriteFixture.NewName();
    private readonly BlobServiceClient _blobs = new(azurite.ConnectionString);

    private BlobContainerClient Container => _blobs.GetBlobContainerClient(Keys.SiteContainer);

    private BlobSite Target => new(_blobs, new SiteCache(_blobs, TimeProvider.System));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Container.CreateIfNotExistsAsync(cancellationToken: Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_was_published_is_there_with_its_headers()
    {
        Assert.Equal(new Publication(2, 0, 0), await PublishAsync(Page("a.html", "one"), Page("meetings/b.html", "two")));

        var blob = await Container.GetBlobClient($"{_committee}/meetings/b.html").DownloadContentAsync(Cancel);
        Assert.Equal("two", blob.Value.Content.ToString());
        Assert.Equal(("text/html", "no-cache"), (blob.Value.Details.ContentType, blob.Value.Details.CacheControl));
    }

    [Fact]
    public async Task A_second_publication_of_the_same_writes_nothing()
    {
        await PublishAsync(Page("a.html", "one"), Page("b.html", "two"));
        var before = await ETagsAsync();

        Assert.Equal(new Publication(0, 2, 0), await PublishAsync(Page("a.html", "one"), Page("b.html", "two")));
        Assert.Equal(before, await ETagsAsync());
    }

    [Fact]
    public async Task Only_what_changed_is_written_and_what_is_gone_is_removed()
    {
        await PublishAsync(Page("a.html", "one"), Page("b.html", "two"), Page("c.html", "three"));

        Assert.Equal(new Publication(1, 1, 1), await PublishAsync(Page("a.html", "one"), Page("b.html", "changed")));
        Assert.Equal([$"{_committee}/a.html", $"{_committee}/b.html"], (await ETagsAsync()).Keys);
    }

    [Fact]
    public async Task A_file_whose_type_changed_is_written()
    {
        await PublishAsync(Page("a", "one"));

        Assert.Equal(1, (await PublishAsync(new SiteFile("a", "text/plain", SiteStage.Page, "one"u8.ToArray()))).Written);
    }

    [Fact]
    public async Task Another_committees_site_is_left_alone()
    {
        await PublishAsync(Page("a.html", "one"));

        await Target.PublishAsync($"{_committee}x", [Page("b.html", "two")], progress: null, Cancel);

        Assert.Equal([$"{_committee}/a.html"], (await ETagsAsync($"{_committee}/")).Keys);
    }

    [Fact]
    public async Task After_a_failure_the_old_indexes_stand_and_nothing_is_removed()
    {
        await PublishAsync(Page("old.html", "old"), new SiteFile("index.html", "text/html", SiteStage.Index, "old"u8.ToArray()));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Target.PublishAsync(_committee, Failing(), progress: null, Cancel));

        var index = await Container.GetBlobClient($"{_committee}/index.html").DownloadContentAsync(Cancel);
        Assert.Equal("old", index.Value.Content.ToString());
        Assert.Contains($"{_committee}/old.html", (await ETagsAsync()).Keys);
    }

    private static IEnumerable<SiteFile> Failing()
    {
        yield return Page("new.html", "new");
        throw new InvalidOperationException("The page cannot be rendered.");
    }

    private Task<Publication> PublishAsync(params SiteFile[] files) =>
        Target.PublishAsync(_committee, files, progress: null, Cancel);

    private Task<SortedDictionary<string, string>> ETagsAsync() => ETagsAsync($"{_committee}/");

    private async Task<SortedDictionary<string, string>> ETagsAsync(string prefix)
    {
        SortedDictionary<string, string> tags = new(StringComparer.Ordinal);
        await foreach (var blob in Container.GetBlobsAsync(new() { Prefix = prefix }, Cancel))
        {
            tags.Add(blob.Name, blob.Properties.ETag.ToString()!);
        }

        return tags;
    }

    internal static SiteFile Page(string path, string text) =>
        new(path, "text/html", SiteStage.Page, Encoding.UTF8.GetBytes(text));
}
