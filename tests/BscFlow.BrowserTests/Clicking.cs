using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

internal static class Clicking
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Clicks what leads to another page, and returns when that one is there; a click by itself waits for nothing.
    /// </summary>
    public static async Task ClickThroughAsync(this ILocator button)
    {
        var page = button.Page;
        var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Arrived(object? sender, IPage arrived) => there.TrySetResult();
        page.DOMContentLoaded += Arrived;
        try
        {
            await button.ClickAsync();
            await there.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        finally
        {
            page.DOMContentLoaded -= Arrived;
        }
    }
}
