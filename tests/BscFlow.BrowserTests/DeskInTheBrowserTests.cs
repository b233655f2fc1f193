using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>The desk and a member's page, used by people.</summary>
public sealed class DeskInTheBrowserTests(Browser browser, DeskRun run) : IClassFixture<Browser>, IClassFixture<DeskRun>
{
    private const string Meeting = "/desk/tidewater/meetings/0034";

    [Fact]
    public async Task A_secretary_takes_minutes_loses_the_quorum_half_way_and_publishes()
    {
        var page = await OpenDeskAsync(1400, 900);
        await page.GotoAsync(run.At("/desk/tidewater"));
        var write = page.GetByRole(AriaRole.Link, new() { Name = "Write the minutes" });
        for (var days = 0; await write.CountAsync() == 0; days++)
        {
            Assert.True(days < 20, "The meeting does not pass.");
            await run.AdvanceAsync("P1D");
            await page.ReloadAsync();
        }

        await write.First.ClickAsync();
        await page.WaitForURLAsync("**/minutes");
        var chair = await page.Locator(".attendance input[disabled]").GetAttributeAsync("value");
        string[] others = [.. new[] { "amara", "ines", "mateusz", "priya", "tomas" }.Where(member => member != chair).Take(2)];
        Assert.Contains("No quorum", await QuorumAsync(page), StringComparison.Ordinal);
        foreach (var member in others)
        {
            await page.Locator($"input[name=present][value={member}]").CheckAsync();
        }

        await ExpectQuorumAsync(page, "Quorum: 3 of 5 members");
        var text = page.GetByLabel("Minutes, in Markdown");
        await AppendAsync(page, "  - Decision: the buoys are painted yellow");
        await ExpectReadAsync(page, "The buoys are painted yellow");

        // One leaves; the caret and what is typed meanwhile stay.
        await page.Locator($"input[name=left][value={others[1]}]").CheckAsync();
        await ExpectQuorumAsync(page, "Quorum lost: 2 of 5 members are still there");
        await AppendAsync(page, "  - Decision: the fog horn is sold");
        await AppendAsync(page, "  - AI(Priya): ask who wants it");
        await ExpectReadAsync(page, "Ask who wants it");
        await page.Locator("#preview .unsettled", new() { HasText = "The fog horn is sold" }).WaitForAsync();
        Assert.Contains("Quorum lost:", await text.InputValueAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Finish the minutes" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).ClickAsync();
        await page.GotoAsync(run.At("/tidewater/meetings/0034.html"));
        Assert.Contains("The buoys are painted yellow", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains("Quorum lost", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_write_at_once_see_each_others_words()
    {
        await run.AdvanceAsync("P1D");
        var (one, other) = (await OpenDeskAsync(1400, 900), await OpenDeskAsync(900, 900));
        var minutes = await FirstMinutesAsync(one);
        await one.GotoAsync(minutes);
        await other.GotoAsync(minutes);

        await AppendAsync(one, "  - The pier needs paint");
        await ExpectSavedAsync(one);
        await AppendAsync(other, "  - The lamp needs oil");
        await ExpectSavedAsync(other);
        await AppendAsync(one, "  - The gulls need counting");
        await ExpectSavedAsync(one);

        var text = await one.GetByLabel("Minutes, in Markdown").InputValueAsync();
        foreach (var line in (string[])["The pier needs paint", "The lamp needs oil", "The gulls need counting"])
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }

        await other.ReloadAsync();
        Assert.Equal(text, await other.GetByLabel("Minutes, in Markdown").InputValueAsync());
    }

    [Fact]
    public async Task A_member_marks_an_action_item_done_on_a_phone()
    {
        await run.AdvanceAsync("P1D");
        var page = await browser.OpenAsync(360, 740);
        await page.GotoAsync(await run.FindLinkAsync(page, "priya@saltmarsh.example", "/my/tidewater/priya/"));
        var before = await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).CountAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).First.ClickAsync();

        Assert.Equal(before - 1, await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).CountAsync());
        Assert.Equal(0, await OverflowAsync(page));
    }

