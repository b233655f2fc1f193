using System.Diagnostics;
using Azure.Storage.Blobs;
using BscFlow.Links;
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
    public async Task An_export_with_secrets_comes_into_a_new_folder_with_the_key_of_the_storage_that_it_came_from()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "new");

        var (without, told) = await ImportAsync(data, deskKey: "");
        Assert.Equal(2, without);
        Assert.Contains(
            "was sealed with another desk key; give that of the storage that it came from in BSCFLOW_DESK_KEY",
            told,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));

        var (with, error) = await ImportAsync(data, deskKey: new('k', 40));
        Assert.Equal((0, ""), (with, error));
    }

    /// <remarks>A process of its own, which has an environment of its own.</remarks>
    private static async Task<(int ExitCode, string Error)> ImportAsync(string data, string deskKey)
    {
        var export = Repository.PathOf("tests/BscFlow.Tests/Exports/Samples/version-1");
        using var program = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "BscFlow.Local.dll"), "import", export, "--data", data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["BSCFLOW_DESK_KEY"] = deskKey },
        })!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(Cancel), program.StandardError.ReadToEndAsync(Cancel));
        await program.WaitForExitAsync(Cancel);
        await output;
        return (program.ExitCode, await error);
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
            $"{host.Client.BaseAddress}tidewater/",
            (await feed.DownloadContentAsync(Cancel)).Value.Content.ToString(),
            StringComparison.Ordinal);
    }
}
