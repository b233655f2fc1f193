using BscFlow.Tests.Scenarios;
using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>What README promises of the first start, clicked through by someone who sees nothing but the pages.</summary>
public sealed class MonthInTheBrowserTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunProcess? _run;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_run is not null)
        {
            await _run.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_month_goes_by_from_the_draft_to_the_published_minutes()
    {
        var page = await browser.OpenAsync(1100, 900);
        _run = new RunProcess([], _folder.Path);
        await _run.StartAsync(Cancel);

        // The next meeting drafts itself.
        await page.GotoAsync(_run.Addresses.Site.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "one day" }).ClickThroughAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Meeting #34" }).ClickThroughAsync();
        await ExpectHeadingAsync(page, "Meeting #34");

        // A member has the agenda, and comes.
        await page.GetByRole(AriaRole.Link, new() { Name = "Mailboxes" }).First.ClickThroughAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Mateusz Kowalczyk" }).ClickThroughAsync();
        Assert.Equal(2, await page.GetByRole(AriaRole.Link, new() { Name = "meeting #34" }).CountAsync());

        // The meeting goes by; its chair is asked for the minutes and writes them in the form behind the link.
        for (var days = 0; days < 10; days++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "one day" }).ClickThroughAsync();
        }

        await page.GotoAsync(new Uri(_run.Addresses.Desk, "/mailboxes/amara%40okafor.example").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "meeting #34" }).First.ClickThroughAsync();
        var form = (await page.ContentAsync()).Split('"', '\'', '&', ' ', '\n', '<')
            .First(word => word.Contains("/write/tidewater/0034/", StringComparison.Ordinal));
        await page.GotoAsync(form[form.IndexOf("http", StringComparison.Ordinal)..]);
        var minutes = page.GetByLabel("Minutes, in Markdown");
        await minutes.FillAsync((await minutes.InputValueAsync()).TrimEnd() + "\n  - Decision: the buoys are painted yellow\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish the minutes" }).ClickThroughAsync();

        // A week for objections, then it is public.
        for (var days = 0; days < 8; days++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "one day" }).ClickThroughAsync();
        }

        await page.GotoAsync(new Uri(_run.Addresses.Site, "/tidewater/meetings/0034.html").ToString());
        Assert.Contains("the buoys are painted yellow", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    private static async Task ExpectHeadingAsync(IPage page, string text) =>
        Assert.Equal(text, await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());
}
