using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>How somebody who voted in secret finds their line on the published sheet, with nothing but their mail.</summary>
public sealed partial class SecretSheetInTheBrowserTests(Browser browser, DeskRun run) : IClassFixture<Browser>, IClassFixture<DeskRun>
{
    private const string Priya = "priya@saltmarsh.example";

    [Fact]
    public async Task A_voter_finds_their_line_by_the_secret_word_of_their_receipt_however_they_type_it()
    {
        await run.AdvanceAsync("P1D");
        await run.PostAsync(
            "motions",
            new { id = "in-secret", title = "Which survey", text = "Rank them.", secret = true, options = new { table = "Harbour\nBank" } });
        await run.PostAsync("motions", new { id = "yes-or-no", title = "The lamps", text = "Shall we?", secret = true });
        await run.AdvanceAsync("PT1H");
        await run.ReplyAsync(Priya, "/vote/", "Which survey", "Bank > Harbour");
        await run.ReplyAsync("ines.carvalho@tidewater.example", "/vote/", "Which survey", "Harbour > Bank");
        await run.ReplyAsync(Priya, "/vote/", "The lamps", "no");
        await run.AdvanceAsync("PT1H");
        var (ranked, plain) = (await run.FindTextAsync(Priya, SecretWord, "2. Harbour"), await run.FindTextAsync(Priya, SecretWord, "The lamps"));
        await run.AdvanceAsync("P30D");

        var page = await browser.OpenAsync(360, 740);
        await page.GotoAsync(run.At("/tidewater/motions/in-secret.html"));
        Assert.Empty(await Axe.FindViolationsAsync(page));
        await FindAsync(page, ranked.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal));
        await page.GetByText("Your ballot is on the sheet: 1. Bank, 2. Harbour").WaitForAsync();
        Assert.Contains("1. Bank, 2. Harbour", await page.Locator("tr.mine").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

        // Lines that are too many for a page are read from the file, and say the same.
        await page.EvaluateAsync("document.querySelector('table.sheet').remove()");
        await FindAsync(page, ranked);
        await page.GetByText("Your ballot is on the sheet: 1. Bank, 2. Harbour").WaitForAsync();
        await page.ReloadAsync();
        await FindAsync(page, "abcd-efgh-ijkl-mnop");
        await page.GetByText("No line of this sheet is made by this word.").WaitForAsync();
        Assert.Equal(0, await page.Locator("tr.mine").CountAsync());
        await FindAsync(page, "abcd");
        await page.GetByText("A secret word has 16 letters and digits").WaitForAsync();

        await page.GotoAsync(run.At("/tidewater/motions/yes-or-no.html"));
        await FindAsync(page, plain);
        await page.GetByText("Your ballot is on the sheet: against").WaitForAsync();

        // Without scripts one looks for how the line begins, and no field is there that would do nothing.
        var still = await browser.OpenPlainAsync(360, 740);
        await still.GotoAsync(run.At("/tidewater/motions/yes-or-no.html"));
        Assert.False(await still.GetByLabel("Your secret word").IsVisibleAsync());
        await still.GetByText("Your receipt says how the code of your line begins.").WaitForAsync();
        Assert.StartsWith(
            await run.FindTextAsync(Priya, Beginning, "The lamps"),
            await still.Locator("table.sheet code").InnerTextAsync(),
            StringComparison.Ordinal);
    }

    private static async Task FindAsync(IPage page, string word)
    {
        await page.GetByLabel("Your secret word").FillAsync(word);
        await page.GetByRole(AriaRole.Button, new() { Name = "Find my line" }).ClickAsync();
    }

    [GeneratedRegex("(?<=Your secret word is )[a-z2-7-]{19}")]
    private static partial Regex SecretWord { get; }

    [GeneratedRegex("(?<=begins with )[0-9a-f]{16}")]
    private static partial Regex Beginning { get; }
}
