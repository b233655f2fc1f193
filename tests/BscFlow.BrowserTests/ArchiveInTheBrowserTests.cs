using BscFlow.Local.Commands;
using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>The public archive, read by people: from a folder on a disk, as <c>bscflow publish</c> writes it.</summary>
public sealed class ArchiveInTheBrowserTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "Samples", "default");
        var exit = await CommandLine.InvokeAsync(
            ["publish", samples, "--out", _folder.Path, "--now", "2026-11-03T09:00"],
            TextWriter.Null,
            Console.Error,
            TestContext.Current.CancellationToken);
        Assert.Equal(0, exit);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_stranger_finds_a_decision_of_last_year_by_how_its_words_begin()
    {
        var page = await browser.OpenAsync(1100, 900);
        await page.GotoAsync(At("index.html"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Search", Exact = true }).ClickThroughAsync();

        await page.GetByLabel("In minutes, decisions, action items and motions").FillAsync("nothing yet");
        await page.GetByLabel("In minutes, decisions, action items and motions").FillAsync("ceremon rotat");
        var hit = page.Locator("#hits li").First;
        await hit.WaitForAsync();

        Assert.Contains("Decision", await hit.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(["Rotat", "ceremon"], await hit.Locator("mark").AllInnerTextsAsync());
        await hit.GetByRole(AriaRole.Link).ClickThroughAsync();
        Assert.Contains("#decision-", page.Url, StringComparison.Ordinal);
        Assert.Contains(
            "two holders in different countries", await page.Locator(":target").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_nobody_said_are_not_found()
    {
        var page = await browser.OpenAsync(1100, 900);
        await page.GotoAsync(At("search.html?q=xylophone"));

        await Assertions.Expect(page.Locator("#found")).ToHaveTextAsync("Nothing was found.");
    }

    [Fact]
    public async Task The_next_meeting_is_told_in_the_readers_zone_and_nothing_moves_for_it()
    {
        var page = await browser.OpenAsync(1100, 900);
        await page.GotoAsync(At("index.html"));
        var before = await page.Locator("#latest").BoundingBoxAsync();

        await Assertions.Expect(page.Locator("[data-zone]")).ToHaveTextAsync("Where you are");
        Assert.Equal(before!.Y, (await page.Locator("#latest").BoundingBoxAsync())!.Y);
    }

    [Theory]
    [InlineData("Europe/Lisbon", false)]
    [InlineData("Africa/Abidjan", false)]
    [InlineData("Europe/Berlin", true)]
    public async Task The_readers_own_time_is_told_where_it_is_not_the_committees(string zone, bool told)
    {
        var page = await browser.OpenAsync(1100, 900, zone);
        await page.GotoAsync(At("index.html"));

        await Assertions.Expect(page.Locator("[data-zone]")).ToHaveTextAsync("Where you are");
        await Assertions.Expect(page.Locator(".next .yours")).ToBeVisibleAsync(new() { Visible = told });
    }

    private string At(string path) => $"file://{_folder.Path}/{path}";
}
