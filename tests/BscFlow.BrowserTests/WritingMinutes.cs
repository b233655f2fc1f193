using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>Minutes as somebody writes them in the page's form.</summary>
internal static class WritingMinutes
{
    /// <summary>The text, as one writes it.</summary>
    public static ILocator Minutes(this IPage page) => page.GetByLabel("Minutes, in Markdown");

    /// <summary>Goes on until a meeting is drafted and not finished.</summary>
    /// <param name="page">Of one who has the desk open.</param>
    /// <returns>Address of the form for its minutes.</returns>
    public static async Task<string> FindDraftAsync(this DeskRun run, IPage page)
    {
        for (var days = 0; days < 40; days++)
        {
            await page.GotoAsync(run.At("/desk/tidewater/meetings"));
            foreach (var meeting in await page
                .Locator("table a")
                .EvaluateAllAsync<string[]>("links => links.slice(0, 3).map(link => link.href)"))
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

    /// <summary>Types a line below the others.</summary>
    public static async Task AppendAsync(this IPage page, string line)
    {
        var text = page.Minutes();
        await text.FocusAsync();
        await text.EvaluateAsync("area => area.setSelectionRange(area.value.trimEnd().length, area.value.trimEnd().length)");
        await page.Keyboard.InsertTextAsync($"\n{line}");
    }

    /// <summary>Once what is typed is sent, the version that the form holds is the one of the text in it.</summary>
    public static Task ExpectSavedAsync(this IPage page) => page.WaitForFunctionAsync(
        "() => { const f = document.querySelector('form[data-auto]'); return f.elements.original.value === f.elements.text.value; }");
}
