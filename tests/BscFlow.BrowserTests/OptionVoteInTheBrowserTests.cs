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

        // By keyboard: the first press gives an option the next number, and the focus stays on its button.
        var link = await run.FindLinkAsync("priya@saltmarsh.example", "/vote/");
        await page.GotoAsync(link);
        await ExpectReadableAsync(page);
        await PressAsync(page, "Up: River mouth");
        await page.GetByText("River mouth is number 1.").WaitForAsync();
        await PressAsync(page, "Up: Outer bank");
        await PressAsync(page, "Up: Harbour floor");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Harbour floor is number 2.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Vote", Exact = true }).ClickThroughAsync();
        await page.GetByText("1. River mouth, 2. Harbour floor, 3. Outer bank").WaitForAsync();

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

    [Fact]
    public async Task A_button_changes_the_rank_of_its_option_and_leaves_what_nobody_touched()
    {
        const string priya = "priya@saltmarsh.example";
        await run.AdvanceAsync("P1D");
        await run.PostAsync(
            "motions",
            new { id = "boats", title = "Which boat first", text = "Rank.", options = new { table = "A\nB\nC\nD\nE" } });
        await run.AdvanceAsync("PT1H");
        var page = await browser.OpenAsync(1000, 800);
        await page.GotoAsync(await run.FindLinkAsync(priya, "/vote/", "Which boat first"));

        // A and B are as good as each other, of D there is no opinion, and E has no number.
        await FillAsync(page, ("A", "1"), ("B", "1"), ("C", "2"), ("D", "?"));
        await PressAsync(page, "Up: C");
        await ExpectAsync(page, "C 1, A 2, B 2, D ?, E ");
        await PressAsync(page, "Down: A");
        await ExpectAsync(page, "C 1, B 2, A 3, D ?, E ");
        await PressAsync(page, "Down: A");
        await ExpectAsync(page, "C 1, B 2, A , D ?, E ");
        await page.GetByText("A has no number.").WaitForAsync();
        await PressAsync(page, "Up: E");
        await ExpectAsync(page, "C 1, B 2, E 3, A , D ?");
        await PressAsync(page, "Up: C");
        await ExpectAsync(page, "C 1, B 2, E 3, A , D ?");

        // What was written by hand since holds, whatever its place in the list.
        await FillAsync(page, ("A", "1"));
        await PressAsync(page, "Down: B");
        await ExpectAsync(page, "C 1, A 1, E 3, B 4, D ?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vote", Exact = true }).ClickThroughAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Your ballot is counted.");
        await Assertions.Expect(page.Locator(".note")).ToContainTextAsync("your ballot: 1. A and C, 3. E, 4. B; no opinion on D");
    }

    private static async Task PressAsync(IPage page, string name)
    {
        var button = page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(button).ToBeFocusedAsync();
    }

    private static async Task FillAsync(IPage page, params (string Name, string Mark)[] marks)
    {
        foreach (var (name, mark) in marks)
        {
            await page.Locator($"li[data-name={name}] input[name=mark]").FillAsync(mark);
        }
    }

    private static async Task ExpectAsync(IPage page, string rows) => Assert.Equal(
        rows,
        await page.Locator(".ranks").EvaluateAsync<string>(
            "list => [...list.children].map(row => `${row.dataset.name} ${row.querySelector('input[name=mark]').value}`).join(', ')"));

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
