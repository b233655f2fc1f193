using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using BscFlow.Tests.Scenarios;
using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>The sample committee as <c>bscflow run</c> shows it, for the tests of one class.</summary>
public sealed partial class DeskRun : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunProcess _run;
    private readonly HttpClient _reader = new();

    public DeskRun() => _run = new RunProcess([], _folder.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _run.StartAsync(Cancel);

    public string At(string path) => new Uri(_run.Addresses.Site, path).ToString();

    /// <summary>Moves the clock on, and returns when all that became due is done.</summary>
    public Task<DateTimeOffset> AdvanceAsync(string by) => _run.AdvanceAsync(by, Cancel);

    /// <summary>Opens the desk by the printed link.</summary>
    public Task EnterAsync(IPage page) => page.GotoAsync(_run.Addresses.Desk.ToString());

    /// <summary>As a program does it, with the key.</summary>
    /// <param name="path">Below <c>/api/tidewater/</c>.</param>
    public async Task PostAsync(string path, object body)
    {
        using var answer = await _run.SendAsync(
            HttpMethod.Post, $"/api/tidewater/{path}", JsonContent.Create(body), over: null, Cancel);
        Assert.True(
            answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
    }

    /// <summary>Finishes the minutes of a meeting: what was drafted, changed.</summary>
    public async Task WriteMinutesAsync(string meeting, Func<string, string> write)
    {
        var path = $"/api/tidewater/meetings/{meeting}/minutes";
        using var draft = await _run.SendAsync(HttpMethod.Get, path, content: null, over: null, Cancel);
        var text = write(await draft.Content.ReadAsStringAsync(Cancel));
        using var content = new StringContent(text, new MediaTypeHeaderValue("text/markdown", "utf-8"));
        using var answer = await _run.SendAsync(HttpMethod.Put, path, content, draft.Headers.ETag, Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
    }

    /// <summary>The latest link in somebody's mails that begins so and stands in a mail with these words.</summary>
    /// <param name="path">How the link's path begins, such as <c>/vote/</c>.</param>
    public async Task<string> FindLinkAsync(string address, string path, string words = "")
    {
        foreach (var (_, content) in await MailsAsync(address))
        {
            var at = content.IndexOf(path, StringComparison.Ordinal);
            if (at >= 0 && content.Contains(words, StringComparison.Ordinal))
            {
                return At(Link.Match(content, at).Value);
            }
        }

        throw new InvalidOperationException($"No mail of {address} links to {path}.");
    }

    /// <summary>What is looked for in the latest mail of somebody that has it and these words.</summary>
    public async Task<string> FindTextAsync(string address, Regex sought, string words) =>
        (await MailsAsync(address))
            .Where(mail => mail.Content.Contains(words, StringComparison.Ordinal))
            .Select(mail => sought.Match(mail.Content))
            .First(found => found.Success)
            .Value;

    /// <summary>Answers the latest mail that links to a path and has these words, as a member does it in their mailbox.</summary>
    public async Task ReplyAsync(string address, string path, string words, string text)
    {
        foreach (var (mail, content) in await MailsAsync(address))
        {
            if (content.Contains(path, StringComparison.Ordinal) && content.Contains(words, StringComparison.Ordinal))
            {
                using var form = new FormUrlEncodedContent([new("text", text), new("style", "TopPost")]);
                using var answer = await _reader.PostAsync(At($"{mail}/reply"), form, Cancel);
                answer.EnsureSuccessStatusCode();
                return;
            }
        }

        throw new InvalidOperationException($"No mail of {address} has the words {words}.");
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _run.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The latest first.</summary>
    private async Task<IReadOnlyList<(string Path, string Content)>> MailsAsync(string address)
    {
        var folder = await _reader.GetStringAsync(At($"/mailboxes/{Uri.EscapeDataString(address)}"), Cancel);
        var mails = new List<(string, string)>();
        foreach (var path in MailPath.Matches(folder).Select(match => match.Groups["path"].Value).Distinct())
        {
            mails.Add((path, WebUtility.HtmlDecode(await _reader.GetStringAsync(At(path), Cancel))));
        }

        return mails;
    }

    [GeneratedRegex("href=\"(?<path>/mailboxes/[^\"?]+/messages/[^\"?]+)\"")]
    private static partial Regex MailPath { get; }

    [GeneratedRegex("[^\"'&<> \r\n]+")]
    private static partial Regex Link { get; }
}
