using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Votes.Ranked;

/// <summary>What the name of an option says besides, in the way of <c>Ada Bell (Northlight) [12,000]</c>.</summary>
public static partial class OptionName
{
    /// <summary>
    /// Reads the affiliation in parentheses and the cost in brackets, each at the name's end; the name itself is kept whole.
    /// </summary>
    public static RankedOption Read(string name)
    {
        var match = Details.Match(name);
        var affiliation = match.Groups["affiliation"].Value.Trim();
        _ = TryReadCost(match.Groups["cost"].ValueSpan, out var cost);

        // "(@ada)" is a handle.
        return new RankedOption(name, affiliation is "" or ['@', ..] ? null : affiliation, cost);
    }

    /// <summary>Reads <c>12,000</c> or <c>1200.50</c>.</summary>
    public static bool TryReadCost(ReadOnlySpan<char> text, out decimal cost) => decimal.TryParse(
        text.Trim(), NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out cost);

    [GeneratedRegex(@"(?:\((?<affiliation>[^()]+)\)\s*)?(?:\[(?<cost>[\d,. ]+)\]\s*)?$")]
    private static partial Regex Details { get; }
}
