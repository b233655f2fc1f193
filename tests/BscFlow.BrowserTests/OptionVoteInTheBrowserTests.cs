using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>A vote over options, from the desk's form to its result, used by people.</summary>
public sealed class OptionVoteInTheBrowserTests(Browser browser, DeskRun run) : IClassFixture<Browser>, IClassFixture<DeskRun>
{
    [Fact]
    public async Task Members_rank_proposals_by_buttons_and_by_numbers_and_see_the_rounds_and_pairs()
    {
        await run.AdvanceAsync("P1D");
        var page = await browser.OpenAsync(1200, 900);
        await run.EnterAsync(page);
        await page.GotoAsync(run.At("/desk/tidewater/motions"));
        await page.GetByLabel("Title").FillAsync("Which survey first");
        await page.GetByLabel("Text: what is voted on, word for word").FillAsync("Rank the surveys.");
        await page.GetByText("Options in place of yes or no").ClickAsync();
        await page.GetByLabel("Options: a name a line").FillAsync("Harbour floor\nOuter bank\nRiver mouth");
        await page.GetByLabel("How many can win").FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the motion" }).ClickThroughAsync();
        await run.AdvanceAsync("PT1H");
        await page.ReloadAsync();
        await ExpectReadableAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "How the calls went" }).ClickAsync();
        await page.GetByText("No mail has come back.").WaitForAsync();
        await ExpectReadableAsync(page);

        // By keyboard, and the focus stays on the button: the third option gets a number, another one comes behind it and then before
        // it, and the one that is left alone has none.
        var link = await run.FindLinkAsync("priya@saltmarsh.example", "/vote/");
        await page.GotoAsync(link);
        await ExpectReadableAsync(page);
        var up = page.GetByRole(AriaRole.Button, new() { Name = "Up: River mouth" });
        await up.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("River mouth is number 1.").WaitForAsync();
        await page.SetViewportSizeAsync(360, 740);
        Assert.Equal((await up.BoundingBoxAsync())!.Y, (await page.GetByRole(AriaRole.Button, new() { Name = "Down: River mouth" }).BoundingBoxAsync())!.Y);
        await page.SetViewportSizeAsync(1200, 900);
        await page.GetByRole(AriaRole.Button, new() { Name = "Up: Outer bank" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Outer bank is number 2.").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Outer bank is number 1.").WaitForAsync();
        Assert.Equal(
            ["1", "2", ""], await page.Locator("ol.ranks input[name=mark]").EvaluateAllAsync<string[]>("marks => marks.map(mark => mark.value)"));
        await up.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("River mouth is number 1.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Vote", Exact = true }).ClickThroughAsync();
        await page.GetByText("1. River mouth, 2. Outer bank").WaitForAsync();

        // Without a script the numbers are written by hand, and what cannot be counted comes back as it was sent.
        var plain = await browser.OpenPlainAsync(360, 740);
        foreach (var (member, numbers) in new (string, string[])[]
        {
            ("ines.carvalho@tidewater.example", ["2", "", "1"]), ("tomas.herrera@tidewater.example", ["1", "2", "2"]),
        })
        {
            await plain.GotoAsync(await run.FindLinkAsync(member, "/vote/"));
            for (var option = 0; option < numbers.Length; option++)
            {
                await plain.Locator("input[name=mark]").Nth(option).FillAsync(numbers[option]);
            }

            await plain.GetByRole(AriaRole.Button, new() { Name = "Vote", Exact = true }).ClickThroughAsync();
            await plain.GetByText("your ballot:").WaitForAsync();
        }

        var result = await FindResultAsync(page);
        Assert.Contains("River mouth and Harbour floor win, in this order, of 3 ballots.", result, StringComparison.Ordinal);
        Assert.Equal(2, await page.Locator("table").CountAsync());
        Assert.Equal(1, await page.GetByRole(AriaRole.Img, new() { Name = "Who is preferred" }).CountAsync());
        await ExpectReadableAsync(page);
        await Pictures.TakeAsync(page, "options");
    }

    private static async Task ExpectReadableAsync(IPage page)
    {
        var violations = await Axe.FindViolationsAsync(page);
        Assert.True(violations.Count == 0, $"{page.Url}: {string.Join('\n', violations)}");
    }

    private async Task<string> FindResultAsync(IPage page)
    {
        for (var days = 0; days < 20; days++)
        {
            await run.AdvanceAsync("P1D");
            await page.GotoAsync(run.At("/tidewater/motions.html"));
            await page.GetByRole(AriaRole.Link, new() { Name = "Which survey first" }).First.ClickThroughAsync();
            var text = await page.InnerTextAsync("main");
            if (text.Contains("Count it again", StringComparison.Ordinal))
            {
                return text;
            }
        }

        throw new InvalidOperationException("The vote does not close.");
    }
}
