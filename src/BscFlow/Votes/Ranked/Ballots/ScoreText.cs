using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Votes.Ranked.Ballots;

/// <summary>
/// Scores: <c>A: 7</c>, <c>A 7/10 - a strong team</c>, <c>[7] A</c>, a line each or several parted by commas; what stands
/// below such a line, until the next, is the assessment of its option.
/// </summary>
internal static partial class ScoreText
{
    public static OptionBallot Read(OptionText text, OptionNames options, BallotDraft draft)
    {
        // Assessments may have paragraphs: the ballot goes on behind blank lines as long as scores come.
        int? last = null;
        List<string> comment = [];
        foreach (var line in text.Comment is null ? text.Lines : [.. text.Lines, "", .. text.Comment.Split('\n')])
        {
            if (TryReadScores(line, options, draft) is { } option)
            {
                last = option;
            }
            else if (IsMeantAsScore(line, options))
            {
                throw new UnclearBallotException($"\"{line.Trim()}\" cannot be read as a score of an option");
            }
            else if (last is { } assessed)
            {
                draft.Assessments[assessed] = $"{draft.Assessments[assessed]}\n{line}".TrimStart();
            }
            else if (line.Trim().Length > 0)
            {
                comment.Add(line.Trim());
            }
        }

        if (comment.Count > 0 || last is null)
        {
            throw new UnclearBallotException($"\"{text.Lines[0]}\" gives no option a score");
        }

        return draft.Finish(comment: null);
    }

    /// <returns>The option that was scored last on this line; null when the line is no score.</returns>
    private static int? TryReadScores(string line, OptionNames options, BallotDraft draft)
    {
        List<Scored?> parts = [.. line.Split(',', ';').Select(part => TryReadScore(part, options))];
        if (parts.Count < 2 || parts.Exists(score => score is null or { Assessment: not null }))
        {
            // One score, whose assessment may have commas.
            parts = [TryReadScore(line, options)];
        }

        foreach (var part in parts)
        {
            if (part is not { } score)
            {
                return null;
            }

            if (score.Of is { } of && of != draft.Most)
            {
                throw new UnclearBallotException($"\"{line.Trim()}\" is a score of {of}, and scores go up to {draft.Most}");
            }

            draft.Set(score.Option, score.Score ?? Mark.NoOpinion);
            draft.Assessments[score.Option] ??= score.Assessment;
        }

        return parts[^1]!.Option;
    }

    private static Scored? TryReadScore(string text, OptionNames options)
    {
        foreach (var form in (ReadOnlySpan<Regex>)[ScoreBehind, ScoreBefore])
        {
            var match = form.Match(text.Trim());
            if (match.Success && options.Find(match.Groups["option"].Value) is { } option)
            {
                var assessment = match.Groups["assessment"].Value.Trim();
                return new Scored(
                    option,
                    NumberIn(match.Groups["score"]),
                    NumberIn(match.Groups["of"]),
                    assessment.Length == 0 ? null : assessment);
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a line that is no score was meant as one: it begins like the score of an option, or has the form of one. Taken for
    /// an assessment it would be published as what was written of another option.
    /// </summary>
    private static bool IsMeantAsScore(string line, OptionNames options)
    {
        line = line.Trim();
        return NumberLine.IsMatch(line)
            || BracketLine.IsMatch(line)
            || (OptionLine.Match(line) is { Success: true } match && options.Find(match.Groups["option"].Value) is not null);
    }

    private static int? NumberIn(Group group) =>
        group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(
        """
        ^(?<option>.+?)(?:\s*[:=]\s*|\s+-\s+|\s+)
        (?:(?<score>(?>\d{1,6}))(?:\s*/\s*(?<of>(?>\d{1,6})))?|no\ opinion|abstain)
        (?:(?:[-:;,.(](?!\d)|\s+[-:;,.(])\s*(?<assessment>.*))?$
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ScoreBehind { get; }

    [GeneratedRegex(@"^\[\s*(?<score>\d{1,6})\s*\]\s*(?<option>[^:]+?)(?:\s*:\s*(?<assessment>.*))?$")]
    private static partial Regex ScoreBefore { get; }

    /// <summary>"A: nine", "B = -3": an option, a sign, and anything; of an option.</summary>
    [GeneratedRegex(@"^(?<option>[^:=]{1,250}?)\s*(?:[:=]|\s-?\d+(?:[.,/]\d+)*$)")]
    private static partial Regex OptionLine { get; }

    /// <summary>"Anything: 7/10": an option that is misspelt, or a score that is no whole number.</summary>
    [GeneratedRegex(@"^[^:=]{1,250}?\s*[:=]\s*-?\d+(?:[.,]\d+)?(?:\s*/\s*\d+)?$")]
    private static partial Regex NumberLine { get; }

    [GeneratedRegex(@"^\[[^\]]{0,10}\]\s*\S")]
    private static partial Regex BracketLine { get; }

    /// <param name="Score">Null: no opinion.</param>
    /// <param name="Of">The highest score, where the voter says so.</param>
    private sealed record Scored(int Option, int? Score, int? Of, string? Assessment);
}
