using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>Pictures of pages for a person to look at, where the environment names a folder for them.</summary>
internal static class Pictures
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("BSCFLOW_PICTURES");

    public static async Task TakeAsync(IPage page, string name)
    {
        if (Folder is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
