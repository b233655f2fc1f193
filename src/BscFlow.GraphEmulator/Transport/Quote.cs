using System.Globalization;
using System.Net;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Transport;

/// <summary>How mail programs quote the mail that they answer or forward.</summary>
internal static class Quote
{
    /// <summary>Words with nothing quoted, as a program writes them into HTML.</summary>
    public static string Words(string words) => $"<div dir=\"ltr\">{Encode(words)}</div>";

    /// <summary>As Outlook does: the words, a line, a block of headers, the mail.</summary>
    public static string Html(StoredMessage original, string words)
    {
        var header = string.Join("<br>\n", OutlookBlock(original).Select(line => $"<b>{line.Name}:</b> {Encode(line.Value)}"));
        return $"""
            <html><body>
            <div>{Encode(words)}</div>
            <hr style="display:inline-block;width:98%" tabindex="-1">
            <div id="divRplyFwdMsg" dir="ltr">{header}<br><br></div>
            {original.Body.AsHtml()}
            </body></html>
            """;
    }

    /// <summary>As Gmail does in HTML.</summary>
    public static string GmailHtml(StoredMessage original, string words)
    {
        const string Indent = "margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex";
        return $"""
            {Words(words)}<br>
            <div class="gmail_quote"><div dir="ltr" class="gmail_attr">{Encode(Attribution(original))}<br></div>
            <blockquote class="gmail_quote" style="{Indent}">{original.Body.AsHtml()}</blockquote></div>
            """;
    }

    /// <summary><c>On Mon, Jan 5, 2026 at 9:00 AM Joe &lt;joe@example.org&gt; wrote:</c>.</summary>
    public static string Attribution(StoredMessage original) => string.Create(
        CultureInfo.InvariantCulture,
        $"On {original.Sent:ddd, MMM d, yyyy 'at' h:mm tt} {original.From?.Name} <{original.From?.Address}> wrote:");

    /// <summary>The mail with <c>&gt;</c> before each line.</summary>
    public static string Lines(StoredMessage original) =>
        string.Join('\n', Text(original).Split('\n').Select(line => line is ['>', ..] ? $">{line}" : $"> {line}".TrimEnd()));

    public static IReadOnlyList<(string Name, string Value)> OutlookBlock(StoredMessage original) =>
    [
        ("From", $"{original.From?.Name} <{original.From?.Address}>"),
        ("Sent", original.Sent.ToString("dddd, MMMM d, yyyy h:mm tt", CultureInfo.InvariantCulture)),
        ("To", string.Join("; ", original.To.Select(to => $"{to.Name} <{to.Address}>"))),
        ("Subject", original.Subject),
    ];

    public static string Text(StoredMessage original) => original.Body.AsText().ReplaceLineEndings("\n").TrimEnd('\n');

    private static string Encode(string text) => WebUtility.HtmlEncode(text).ReplaceLineEndings("<br>\n");
}
