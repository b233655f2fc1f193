namespace BscFlow.Publishing;

/// <summary>Words of the minutes as pages show them.</summary>
public static class SiteText
{
    /// <summary>Characters of an address that can still be read at a glance.</summary>
    private const int LongestAddress = 60;

    /// <summary>With a capital at the start, unless the first word is spelled in a way of its own: eBPF, bpf@vger, v2.</summary>
    public static string Sentence(string text)
    {
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        var word = text.AsSpan(0, end < 0 ? text.Length : end).TrimEnd(",;:.");
        foreach (var character in word)
        {
            if (!char.IsLower(character) && character is not '-')
            {
                return text;
            }
        }

        return word.IsEmpty ? text : string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));
    }

    /// <summary>An address as people say it: no scheme, and not much of a long path.</summary>
    public static string Address(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        var text = url[(start < 0 ? 0 : start + 3)..].TrimEnd('/');
        return text.Length <= LongestAddress ? text : string.Concat(text.AsSpan(0, LongestAddress - 1), "…");
    }
}