    [Theory]
    [InlineData(360, 740, ColorScheme.Light)]
    [InlineData(360, 740, ColorScheme.Dark)]
    [InlineData(1400, 900, ColorScheme.Light)]
    [InlineData(1400, 900, ColorScheme.Dark)]
    public async Task Every_page_can_be_read_by_everyone_and_fits_its_window(int width, int height, ColorScheme scheme)
    {
        await run.AdvanceAsync("P1D");
        var page = await OpenDeskAsync(width, height);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var mine = await run.FindLinkAsync(page, "priya@saltmarsh.example", "/my/tidewater/priya/");
        await page.GotoAsync(run.At("/desk/tidewater/actions"));
        var action = await page.Locator("a[href*='/actions/']").First.GetAttributeAsync("href");
        string[] pages =
        [
            "/desk/tidewater", "/desk/tidewater/meetings", Meeting, $"{Meeting}/minutes", "/desk/tidewater/findings", "/desk/tidewater/actions",
            action!, "/desk/tidewater/members", "/desk/tidewater/members/join", "/desk/tidewater/members/priya", "/desk/tidewater/charter",
            "/desk/tidewater/charter/history", "/desk/tidewater/motions", mine, "/desk/nobody", "/my/tidewater/priya/x/y",
        ];
        List<string> faults = [];
        foreach (var path in pages)
        {
            await page.GotoAsync(new Uri(new Uri(run.At("/")), path).ToString());
            faults.AddRange((await Axe.FindViolationsAsync(page)).Select(violation => $"{path}: {violation}"));
            if (await OverflowAsync(page) is > 0 and var pixels)
            {
                faults.Add($"{path} is {pixels} pixels too wide.");
            }

            await PictureAsync(page, $"{path.Trim('/').Replace('/', '-')}-{width}-{scheme}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>For a person to look at, where a folder is named.</summary>
    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("BSCFLOW_PICTURES") is { Length: > 0 } folder)
        {
            var file = name.Length > 80 ? $"my-{name[^12..]}" : name;
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{file}.png"), FullPage = true });
        }
    }

    private async Task<IPage> OpenDeskAsync(int width, int height)
    {
        var page = await browser.OpenAsync(width, height);
        await run.EnterAsync(page);
        return page;
    }

    /// <summary>The minutes of the meeting that is drafted and not finished.</summary>
    private async Task<string> FirstMinutesAsync(IPage page)
    {
        for (var days = 0; days < 40; days++)
        {
            await page.GotoAsync(run.At("/desk/tidewater/meetings"));
            foreach (var meeting in await page.Locator("table a").EvaluateAllAsync<string[]>("links => links.slice(0, 3).map(link => link.href)"))
            {
                await page.GotoAsync($"{meeting}/minutes");
                if (await page.Locator("form[data-auto=draft]").CountAsync() > 0)
                {
                    return $"{meeting}/minutes";
                }
            }

            await run.AdvanceAsync("P1D");
        }

        throw new InvalidOperationException("No meeting is drafted.");
    }

    private static async Task AppendAsync(IPage page, string line)
    {
        var text = page.GetByLabel("Minutes, in Markdown");
        await text.FocusAsync();
        await text.EvaluateAsync("area => area.setSelectionRange(area.value.trimEnd().length, area.value.trimEnd().length)");
        await page.Keyboard.InsertTextAsync($"\n{line}");
    }

    private static async Task ExpectSavedAsync(IPage page)
    {
        // Once what is typed is sent, the version that the form holds is the one of the text in it.
        await page.WaitForFunctionAsync(
            "() => { const f = document.querySelector('form[data-auto]'); return f.elements.original.value === f.elements.text.value; }");
    }

    private static Task<string> QuorumAsync(IPage page) => page.InnerTextAsync("#quorum");

    private static Task ExpectQuorumAsync(IPage page, string words) =>
        page.Locator("#quorum", new() { HasText = words }).WaitForAsync();

    private static Task ExpectReadAsync(IPage page, string words) =>
        page.Locator("#preview .read", new() { HasText = words }).First.WaitForAsync();

    private static Task<int> OverflowAsync(IPage page) =>
        page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
