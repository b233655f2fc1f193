using System.Buffers;
using System.Globalization;
using BscFlow.Tests.Scenarios;
using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>The sample committee as <c>bscflow run</c> shows it, for the tests of one class.</summary>
public sealed class DeskRun : IAsyncLifetime
{
    private static readonly SearchValues<char> LinkEnds = SearchValues.Create("\"'&<> \n");

    private readonly TemporaryFolder _folder = new();
    private readonly RunProcess _run;

    public DeskRun() => _run = new RunProcess([], _folder.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _run.StartAsync(Cancel);

    public string At(string path) => new Uri(_run.Addresses.Site, path).ToString();

    /// <summary>Moves the clock on, and returns when all that became due is done.</summary>
    public Task AdvanceAsync(string by) => _run.AdvanceAsync(by, Cancel);

    /// <summary>Opens the desk by the printed link.</summary>
    public Task EnterAsync(IPage page) => page.GotoAsync(_run.Addresses.Desk.ToString());

    /// <summary>The link in somebody's mails that begins so, the latest mail first.</summary>
    public async Task<string> FindLinkAsync(IPage page, string address, string path)
    {
        await page.GotoAsync(At($"/mailboxes/{Uri.EscapeDataString(address)}"));
        var mails = await page.Locator("main a[href*='/messages/'], main table a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)");
        foreach (var mail in mails.Distinct())
        {
            await page.GotoAsync(mail);
            var content = await page.ContentAsync();
            var at = content.IndexOf(path, StringComparison.Ordinal);
            if (at >= 0)
            {
                var end = content.AsSpan(at).IndexOfAny(LinkEnds);
                return At(content.Substring(at, end));
            }
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"None of the {mails.Length} mails of {address} links to {path}."));
    }

    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync();
        _folder.Dispose();
    }
}
