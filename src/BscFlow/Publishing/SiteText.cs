using System.Text.RegularExpressions;

namespace BscFlow.Publishing;

/// <summary>Words of the minutes as pages show them.</summary>
public static partial class SiteText
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

    /// <summary>As everyone may read it: no program that collects mail addresses finds one, and people still read them.</summary>
    /// <remarks>A message's id in the path of an archive stays as it is, and so does what git takes for a remote.</remarks>
    public static string WithoutMailAddresses(string text) =>
        text.Contains('@', StringComparison.Ordinal) ? InMailAddress().Replace(text, " at ") : text;

    /// <summary>An address as people say it: no scheme, and not much of a long path.</summary>
    public static string Address(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        var text = url[(start < 0 ? 0 : start + 3)..].TrimEnd('/');
        return text.Length <= LongestAddress ? text : string.Concat(text.AsSpan(0, LongestAddress - 1), "…");
    }

    [GeneratedRegex(@"(?<=(?:^|[^\w.+\-/])[\w.+\-]{1,64})@(?=(?>[\w\-]+(?:\.[\w\-]+)+)(?!:[\w/~]))")]
    private static partial Regex InMailAddress();
}
