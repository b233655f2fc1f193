using System.Text.RegularExpressions;

namespace BscFlow.Votes.Ranked.Ballots;

/// <summary>Approvals: <c>A, C</c>, <c>I approve A and C</c>, one a line, <c>[x] A</c>, <c>all</c>, <c>none</c>.</summary>
internal static partial class ApprovalText
{
    public static void Read(IReadOnlyList<string> lines, OptionNames options, BallotDraft draft)
    {
        foreach (var line in lines)
        {
            if (CheckedLine.Match(line) is { Success: true } box)
            {
                draft.Set(Find(box.Groups["options"].Value, options), box.Groups["box"].Value.Trim().Length > 0 ? 1 : 0);
                continue;
            }

            var rest = Verb.Replace(line, "", 1).Trim().TrimEnd('.');
            var all = rest.Equals("all", StringComparison.OrdinalIgnoreCase);
            if (all || rest.Equals("none", StringComparison.OrdinalIgnoreCase))
            {
                for (var option = 0; option < options.Count; option++)
                {
                    draft.Set(option, all ? 1 : 0);
                }

                continue;
            }

            string[] names = options.Find(rest) is null ? Separator.Split(rest) : [rest];
            foreach (var name in names)
            {
                draft.Set(Find(name, options), 1);
            }
        }
    }

    private static int Find(string name, OptionNames options) =>
        options.Find(name) ?? throw new UnclearBallotException(RankedText.NotAnOption(name));

    [GeneratedRegex(@"^\[(?<box>\s*[xX✓✔]?\s*)\]\s*(?<options>\S.*)$")]
    private static partial Regex CheckedLine { get; }

    [GeneratedRegex(@"^(?:(?:I\s+)?approve(?:s|d)?(?:\s+of)?|yes(?:\s+to)?|\+1(?:\s+to)?|for)\s*:?\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Verb { get; }

    [GeneratedRegex(@"\s*[,;&]\s*(?:and\s+)?|\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Separator { get; }
}
