using Ganss.Xss;
using Markdig;
using Markdig.Syntax;

namespace BscFlow.Mail.Messages;

/// <summary>Markdown that people wrote, as HTML that is safe to send: text, lists, tables and links, nothing that loads or runs.</summary>
internal static class SafeMarkdown
{
    // Below the mail's own headings.
    private const int FirstHeading = 3;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseAutoLinks()
        .UseEmphasisExtras()
        .Build();

    private static readonly HtmlSanitizer Sanitizer = new(new HtmlSanitizerOptions
    {
        AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del", "a",
            "table", "thead", "tbody", "tr", "th", "td",
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
        var document = Markdown.Parse(markdown, Pipeline);
        var top = document.Descendants<HeadingBlock>().Select(heading => heading.Level).DefaultIfEmpty(FirstHeading).Min();
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            heading.Level = Math.Min(heading.Level - top + FirstHeading, 6);
        }

        return Sanitizer.Sanitize(document.ToHtml(Pipeline));
    }
}
