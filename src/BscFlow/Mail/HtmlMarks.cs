using MimeKit.Text;

namespace BscFlow.Mail;

/// <summary>What a tag means for the text inside it.</summary>
/// <param name="Quotes">Somebody else's words.</param>
/// <param name="Hides">Not seen, or a signature.</param>
/// <param name="OpensOriginal">From here on everything is the original, up to the end of the body.</param>
internal readonly record struct HtmlMeaning(bool Quotes, bool Hides, bool OpensOriginal);

/// <summary>
/// Knows which tags break lines, and by which classes, ids and styles the common clients mark what they quote or append.
/// </summary>
internal static class HtmlMarks
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "div", "tr", "table", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre",
        "section", "article", "header", "footer", "main", "aside", "address", "form", "fieldset", "center", "figure", "body",
    };

    /// <summary>Blocks that a blank line sets apart.</summary>
    private static readonly HashSet<string> Paragraphs = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6",
    };

    private static readonly HashSet<string> Unseen = new(StringComparer.OrdinalIgnoreCase)
    {
        "head", "title", "script", "style", "template", "noscript", "object", "svg", "select", "textarea",
    };

    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    };

    /// <summary>Classes and ids (or their beginnings) of what a client quotes, in a block of its own.</summary>
    private static readonly string[] QuoteBlocks =
    [
        "yahoo_quoted", "protonmail_quote", "moz-cite-prefix", "tutanota_quote",
        "zmail_extra", "OLK_SRC_BODY_SECTION", "mailcontainerquote",
    ];

    /// <summary>Classes and ids of a mark below which everything is the original, up to the end of the body.</summary>
    private static readonly string[] QuoteMarks =
    [
        "divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container",
        "ms-outlook-mobile-reference-message", "stopSpelling",
    ];

    private static readonly string[] Signatures =
        ["gmail_signature", "moz-signature", "ms-outlook-mobile-signature", "protonmail_signature_block", "Signature"];

    public static bool IsBlock(string tag) => Blocks.Contains(tag);

    public static bool IsParagraph(string tag) => Paragraphs.Contains(tag);

    /// <summary>Whether the tag has no content and no end.</summary>
    public static bool IsVoid(string tag) => Void.Contains(tag);

    /// <summary>What a tag's name, class, id and style say about its content.</summary>
    public static HtmlMeaning Of(HtmlTagToken tag)
    {
        var quotes = tag.Name.Equals("blockquote", StringComparison.OrdinalIgnoreCase);
        var hides = Unseen.Contains(tag.Name);
        var opensOriginal = false;
        foreach (var attribute in tag.Attributes)
        {
            var value = attribute.Value ?? "";
            switch (attribute.Id)
            {
                case HtmlAttributeId.Class or HtmlAttributeId.Id:
                    quotes |= Mentions(value, QuoteBlocks);
                    hides |= Mentions(value, Signatures);
                    opensOriginal |= Mentions(value, QuoteMarks);
                    break;
                case HtmlAttributeId.Style:
                    var style = value.Replace(" ", "", StringComparison.Ordinal);
                    hides |= style.Contains("display:none", StringComparison.OrdinalIgnoreCase)
                        || style.Contains("mso-hide:all", StringComparison.OrdinalIgnoreCase)
                        || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase);

                    // Outlook on the desktop draws this line above the header block of the original.
                    opensOriginal |= style.StartsWith("border:none;border-top:solid", StringComparison.OrdinalIgnoreCase)
                        && style.Contains("padding:3.0pt0", StringComparison.OrdinalIgnoreCase);
                    break;
                case HtmlAttributeId.Unknown when attribute.Name.Equals("hidden", StringComparison.OrdinalIgnoreCase):
                    hides = true;
                    break;
                default:
                    break;
            }
        }

        return new HtmlMeaning(quotes, hides, opensOriginal);
    }

    private static bool Mentions(string value, string[] names)
    {
        foreach (var name in names)
        {
            var at = value.IndexOf(name, StringComparison.Ordinal);
            var starts = at == 0 || at > 0 && value[at - 1] is ' ' or '_';
            if (starts && (name != "Signature" || value is "Signature" or "x_Signature"))
            {
                return true;
            }
        }

        return false;
    }
}
