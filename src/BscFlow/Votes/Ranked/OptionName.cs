using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Votes.Ranked;

/// <summary>What the name of an option says besides, in the way of <c>Ada Bell (Northlight) [12,000]</c>.</summary>
public static partial class OptionName
{
    /// <summary>Reads the affiliation in parentheses and the cost in brackets, each at the name's end; the name itself is kept whole.</summary>
    public static RankedOption Read(string name)
    {
        var match = Details.Match(name);
        var affiliation = match.Groups["affiliation"] is { Success: true } found && found.Value is not ['@', ..] ? found.Value.Trim() : null;
        _ = decimal.TryParse(
            match.Groups["cost"].ValueSpan,
            NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingWhite,
            CultureInfo.InvariantCulture,
            out var cost);
        return new RankedOption(name, affiliation, cost);
    }

    [GeneratedRegex(@"(?:\((?<affiliation>[^()]+)\)\s*)?(?:\[(?<cost>[\d,. ]+)\]\s*)?$")]
    private static partial Regex Details { get; }
}
