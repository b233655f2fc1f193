using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>Goes through a page by the key Tab.</summary>
internal static class Keyboard
{
    /// <summary>More stops than any page has.</summary>
    private const int MostStops = 400;

    /// <summary>What cannot be reached, and what does not show that the focus is on it.</summary>
    public static async Task<IReadOnlyList<string>> FindFaultsAsync(IPage page)
    {
        var stops = await page.EvaluateAsync<int>(
            """
            () => {
              const name = (element) => `${element.tagName.toLowerCase()} "${(element.textContent.trim() || element.name || element.className).slice(0, 40)}"`;
              const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
              const group = (element) => element.type === 'radio' ? `radio ${element.name}` : element;
              const all = [...document.querySelectorAll(
                'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
                .filter((element) => !element.disabled && element.tabIndex >= 0 && seen(element));
              const reached = new Set();
              const unseen = new Set();
              addEventListener('focusin', ({ target }) => {
                reached.add(group(target));
                const style = getComputedStyle(target);
                const place = target.getBoundingClientRect();
                if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 1 || place.right <= 0 || place.width < 1) {
                  unseen.add(name(target));
                }
              });
              window.keyboardFaults = () => [
                ...[...new Set(all.map(group))].filter((stop) => !reached.has(stop))
                  .map((stop) => `${typeof stop === 'string' ? stop : name(stop)} cannot be reached by the keyboard.`),
                ...[...unseen].map((stop) => `${stop} does not show the focus.`),
              ];
              // A date has a stop for each of its parts.
              return all.length + 7 * document.querySelectorAll('input[type^=date]').length + 1;
            }
            """);
        Assert.InRange(stops, 1, MostStops);
        for (var stop = 0; stop < stops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        return await page.EvaluateAsync<string[]>("() => window.keyboardFaults()");
    }
}
