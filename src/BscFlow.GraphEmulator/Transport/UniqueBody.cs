using System.Text.RegularExpressions;
using BscFlow.GraphEmulator.Wire;
using MimeKit.Text;

namespace BscFlow.GraphEmulator.Transport;

/// <summary>The part of a mail that earlier mails of the conversation do not hold: what it quotes is left out.</summary>
/// <remarks>Graph compares with the conversation; here the marks that mail programs put around a quote decide.</remarks>
internal static partial class UniqueBody
{
    public static ItemBody Of(ItemBody body) => body with
    {
        Content = body.ContentType == BodyType.Html ? OfHtml(body.Content ?? "") : OfText(body.Content ?? ""),
    };

    private static string OfText(string text)
    {
        var kept = new List<string>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (HeaderBlock().IsMatch(lines[i]) || (lines[i].StartsWith("From: ", StringComparison.Ordinal)
                && lines.Skip(i + 1).Take(2).Any(line => line.StartsWith("Sent: ", StringComparison.Ordinal))))
            {
                break;
            }

            var attribution =
                Attribution().IsMatch(lines[i]) && lines.Skip(i + 1).FirstOrDefault(line => line.Length > 0) is ['>', ..];
            if (!attribution && lines[i] is not ['>', ..])
            {
                kept.Add(lines[i]);
            }
        }

        return string.Join('\n', kept).Trim('\n');
    }

    private static string OfHtml(string html)
    {
        var kept = new StringWriter();
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = false };
        var (quote, depth) = (HtmlTagId.Unknown, 0);
        while (tokenizer.ReadNextToken(out var token))
        {
            var tag = token as HtmlTagToken;
            if (depth > 0)
            {
                depth += tag?.Id != quote || tag.IsEmptyElement ? 0 : tag.IsEndTag ? -1 : 1;
                continue;
            }

            if (tag is { IsEndTag: false } && HtmlText.Attribute(tag, HtmlAttributeId.Id) is "appendonsend" or "divRplyFwdMsg")
            {
                break;
            }

            if (tag is { IsEndTag: false } && IsQuote(tag))
            {
                (quote, depth) = (tag.Id, 1);
                continue;
            }

            token.WriteTo(kept);
        }

        return kept.ToString();
    }

    private static bool IsQuote(HtmlTagToken tag) => tag.Id == HtmlTagId.BlockQuote
        || (HtmlText.Attribute(tag, HtmlAttributeId.Class) ?? "").Contains("gmail_quote", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*(-{2,}\s*Original Message\s*-{2,}|_{20,})\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex HeaderBlock();

    [GeneratedRegex(@"^On .+ wrote:\s*$")]
    private static partial Regex Attribution();
}
