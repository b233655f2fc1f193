using System.Text.RegularExpressions;

namespace BscFlow.Publishing;

/// <summary>
/// What people wrote, as the archive hands it out to everyone: their text to the letter, but for mail addresses, which are spelled as
/// on the pages, and for links that carry one, which lead where they lead without it. What is stored stays as it was written.
/// </summary>
internal static partial class SourceText
{
    public static ReadOnlyMemory<char> Of(ReadOnlyMemory<char> markdown) =>
        markdown.Span.ContainsAny('@', '%') ? Of(markdown.ToString()).AsMemory() : markdown;

    /// <inheritdoc cref="Of(ReadOnlyMemory{char})"/>
    public static string Of(string markdown)
    {
        var text = markdown.Contains("://", StringComparison.Ordinal)
            ? LinkWithAddress().Replace(markdown, link => WebAddress.Of(link.Value))
            : markdown;
        return SiteText.WithoutMailAddresses(text);
    }

    [GeneratedRegex(
        @"https?://[^\s<>()\[\]""?#]*[?#][^\s<>()\[\]""]*(?:@|%(?:25)*40)[^\s<>()\[\]""]*",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex LinkWithAddress();
}
