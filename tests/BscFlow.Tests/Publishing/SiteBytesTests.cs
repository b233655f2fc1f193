using System.Globalization;
using BscFlow.Committee;
using BscFlow.Local.Commands;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Publishing;
using BscFlow.Tests.Web;

namespace BscFlow.Tests.Publishing;

/// <summary>The same pages come from the command line and from the server.</summary>
public sealed class SiteBytesTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_bscflow_publish_writes_is_what_the_server_sends_byte_for_byte()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        host.Clock.SetUtcNow(SampleSite.Now);
        var charter = await host.AddCommitteeAsync();
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "charter.json"), CharterWriter.Write(charter), Cancel);
        string[] years = [Tidewater.PathOf("2025.md"), Tidewater.PathOf("2026.md")];
        foreach (var year in years)
        {
            File.Copy(year, Path.Combine(_folder.Path, Path.GetFileName(year)));
        }

        await host.Get<ImportArchive>().RunAsync(
            charter, [.. years.Select(year => new ArchiveFile(year, MinutesReader.Read(File.ReadAllBytes(year))))], Cancel);

        // As the next step does; the import published before its meetings had their rows.
        await host.Get<PublishSite>().RunAsync(charter, Cancel);
        var site = Path.Combine(_folder.Path, "site");
        var exit = await CommandLine.InvokeAsync(
            [
                "publish", _folder.Path, "--out", site, "--now", host.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture),
                "--address", $"http://127.0.0.1/{charter.Id}/",
            ],
            TextWriter.Null,
            TextWriter.Null,
            Cancel);

        Assert.Equal(0, exit);
        using var client = new HttpClient();
        var files = Directory.GetFiles(site, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is not (".br" or ".gz" or ".bscflow-site"))
            .ToList();
        Assert.InRange(files.Count, 80, 1000);
        foreach (var file in files)
        {
            var sent = await client.GetByteArrayAsync(
                new Uri(host.Address, $"/{charter.Id}/{Path.GetRelativePath(site, file)}"), Cancel);
            var written = await File.ReadAllBytesAsync(file, Cancel);
            Assert.True(sent.AsSpan().SequenceEqual(written), file);
        }
    }
}
