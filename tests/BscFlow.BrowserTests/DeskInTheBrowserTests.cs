using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>The desk and a member's page, used by people.</summary>
public sealed class DeskInTheBrowserTests(Browser browser, DeskRun run) : IClassFixture<Browser>, IClassFixture<DeskRun>
{
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
        var chair = await page.GetByLabel("In the chair").InputValueAsync();
        string[] others = [.. new[] { "amara", "ines", "mateusz", "priya", "tomas" }.Where(member => member != chair).Take(2)];
        Assert.Contains("No quorum", await QuorumAsync(page), StringComparison.Ordinal);
        foreach (var member in others)
        {
            await page.Locator($"input[name=present][value={member}]").CheckAsync();
        }

        await ExpectQuorumAsync(page, "Quorum: 3 of 5 members");
        var text = page.GetByLabel("Minutes, in Markdown");
        await page.AppendAsync("  - Decision: the buoys are painted yellow");
        await ExpectReadAsync(page, "The buoys are painted yellow");

        // Somebody else takes the chair, and gives it back.
        await page.GetByLabel("In the chair").SelectOptionAsync(others[0]);
        await page.WaitForFunctionAsync(
            "() => document.querySelector('[name=\"chair.was\"]').value === document.querySelector('#chair').value");
        Assert.DoesNotContain(
            $"**Chair:** {await page.Locator($"#chair option[value={chair}]").InnerTextAsync()}",
            await text.InputValueAsync(),
            StringComparison.Ordinal);
        await page.GetByLabel("In the chair").SelectOptionAsync(chair);
        await ExpectQuorumAsync(page, "Quorum: 3 of 5 members");

        // One leaves; the caret and what is typed meanwhile stay.
        await page.Locator($"input[name=left][value={others[1]}]").CheckAsync();
        await ExpectQuorumAsync(page, "Quorum lost: 2 of 5 members are still there");
        await page.AppendAsync("  - Decision: the fog horn is sold");
        await page.AppendAsync("  - AI(Priya): ask who wants it");
        await ExpectReadAsync(page, "Ask who wants it");
        await page.Locator("#preview .unsettled", new() { HasText = "The fog horn is sold" }).WaitForAsync();
        Assert.Contains("Quorum lost:", await text.InputValueAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Finish the minutes" }).ClickThroughAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).ClickThroughAsync();

        // The public page says which decision stands, and which one binds nobody.
        await page.GotoAsync(run.At("/tidewater/meetings/0034.html"));
        var decisions = page.Locator("ul.decisions li:not(.unsettled)");
        await Assertions.Expect(decisions).ToHaveTextAsync(["The buoys are painted yellow"]);
        await Assertions.Expect(page.Locator("ul.decisions li.unsettled")).ToHaveTextAsync(["The fog horn is sold"]);
        var said = await page.InnerTextAsync("main");
        Assert.Contains("The quorum was lost on the way.", said, StringComparison.Ordinal);
        Assert.Contains("Quorum lost:", said, StringComparison.Ordinal);

        // What was agreed without quorum waits for a vote by mail, once the steps that follow a publication are done.
        await run.AdvanceAsync("PT1H");
        await page.GotoAsync(run.At("/desk/tidewater"));
        await page.GetByRole(AriaRole.Heading, new() { Name = "A vote that nobody opened: the fog horn is sold" }).WaitForAsync();
    }

    [Fact]
    public async Task A_member_votes_and_changes_the_vote_and_marks_an_action_item_done_on_a_phone()
    {
        const string priya = "priya@saltmarsh.example";
        await run.AdvanceAsync("P1D");
        await run.PostAsync("motions", new { id = "gate", title = "A gate for the slip", text = "The slip gets a gate." });
        await run.AdvanceAsync("PT1H");
        var page = await browser.OpenAsync(360, 740);
        await page.GotoAsync(await run.FindLinkAsync(priya, "/vote/", "A gate for the slip"));

        await page.GetByLabel("For", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Vote" }).ClickThroughAsync();
        await Assertions.Expect(page.Locator(".note")).ToContainTextAsync("your ballot: for");
        await page.GetByLabel("Against").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change my vote" }).ClickThroughAsync();
        await Assertions.Expect(page.Locator(".note")).ToContainTextAsync("your ballot: against");
        Assert.Empty(await Look.OverflowAsync(page));

        await page.GotoAsync(await run.FindLinkAsync(priya, "/my/tidewater/priya/"));
        await page.GetByText("You have voted.").WaitForAsync();
        var done = page.GetByRole(AriaRole.Button, new() { Name = "Done" });
        var before = await done.CountAsync();
        await done.First.ClickThroughAsync();
        await Assertions.Expect(done).ToHaveCountAsync(before - 1);
        Assert.Empty(await Look.OverflowAsync(page));
    }

    private async Task<IPage> OpenDeskAsync(int width, int height)
    {
        var page = await browser.OpenAsync(width, height);
        await run.EnterAsync(page);
        return page;
    }

    private static Task<string> QuorumAsync(IPage page) => page.InnerTextAsync("#quorum");

    private static Task ExpectQuorumAsync(IPage page, string words) =>
        page.Locator("#quorum", new() { HasText = words }).WaitForAsync();

    private static Task ExpectReadAsync(IPage page, string words) =>
        page.Locator("#preview .read", new() { HasText = words }).First.WaitForAsync();
}
