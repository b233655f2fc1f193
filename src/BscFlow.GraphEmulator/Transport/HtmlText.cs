using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit.Text;

namespace BscFlow.GraphEmulator.Transport;

/// <summary>Plain text from HTML, as a mail server makes the text part, and HTML around plain text.</summary>
internal static partial class HtmlText
{
    public static string ToText(string html)
    {
        var text = new StringBuilder(html.Length);
        var hidden = 0;
        string? link = null;
        var tokenizer = new HtmlTokenizer(new StringReader(html));
        while (tokenizer.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken { Id: HtmlTagId.Head or HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Title } tag:
                    hidden = Math.Max(0, hidden + (tag.IsEndTag ? -1 : tag.IsEmptyElement ? 0 : 1));
                    break;
                case HtmlTagToken { Id: HtmlTagId.A } tag:
                    if (tag.IsEndTag && link is not null && !EndsWith(text, link))
                    {
                        text.Append(" <").Append(link).Append('>');
                    }

                    link = tag.IsEndTag ? null : Attribute(tag, HtmlAttributeId.Href);
                    break;
                case HtmlTagToken tag when hidden == 0:
                    text.Append(Layout(tag));
                    break;
                case HtmlDataToken data when hidden == 0:
                    AppendWords(text, data.Data);
                    break;
            }
        }

        return BlankLines().Replace(SpacesAtEnd().Replace(text.ToString(), "\n"), "\n\n").Trim('\n', ' ');
    }

    /// <summary>As Exchange wraps a plain-text mail for a reader that asks for HTML.</summary>
    public static string ToHtml(string text) =>
        $"""
        <html><head>
        <meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>
        <div class="PlainText">{WebUtility.HtmlEncode(text).ReplaceLineEndings("<br>\n")}</div>
        </body></html>
        """;

    public static string? Attribute(HtmlTagToken tag, HtmlAttributeId id) =>
        tag.Attributes.FirstOrDefault(attribute => attribute.Id == id)?.Value;

    private static string Layout(HtmlTagToken tag) => tag.Id switch
    {
        HtmlTagId.Br => "\n",
        HtmlTagId.LI => tag.IsEndTag ? "" : "\n* ",
        HtmlTagId.TD or HtmlTagId.TH => tag.IsEndTag ? "\t" : "",
        HtmlTagId.P or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.UL or HtmlTagId.OL
            or HtmlTagId.BlockQuote or HtmlTagId.Table or HtmlTagId.Pre => "\n\n",
        HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.Section or HtmlTagId.HR => "\n",
        _ => "",
    };

    private static void AppendWords(StringBuilder text, string data)
    {
        foreach (var character in data)
        {
            var space = character is ' ' or '\t' or '\r' or '\n';
            if (!space)
            {
                text.Append(character == '\u00A0' ? ' ' : character);
            }
            else if (text.Length > 0 && text[^1] is not (' ' or '\n' or '\t'))
            {
                text.Append(' ');
            }
        }
    }

    private static bool EndsWith(StringBuilder text, string end) =>
        text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;

    [GeneratedRegex(@"[ \t]+\n")]
    private static partial Regex SpacesAtEnd();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex BlankLines();
}
