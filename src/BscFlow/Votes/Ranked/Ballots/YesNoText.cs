using System.Text.RegularExpressions;
using BscFlow.Mail;

namespace BscFlow.Votes.Ranked.Ballots;

/// <summary>
/// Yes, no or abstain to each: <c>A yes, B no</c>, <c>A: +1</c> a line, <c>yes to the top three, abstain on four and five</c>,
/// <c>no to the rest</c>.
/// </summary>
internal static partial class YesNoText
{
    public static void Read(IReadOnlyList<string> lines, OptionNames options, BallotDraft draft)
    {
        foreach (var line in lines)
        {
            if (BallotWords.VoteOf(PlainLine.Of(line)) is { } all && options.Find(line) is null)
            {
                // A vote alone is about every option that nothing else was said of.
                Set(Rest(options, draft), all, draft);
                continue;
            }

            Vote? vote = null;
            foreach (var part in Clause.Split(line).Where(part => part.Trim(' ', '.').Length > 0))
            {
                vote = ReadPart(part.Trim(), vote, options, draft);
            }
        }
    }

    /// <param name="before">The vote of the part before, which a part without one goes on with: "yes to A, B and C".</param>
    private static Vote? ReadPart(string part, Vote? before, OptionNames options, BallotDraft draft)
    {
        if (VoteFirst.Match(part) is { Success: true } first && VoteOf(first) is { } said)
        {
            Set(Mentioned(first.Groups["options"].Value, options, draft), said, draft);
            return said;
        }

        if (VoteLast.Match(part) is { Success: true } last
            && VoteOf(last) is { } told
            && TryMentioned(last.Groups["options"].Value, options, draft) is { } found)
        {
            Set(found, told, draft);
            return null;
        }

        if (before is { } same && TryMentioned(part, options, draft) is { } more)
        {
            Set(more, same, draft);
            return same;
        }

        throw new UnclearBallotException($"\"{part}\" is no vote on an option");
    }

    private static Vote? VoteOf(Match match) => BallotWords.VoteOf(PlainLine.Of(match.Groups["vote"].Value));

    private static List<int> Mentioned(string text, OptionNames options, BallotDraft draft) =>
        TryMentioned(text, options, draft) ?? throw new UnclearBallotException(RankedText.NotAnOption(text));

    private static List<int>? TryMentioned(string text, OptionNames options, BallotDraft draft)
    {
        if (options.Find(text, numbers: true) is { } one)
        {
            return [one];
        }

        if (Rests.IsMatch(text))
        {
            return Rest(options, draft);
        }

        if (TopOrBottom.Match(text) is { Success: true } some
            && OptionNames.NumberOf(some.Groups["number"].Value) is { } number
            && number <= options.Count)
        {
            var from = some.Groups["last"].Success ? options.Count - number : 0;
            return [.. Enumerable.Range(from, number)];
        }

        List<int> found = [];
        foreach (var name in And.Split(text))
        {
            if (options.Find(name, numbers: true) is not { } option)
            {
                return null;
            }

            found.Add(option);
        }

        return found;
    }

    private static List<int> Rest(OptionNames options, BallotDraft draft) =>
        [.. Enumerable.Range(0, options.Count).Where(option => !draft.IsMarked(option))];

    private static void Set(List<int> options, Vote vote, BallotDraft draft)
    {
        foreach (var option in options)
        {
            draft.Set(option, vote switch
            {
                Vote.For => 1,
                Vote.Against => 0,
                _ => Mark.NoOpinion,
            });
        }
    }

    [GeneratedRegex(@"\s*[,;]\s*(?:and\s+)?|\s+and\s+(?=(?:yes|no|nay|aye|abstain|\+1|-1)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Clause { get; }

    [GeneratedRegex(
        @"^(?:I\s+(?:vote\s+)?)?(?<vote>\S+)\s*(?::|\s(?:to|on|for|from)\b)\s*(?<options>\S.*?)\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex VoteFirst { get; }

    [GeneratedRegex(@"^(?<options>.+?)\s*(?::|-(?=\s)|\s)\s*(?<vote>[+-]?\S+)$", RegexOptions.IgnoreCase)]
    private static partial Regex VoteLast { get; }

    [GeneratedRegex(
        @"^(?:the\s+)?(?:rest|others?|remaining(?:\s+ones)?|all(?:\s+others)?|everything(?:\s+else)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Rests { get; }

    [GeneratedRegex(@"^(?:the\s+)?(?:top|first|(?<last>last|bottom))\s+(?<number>\w+)$", RegexOptions.IgnoreCase)]
    private static partial Regex TopOrBottom { get; }

    [GeneratedRegex(@"\s+and\s+|\s*&\s*", RegexOptions.IgnoreCase)]
    private static partial Regex And { get; }
}
