using System.Globalization;
using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>Measures a page as it is in the window now. Each answer is a list of faults, or empty.</summary>
internal static class Look
{
    public static async Task<IReadOnlyList<string>> OverflowAsync(IPage page) =>
        await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var over
            ? [$"{over} pixels too wide."]
            : [];

    /// <summary>Words of drawings that stand outside of the window, or can be seen only by scrolling sideways.</summary>
    public static async Task<IReadOnlyList<string>> CutDrawingsAsync(IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('svg.drawing text')].filter((text) => text.checkVisibility()).filter((text) => {
          const [word, region] = [text.getBoundingClientRect(), (text.closest('.scroll') ?? document.documentElement).getBoundingClientRect()];
          return word.left < Math.max(0, region.left) || word.right > region.right;
        }).map((text) => `"${text.textContent.trim()}" of a drawing is cut.`)
        """);

    /// <summary>A fraction of a dot, in which a letter may be drawn otherwise than it was measured.</summary>
    private const double Unseen = 0.0001;

    /// <summary>Whether anything moved by itself since the page was opened.</summary>
    public static async Task<IReadOnlyList<string>> ShiftAsync(IPage page)
    {
        var moved = await page.EvaluateAsync<double>(
            """
            () => new Promise(done => {
              let moved = 0;
              new PerformanceObserver(list => list.getEntries().forEach(shift => { moved += shift.value; }))
                .observe({ type: 'layout-shift', buffered: true });
              requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
            })
            """);
        return moved > Unseen ? [string.Create(CultureInfo.InvariantCulture, $"moves by itself, by {moved}.")] : [];
    }

    /// <summary>What of a page makes no sense on paper, and whether its ground is white.</summary>
    public static async Task<IReadOnlyList<string>> OnPaperAsync(IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => {
          const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1;
          const faults = [...document.querySelectorAll('nav, button, a.button, .skip')].filter(seen)
            .map((element) => `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 40)}" is printed.`);
          const ground = getComputedStyle(document.documentElement).backgroundColor;
          return ground === 'rgb(255, 255, 255)' ? faults : [...faults, `The paper is ${ground}.`];
        }
        """);

    /// <summary>
    /// All words of a page, but for a time that is told in the reader's own zone and the clock of a local run, which goes on.
    /// </summary>
    public static Task<string> WordsAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => {
          const body = document.body.cloneNode(true);
          body.querySelectorAll('script, noscript, .yours, .bscflow-clock').forEach((element) => element.remove());
          return body.textContent.replace(/\s+/g, ' ');
        }
        """);
}
