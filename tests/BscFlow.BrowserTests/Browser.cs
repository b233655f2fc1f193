using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>The machine's own Chromium, driven by Playwright.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } chromium)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        });
    }

    /// <summary>A page of a window of its own. Where there is no Chromium the test is skipped; on CI it fails.</summary>
    /// <param name="zone">Where its reader is; null: where this machine is.</param>
    public Task<IPage> OpenAsync(int width, int height, string? zone = null) => OpenAsync(width, height, scripts: true, zone);

    /// <summary>The same in a browser that runs no scripts.</summary>
    public Task<IPage> OpenPlainAsync(int width, int height) => OpenAsync(width, height, scripts: false, zone: null);

    private async Task<IPage> OpenAsync(int width, int height, bool scripts, string? zone)
    {
        if (_browser is null)
        {
            const string missing = "There is no Chromium here; apt-get install chromium, or its like, brings it.";
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") is not { Length: > 0 }, missing);
            Assert.Fail(missing);
        }

        return await _browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = scripts,
            TimezoneId = zone,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
