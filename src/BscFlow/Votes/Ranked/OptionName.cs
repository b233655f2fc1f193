using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Votes.Ranked;

/// <summary>What the name of an option says besides, in the way of <c>Ada Bell (Northlight) [12,000]</c>.</summary>
public static partial class OptionName
{
    /// <summary>
    /// Reads the affiliation in parentheses and the cost in brackets, each at the name's end; the name itself is kept whole.
    /// </summary>
    /// <exception cref="FormatException">What stands in the brackets has digits and is no cost.</exception>
    public static RankedOption Read(string name)
    {
        var match = Details.Match(name);
        var affiliation = match.Groups["affiliation"].Value.Trim();
        decimal cost = 0;
        if (match.Groups["cost"] is { Success: true } bracket && !TryReadCost(bracket.Value, out cost))
        {
            throw new FormatException($"\"{bracket.Value}\" in \"{name}\" is no cost; write 12,000 or 1200.50");
        }

        // "(@ada)" is a handle.
        return new RankedOption(name, affiliation is "" or ['@', ..] ? null : affiliation, cost);
    }

    /// <summary>
    /// Reads <c>12,000</c>, <c>12 000</c> or <c>1200.50</c>. A comma that parts no thousands is refused, not left out.
    /// </summary>
    public static bool TryReadCost(string text, out decimal cost)
    {
        cost = 0;
        return Cost.Match(text.Trim()) is { Success: true } match && decimal.TryParse(
            match.Groups["whole"].Value.Replace(match.Groups["part"].Value is { Length: > 0 } part ? part : ",", "", StringComparison.Ordinal)
                + match.Groups["rest"].Value,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out cost);
    }

    [GeneratedRegex(@"(?:\((?<affiliation>(?:[^()]|\([^()]*\))+)\)\s*)?(?:\[(?<cost>[\p{Sc}\s]*\d[^\[\]]*)\]\s*)?$")]
    private static partial Regex Details { get; }

    [GeneratedRegex(@"^(?<whole>\d{1,3}(?:(?<part>[, \u00A0\u202F'’])\d{3}(?:\k<part>\d{3})*)|\d+)(?<rest>\.\d+)?$")]
    private static partial Regex Cost { get; }
}
