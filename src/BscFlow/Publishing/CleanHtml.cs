using System.Collections.Frozen;
using Ganss.Xss;

namespace BscFlow.Publishing;

/// <summary>Lets through no HTML but plain text markup and links to the web.</summary>
/// <remarks>
/// HtmlSanitizer is the judge, and takes ten times as long as everything else about a page. So what is of the one strict form in
/// which Markdig writes harmless markup is told by <see cref="IsPlain"/> and passed; all else goes to the sanitizer. The tests
/// hold that the sanitizer finds nothing in what is passed.
/// </remarks>
internal static class CleanHtml
{
    private static readonly string[] Tags =
    [
        "p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del", "ins",
        "mark", "sub", "sup", "a", "table", "thead", "tbody", "tr", "th", "td",
    ];

    private static readonly string[] Attributes = ["href", "title", "start", "id", "class"];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> PlainTags =
        Tags.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> PlainAttributes =
        Attributes.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Made when it is needed: making it takes as long as rendering hundreds of pages.</summary>
    private static readonly Lazy<HtmlSanitizer> Sanitizer = new(() => new HtmlSanitizer(new HtmlSanitizerOptions
    {
        AllowedTags = new HashSet<string>(Tags, StringComparer.OrdinalIgnoreCase),
        AllowedAttributes = new HashSet<string>(Attributes, StringComparer.OrdinalIgnoreCase),
        AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https" },
        UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        // Classes and ids come from here alone: raw HTML is off, and code blocks lose the class of their language.
    })
    {
        KeepChildNodes = true,
    });

    public static string Of(string html) => IsPlain(html) ? html : Sanitize(html);

    internal static string Sanitize(string html) => Sanitizer.Value.Sanitize(html);

    /// <summary>
    /// Whether there are only allowed tags in lower case, closed in order, with allowed attributes in double quotes, and links
    /// that begin with http:// or https://.
    /// </summary>
    internal static bool IsPlain(ReadOnlySpan<char> html)
    {
        var open = new Stack<string>();
        while (html.IndexOf('<') is >= 0 and var at)
        {
            html = html[(at + 1)..];
            var end = html.IndexOf('>');
            if (end < 0 || !IsPlainTag(html[..end], open))
            {
                return false;
            }

            html = html[(end + 1)..];
        }

        return open.Count == 0;
    }

    private static bool IsPlainTag(ReadOnlySpan<char> tag, Stack<string> open)
    {
        if (tag is ['/', ..])
        {
            return open.TryPop(out var last) && tag[1..].SequenceEqual(last);
        }

        if (tag is "br /" or "hr /")
        {
            return true;
        }

        var end = tag.IndexOf(' ');
        var name = end < 0 ? tag : tag[..end];
        if (!PlainTags.TryGetValue(name, out var known) || known is "br" or "hr")
        {
            return false;
        }

        open.Push(known);
        return end < 0 || HasPlainAttributes(tag[end..]);
    }

    private static bool HasPlainAttributes(ReadOnlySpan<char> attributes)
    {
        while (!attributes.IsEmpty)
        {
            var equals = attributes.IndexOf('=');
            if (attributes[0] != ' ' || equals < 0 || !PlainAttributes.TryGetValue(attributes[1..equals], out var name)
                || attributes[(equals + 1)..] is not ['"', ..])
            {
                return false;
            }

            attributes = attributes[(equals + 2)..];
            var close = attributes.IndexOf('"');
            if (close < 0 || attributes[..close].Contains('<') || (name == "href" && !IsOfTheWeb(attributes[..close])))
            {
                return false;
            }

            attributes = attributes[(close + 1)..];
        }

        return true;
    }

    private static bool IsOfTheWeb(ReadOnlySpan<char> address) =>
        address.StartsWith("https://", StringComparison.Ordinal) || address.StartsWith("http://", StringComparison.Ordinal);
}
