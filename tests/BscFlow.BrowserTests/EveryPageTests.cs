using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>What holds for each page of the archive, of the desk, and behind the links in mails.</summary>
public sealed class EveryPageTests(Browser browser, WholeCommittee committee) : IClassFixture<Browser>, IClassFixture<WholeCommittee>
{
    [Theory]
    [InlineData(360, 740)]
    [InlineData(1400, 900)]
    public async Task Every_page_can_be_read_by_everyone_in_light_and_dark_and_fits_its_window(int width, int height)
    {
        var page = await OpenAsync(width, height);
        await ForEachAsync(page, async seen =>
        {
            List<string> faults =
                [.. await Look.ShiftAsync(page), .. await Look.OverflowAsync(page), .. await Axe.FindViolationsAsync(page)];
            await Pictures.TakeAsync(page, $"{seen.Name}-{width}-light");
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await Pictures.TakeAsync(page, $"{seen.Name}-{width}-dark");
            faults.AddRange((await Axe.FindPaleAsync(page)).Select(pale => $"in the dark: {pale}"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            return faults;
        });
    }

    [Fact]
    public async Task Every_page_can_be_used_by_the_keyboard_alone_and_shows_where_it_is()
    {
        var page = await OpenAsync(1400, 900);
        await ForEachAsync(page, _ => Keyboard.FindFaultsAsync(page));
    }

    [Fact]
    public async Task Every_page_is_dark_on_white_on_paper_and_has_nothing_to_press()
    {
        var page = await OpenAsync(A4.Width, A4.Height);
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        await ForEachAsync(page, async seen =>
        {
            // A mailbox is the reader's own, in whatever program they read their mail with.
            if (seen.Name == "mailboxes")
            {
                return [];
            }

            await Pictures.TakeAsync(page, $"{seen.Name}-paper");
            return [.. await Look.OverflowAsync(page), .. await Look.OnPaperAsync(page), .. await Axe.FindPaleAsync(page)];
        });
    }

    [Fact]
    public async Task Every_page_says_the_same_without_scripts()
    {
        // What the time is where the reader is, and what a search finds, only a script knows.
        var (plain, page) = (await browser.OpenPlainAsync(1400, 900), await OpenAsync(1400, 900));
        await committee.EnterAsync(plain);
        await ForEachAsync(page, async seen =>
        {
            if (seen.Name == "search")
            {
                return [];
            }

            await plain.GotoAsync(committee.At(seen.Path));
            return await Look.WordsAsync(plain) == await Look.WordsAsync(page) ? [] : ["has other words without scripts."];
        });
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1200)]
    public async Task The_bar_that_moves_the_clock_is_as_wide_as_the_window_on_every_kind_of_page(int width)
    {
        var page = await OpenAsync(width, 800);
        foreach (var path in (string[])["/tidewater/index.html", "/desk/tidewater", "/mailboxes"])
        {
            await page.GotoAsync(committee.At(path));
            var box = (await page.Locator(".bscflow-clock").BoundingBoxAsync())!;
            Assert.Equal((path, 0, width), (path, (int)Math.Round(box.X), (int)Math.Round(box.Width)));
            Assert.InRange(box.Height, 1, width > 1000 ? 50 : 160);
        }
    }

    [Fact]
    public async Task The_keyboard_skips_to_what_a_page_says()
    {
        var page = await OpenAsync(1400, 900);
        foreach (var path in (string[])["/tidewater/index.html", "/desk/tidewater", "/mailboxes"])
        {
            await page.GotoAsync(committee.At(path));
            await page.Locator(".skip").FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)"), path);
        }
    }

    [Fact]
    public async Task Minutes_are_written_without_scripts_by_a_plain_form()
    {
        var page = await browser.OpenPlainAsync(1100, 900);
        await committee.EnterAsync(page);
        await page.GotoAsync(committee.At("/desk/tidewater/meetings/0035/minutes"));

        await page.Locator("input[name=present]:not(:checked)").First.CheckAsync();
        var text = page.GetByLabel("Minutes, in Markdown");
        await text.FillAsync($"{(await text.InputValueAsync()).TrimEnd()}\n  - Decision: the plain form is kept\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on writing" }).ClickThroughAsync();

        await Assertions.Expect(page.Locator("#preview .read")).ToContainTextAsync(["The plain form is kept"]);
        await Assertions.Expect(page.Locator("#message")).ToContainTextAsync("Saved");
        await Assertions.Expect(page.Locator("#quorum")).ToContainTextAsync("2 of 5 members");
        Assert.Contains("the plain form is kept", await text.InputValueAsync(), StringComparison.Ordinal);
    }

    private async Task<IPage> OpenAsync(int width, int height)
    {
        var page = await browser.OpenAsync(width, height);
        await committee.EnterAsync(page);
        return page;
    }

    /// <summary>Opens each page and collects what is wrong with them, so that one run tells all of it.</summary>
    private async Task ForEachAsync(IPage page, Func<PageToSee, Task<IReadOnlyList<string>>> look)
    {
        List<string> faults = [];
        foreach (var seen in committee.Pages)
        {
            await page.GotoAsync(committee.At(seen.Path));
            faults.AddRange((await look(seen)).Select(fault => $"{seen.Name}: {fault}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>What is left of a sheet within its margins, at 96 dots an inch.</summary>
    private static class A4
    {
        public const int Width = 718;
        public const int Height = 1047;
    }
}
