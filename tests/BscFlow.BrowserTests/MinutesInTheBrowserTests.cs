using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>Minutes that are saved while they are written.</summary>
public sealed class MinutesInTheBrowserTests(Browser browser, DeskRun run) : IClassFixture<Browser>, IClassFixture<DeskRun>
{
    [Fact]
    public async Task Two_who_write_at_once_see_each_others_words()
    {
        var (one, other) = (await OpenDeskAsync(1400, 900), await OpenDeskAsync(900, 900));
        var minutes = await run.FindDraftAsync(one);
        await one.GotoAsync(minutes);
        await other.GotoAsync(minutes);

        await one.AppendAsync("  - The pier needs paint");
        await one.ExpectSavedAsync();
        await other.AppendAsync("  - The lamp needs oil");
        await other.ExpectSavedAsync();
        await one.AppendAsync("  - The gulls need counting");
        await one.ExpectSavedAsync();

        var text = await one.Minutes().InputValueAsync();
        foreach (var line in (string[])["The pier needs paint", "The lamp needs oil", "The gulls need counting"])
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }

        await other.ReloadAsync();
        Assert.Equal(text, await other.Minutes().InputValueAsync());
    }

    [Fact]
    public async Task Who_writes_on_and_finishes_before_the_last_save_is_answered_does_not_merge_with_herself()
    {
        var page = await OpenDeskAsync(1400, 900);
        var minutes = await run.FindDraftAsync(page);
        await page.GotoAsync(minutes);
        var (stored, answer) = (NewSignal(), NewSignal());
        await page.RouteAsync("**/minutes", async route =>
        {
            if (!IsSave(route))
            {
                await route.ContinueAsync();
                return;
            }

            var late = await route.FetchAsync();
            stored.TrySetResult();
            await answer.Task;
            await route.FulfillAsync(new() { Response = late });
        });

        await page.AppendAsync("  - Decision: adopt");
        await stored.Task.WaitAsync(Patience, Cancel);
        await page.Keyboard.InsertTextAsync(" the policy");
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish the minutes" }).ClickAsync();
        answer.SetResult();
        await page.WaitForURLAsync(address => !address.EndsWith("/minutes", StringComparison.Ordinal));

        await page.UnrouteAllAsync();
        await page.GotoAsync(minutes);
        Assert.Equal(["  - Decision: adopt the policy"], await LinesAsync(page, "adopt"));
    }

    [Fact]
    public async Task A_save_that_is_stored_and_whose_answer_is_lost_is_sent_again_before_what_was_typed_since()
    {
        var page = await OpenDeskAsync(1400, 900);
        var minutes = await run.FindDraftAsync(page);
        await page.GotoAsync(minutes);
        var (stored, typed, saves) = (NewSignal(), NewSignal(), 0);
        await page.RouteAsync("**/minutes", async route =>
        {
            if (IsSave(route) && Interlocked.Increment(ref saves) == 1)
            {
                await route.FetchAsync();
                stored.TrySetResult();
                await typed.Task;
                await route.AbortAsync();
                return;
            }

            await route.ContinueAsync();
        });

        var absent =
            page.Locator(".attendance li:has(input[type=checkbox][name=present]:not(:checked))").First.Locator("label").First;
        var name = (await absent.InnerTextAsync()).Trim();
        await page.AppendAsync("  - Decision: moor");
        await absent.ClickAsync();
        await stored.Task.WaitAsync(Patience, Cancel);
        await page.Minutes().FocusAsync();
        await page.Keyboard.InsertTextAsync(" the buoys");
        typed.SetResult();
        await Assertions.Expect(page.Locator("#message.error")).ToContainTextAsync("Not saved: the server cannot be reached.");
        await page.ExpectSavedAsync();

        Assert.DoesNotContain("somebody else", await page.InnerTextAsync("#message"), StringComparison.OrdinalIgnoreCase);
        await page.ReloadAsync();
        Assert.Equal(["  - Decision: moor the buoys"], await LinesAsync(page, "moor"));
        Assert.Single(await LinesAsync(page, $"  - {name}"));
    }

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it is the page that saves by itself.</summary>
    private static bool IsSave(IRoute route) =>
        route.Request is { Method: "POST", ResourceType: "fetch" };

    private static async Task<IEnumerable<string>> LinesAsync(IPage page, string words) =>
        (await page.Minutes().InputValueAsync()).Split('\n').Where(line => line.Contains(words, StringComparison.Ordinal));

    private async Task<IPage> OpenDeskAsync(int width, int height)
    {
        var page = await browser.OpenAsync(width, height);
        await run.EnterAsync(page);
        return page;
    }
}
