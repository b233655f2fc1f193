using BscFlow.Local.Commands;
using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>
/// The real years of the eBPF Steering Committee as <c>bscflow publish</c> writes them, where their minutes are at hand.
/// </summary>
public sealed class RealYearsInTheBrowserTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private readonly TemporaryFolder _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var charter = Path.Combine(AppContext.BaseDirectory, "Samples", "bsc", "charter.json");
        using var minutes = new TemporaryFolder();
        foreach (var year in (string[])["2022.md", "2023.md", "2025.md"])
        {
            File.Copy(SharedData.Require($"minutes/{year}"), Path.Combine(minutes.Path, year));
        }

        var exit = await CommandLine.InvokeAsync(
            ["publish", minutes.Path, "--charter", charter, "--out", _site.Path, "--now", "2025-12-20T09:00"],
            TextWriter.Null,
            Console.Error,
            Cancel);
        Assert.Equal(0, exit);
    }

    public ValueTask DisposeAsync()
    {
        _site.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_stranger_finds_a_decision_of_2023_by_search()
    {
        var page = await browser.OpenAsync(1100, 900);
        await page.GotoAsync(At("index.html"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Search", Exact = true }).ClickThroughAsync();

        await page.GetByLabel("In minutes, decisions, action items and motions").FillAsync("step down nominat lpc");
        var hit = page.Locator("#hits li", new() { HasText = "Decision" }).First;
        await hit.GetByRole(AriaRole.Link).ClickThroughAsync();

        Assert.Contains("#decision-", page.Url, StringComparison.Ordinal);
        Assert.Contains("2023", await page.InnerTextAsync(".when"), StringComparison.Ordinal);
        Assert.Contains("Dave plans to step down", await page.Locator(":target").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1400)]
    public async Task Real_minutes_fit_the_window_and_can_be_read_by_everyone(int width)
    {
        var page = await browser.OpenAsync(width, 900);
        var pages = Directory.EnumerateFiles(_site.Path, "*.html", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_site.Path, file)).Order(StringComparer.Ordinal).ToList();
        List<string> faults = [];
        foreach (var path in pages)
        {
            await page.GotoAsync(At(path));
            faults.AddRange(
                (await Look.OverflowAsync(page)).Concat(await Look.CutDrawingsAsync(page)).Select(fault => $"{path}: {fault}"));

            // Pages of one kind have the same rules; what is written on them, and how wide it is, differs.
            if (!path.StartsWith("meetings", StringComparison.Ordinal) || path.EndsWith("0042.html", StringComparison.Ordinal))
            {
                faults.AddRange((await Axe.FindViolationsAsync(page)).Select(fault => $"{path}: {fault}"));
                await Pictures.TakeAsync(page, $"bsc-{path.Replace('/', '-')}-{width}");
            }
        }

        Assert.True(pages.Count > 50);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private string At(string path) => $"file://{_site.Path}/{path}";
}
