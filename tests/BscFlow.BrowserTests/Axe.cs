using System.Diagnostics;
using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>axe-core's rules of accessibility, from npm by a lock file, run within a page.</summary>
internal static class Axe
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Axe");
    private static readonly Lazy<Task<string>> Source = new(InstallAsync);

    /// <summary>
    /// Everything that the rules of WCAG 2 A and AA and axe's best practices object to on the page as it is now.
    /// </summary>
    /// <returns>A line a violation: its rule, what it says, and the elements.</returns>
    public static Task<IReadOnlyList<string>> FindViolationsAsync(IPage page) =>
        RunAsync(page, "{ resultTypes: ['violations'] }");

    /// <summary>
    /// Text that stands out too little from its ground: what another colour scheme or paper can change about a page.
    /// </summary>
    public static Task<IReadOnlyList<string>> FindPaleAsync(IPage page) => RunAsync(page, "{ runOnly: ['color-contrast'] }");

    private static async Task<IReadOnlyList<string>> RunAsync(IPage page, string options)
    {
        // Evaluated by the browser itself, so that the page's Content-Security-Policy stays as it is.
        await page.EvaluateAsync(await Source.Value);
        return await page.EvaluateAsync<string[]>(
            $"async () => (await axe.run(document, {options})).violations"
            + ".map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target.join(' ')).join(', ')}`)");
    }

    private static async Task<string> InstallAsync()
    {
        var script = Path.Combine(Folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(script))
        {
            using var npm = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
            {
                ArgumentList = { "ci", "--ignore-scripts", "--no-audit", "--no-fund" },
                WorkingDirectory = Folder,
            })!;
            await npm.WaitForExitAsync();
            Assert.True(npm.ExitCode == 0, $"npm ci in {Folder} ended with {npm.ExitCode}.");
        }

        return await File.ReadAllTextAsync(script);
    }
}
