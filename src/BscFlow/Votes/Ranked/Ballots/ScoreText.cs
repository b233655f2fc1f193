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
                int? score = match.Groups["score"] is { Success: true } number
                    ? int.Parse(number.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
                    : null;
                return new Scored(option, score, assessment.Length == 0 ? null : assessment);
            }
        }

        return null;
    }

    [GeneratedRegex(
        """
        ^(?<option>.+?)(?:\s*[:=]\s*|\s+-\s+|\s+)
        (?:(?<score>\d{1,6})(?:\s*/\s*\d+)?|no\ opinion|abstain)
        (?:\s*[-:;,.(]\s*(?<assessment>.*))?$
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ScoreBehind { get; }

    [GeneratedRegex(@"^\[\s*(?<score>\d{1,6})\s*\]\s*(?<option>[^:]+?)(?:\s*:\s*(?<assessment>.*))?$")]
    private static partial Regex ScoreBefore { get; }

    /// <param name="Score">Null: no opinion.</param>
    private sealed record Scored(int Option, int? Score, string? Assessment);
}
