using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Votes.Ranked.Ballots;

/// <summary>
/// Ranks: <c>1. B</c> or <c>[2] A</c> a line, <c>B &gt; A = C &gt; D</c>, or one option a line with the best first;
/// <c>no opinion: C, D</c> on a line of its own.
/// </summary>
internal static partial class RankedText
{
    public static void Read(IReadOnlyList<string> lines, OptionNames options, BallotDraft draft)
    {
        var ranked = lines.Where(line => !TryReadNoOpinion(line, options, draft)).ToList();
        if (ranked.Count == 0)
        {
            return;
        }

        if (ranked.All(line => RankedLine.IsMatch(line)))
        {
            ReadNumbered(ranked, options, draft);
        }
        else if (ranked.Any(line => line.Contains('>', StringComparison.Ordinal)))
        {
            ReadChain(string.Join(' ', ranked), options, draft);
        }
        else
        {
            foreach (var (place, line) in ranked.Index())
            {
                ReadTied(line, place + 1, options, draft);
            }
        }
    }

    private static void ReadNumbered(List<string> lines, OptionNames options, BallotDraft draft)
    {
        foreach (var line in lines)
        {
            var match = RankedLine.Match(line);
            var rank = match.Groups["rank"].ValueSpan;
            if (rank is [])
            {
                // [ ] or [-]: looked at and not ranked.
                SetAll(OptionsOf(match.Groups["options"].Value, options), Mark.Unranked, draft);
                continue;
            }

            var place = int.Parse(rank, NumberStyles.None, CultureInfo.InvariantCulture);
            if (place == 0)
            {
                throw new UnclearBallotException($"\"{line}\" has the rank 0, and the best one is 1");
            }

            SetAll(OptionsOf(match.Groups["options"].Value, options), place, draft);
        }
    }

    private static void ReadChain(string chain, OptionNames options, BallotDraft draft)
    {
        foreach (var (place, level) in chain.Split('>').Index())
        {
            ReadTied(level, place + 1, options, draft);
        }
    }

    private static void ReadTied(string level, int place, OptionNames options, BallotDraft draft)
    {
        if (options.Find(level) is not null || level.Contains('=', StringComparison.Ordinal))
        {
            SetAll(OptionsOf(level, options), place, draft);
            return;
        }

        throw new UnclearBallotException(level.Contains(',', StringComparison.Ordinal)
            ? $"\"{level.Trim()}\" may be an order or a tie; write B > A or B = A"
            : NotAnOption(level));
    }

    private static List<int> OptionsOf(string text, OptionNames options) =>
        options.Find(text) is { } one
            ? [one]
            : [.. TiedSign.Split(text).Select(name => options.Find(name) ?? throw new UnclearBallotException(NotAnOption(name)))];

    /// <summary>"no opinion: C, D", "abstain on C"; alone it is about all options.</summary>
    private static bool TryReadNoOpinion(string line, OptionNames options, BallotDraft draft)
    {
        if (NoOpinionLine.Match(line) is not { Success: true } match)
        {
            return false;
        }

        var names = match.Groups["options"].Value.Trim(' ', '.');
        SetAll(names.Length == 0 ? [.. Enumerable.Range(0, options.Count)] : OptionsOf(names, options), Mark.NoOpinion, draft);
        return true;
    }

    private static void SetAll(List<int> options, int mark, BallotDraft draft)
    {
        foreach (var option in options)
        {
            draft.Set(option, mark);
        }
    }

    public static string NotAnOption(string text) => $"\"{text.Trim()}\" is none of the options";

    [GeneratedRegex(@"^(?:\[\s*(?<rank>\d{0,4})-?\s*\]|#?(?<rank>\d{1,4})\s*[.):-])\s*(?<options>\S.*)$")]
    private static partial Regex RankedLine { get; }

    [GeneratedRegex(@"\s*[=,&]\s*|\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex TiedSign { get; }

    [GeneratedRegex(
        @"^(?:no opinion|abstain|abstention)(?:\s*:|\s+(?:on|about|to)\b)?\s*(?<options>.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex NoOpinionLine { get; }
}
