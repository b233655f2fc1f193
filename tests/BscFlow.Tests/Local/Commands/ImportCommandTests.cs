using Azure.Storage.Blobs;
using BscFlow.Publishing;
using BscFlow.Storage;

namespace BscFlow.Tests.Local.Commands;

public sealed class ImportCommandTests
{
    private static string Sample => Path.Combine(AppContext.BaseDirectory, "Samples", "default");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_archive_is_imported_once()
    {
        using var folder = new TemporaryFolder();
        var first = await Typed.RunAsync("import", Sample, "--data", folder.Path);
        var second = await Typed.RunAsync("import", Sample, "--data", folder.Path);

        Assert.Equal(new Typed(0, $"Tidewater Steering Committee: 22 meetings imported{Environment.NewLine}", ""), first);
        Assert.Equal(new Typed(0, $"Tidewater Steering Committee: 0 meetings imported{Environment.NewLine}", ""), second);
    }

    [Fact]
    public async Task An_import_into_an_account_leaves_it_to_the_site_to_publish_under_its_address()
    {
        using var folder = new TemporaryFolder();
        await using var host = await ProductHost.StartAsync([]);
        var site = host.Get<BlobServiceClient>().GetBlobContainerClient(Keys.SiteContainer);
        await site.UploadBlobAsync(Keys.SiteBlob("tidewater", SitePath.Front), BinaryData.FromString("as it was"), Cancel);

        var typed = await Typed.RunAsync(
            "import", Sample, "--data", folder.Path, "--storage", host.Azurite.ConnectionString);

        Assert.Equal(0, typed.ExitCode);
        var feed = site.GetBlobClient(Keys.SiteBlob("tidewater", SitePath.Feed));
        Assert.False(await feed.ExistsAsync(Cancel));
        await host.Client.GetStringAsync("/tidewater/", Cancel);
        Assert.Contains(
            $"{host.Client.BaseAddress}tidewater/", (await feed.DownloadContentAsync(Cancel)).Value.Content.ToString(), StringComparison.Ordinal);
    }
}
