using System.Text.RegularExpressions;

namespace BscFlow.Meetings;

/// <summary>Words under minutes that only agree.</summary>
internal static partial class AgreeingWords
{
    /// <param name="name">Of the sender, who may have signed with it.</param>
    public static bool Are(string written, string name)
    {
        var lines = written.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 0
            && Agreement.IsMatch(lines[0])
            && lines
                .Skip(1)
                .All(line => Greeting.IsMatch(line)
                    || name.Contains(line.Trim(',', '-', ' '), StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(
        @"^(?:\+1|yes|ok(?:ay)?|lgtm|agreed?|i agree|looks? good(?: to me)?|sounds good|all good|good|fine(?: with me)?|great|perfect|no objections?"
        + @"|approved?|ja|oui|s[ií]|thanks?(?: you)?(?: very much| a lot)?|thank you|merci|danke|gracias)"
        + @"(?:[,.!]*\s*(?:thanks?(?: you)?|thank you|all|everyone|from me|here))*[\s.!]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Agreement { get; }

    [GeneratedRegex(@"^(?:thanks?(?: you)?|thank you|cheers|best(?: regards)?|(?:kind )?regards|merci|danke)[\s,.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting { get; }
}
