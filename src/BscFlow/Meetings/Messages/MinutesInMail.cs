using BscFlow.Minutes;
using Ganss.Xss;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BscFlow.Meetings.Messages;

/// <summary>Minutes as HTML that is safe to send: text, lists, tables and links, nothing that loads or runs.</summary>
internal static class MinutesInMail
{
    /// <summary>Below the mail's own headings.</summary>
    private const int FirstHeading = 3;

    private static readonly HtmlSanitizer Sanitizer = new(new HtmlSanitizerOptions
    {
        AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del",
            "ins", "mark", "sub", "sup", "a", "table", "thead", "tbody", "tr", "th", "td",
        },
        AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "start" },
        UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
    })
    {
        KeepChildNodes = true,
    };

    public static string ToHtml(string markdown)
    {
        var document = MinutesMarkdown.ParseWhole(markdown);
        var headings = document.Descendants<HeadingBlock>().ToList();
        var top = headings.Select(heading => heading.Level).DefaultIfEmpty(FirstHeading).Min();
        foreach (var heading in headings)
        {
            heading.Level = Math.Min(heading.Level - top + FirstHeading, 6);
        }

        // A picture would be loaded from elsewhere; as a link it is the reader's choice.
        foreach (var picture in document.Descendants<LinkInline>())
        {
            picture.IsImage = false;
        }

        return Sanitizer.Sanitize(MinutesMarkdown.ToHtml(document));
    }
}
