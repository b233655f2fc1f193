namespace BscFlow.Mail;

/// <summary>Tells how far the warning goes that a gateway or Outlook put above a mail.</summary>
internal readonly ref struct ReplyBanner(string text, ReplyLines lines)
{
    /// <summary>Lines of a banner, and characters in all of them.</summary>
    private const int BannerLines = 6;

    private const int LongestBanner = 800;

    /// <summary>The first paragraph may be a warning that the sender never saw.</summary>
    public void Mark()
    {
        var first = lines.NextWritten(0);
        var end = first;
        while (end < lines.Count && end - first < BannerLines && lines[end].Kind == LineKind.Text)
        {
            end++;
        }

        if (end == first || (end < lines.Count && lines[end].Kind == LineKind.Text))
        {
            return;
        }

        var banner = text.AsSpan(lines[first].Start, lines[end - 1].End - lines[first].Start);
        if (banner.Length <= LongestBanner && GatewayWords.OpensBanner(banner) && banner.ContainsAny(GatewayWords.Banners))
        {
            end = EndOfBanner(first, end);
            for (var i = first; i < end; i++)
            {
                lines[i].Kind = LineKind.Banner;
            }
        }
    }

    /// <summary>
    /// Where the letter begins right below the warning, as a gateway puts them, without a blank line. A warning goes on as long
    /// as it speaks as one, or in the middle of a sentence.
    /// </summary>
    private int EndOfBanner(int first, int end)
    {
        var last = first;
        while (last + 1 < end && !lines.Of(last).ContainsAny(GatewayWords.Banners))
        {
            last++;
        }

        while (last + 1 < end && (lines.Of(last + 1).ContainsAny(GatewayWords.Warnings)
            || GoesOn(LineShape.Trim(lines.Of(last)), LineShape.Trim(lines.Of(last + 1)))))
        {
            last++;
        }

        return last + 1;
    }

    /// <summary>Whether a sentence goes on from a full line to the next one.</summary>
    private static bool GoesOn(ReadOnlySpan<char> line, ReadOnlySpan<char> next) =>
        line.Length >= ReplyBlocks.WrappedAt
        && line is not [.., '.' or '!' or '?' or ':' or ']' or '>' or ')' or '*']
        && !line.EndsWith(GatewayWords.LearnMore, StringComparison.OrdinalIgnoreCase)
        && char.IsLower(next[0]);
}
