using System.Globalization;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Receiving;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>The fields of one option on a ballot: what stands in them, and what is wrong with it.</summary>
/// <param name="Option">Its place among the options of the vote, from 0.</param>
public sealed record OptionField(int Option, string Mark, string Assessment)
{
    public string? MarkError { get; init; }

    public string? AssessmentError { get; init; }

    internal bool IsWrong => MarkError is not null || AssessmentError is not null;

    /// <summary>The fields as a ballot fills them: ranked options in the order of the ballot, others in that of the vote.</summary>
    /// <param name="marks">Null: there is no ballot yet.</param>
    public static IReadOnlyList<OptionField> Of(OptionVote vote, IReadOnlyList<int>? marks, IReadOnlyList<string?> assessments) =>
    [
        .. Enumerable.Range(0, vote.Options.Count)
            .OrderBy(option => vote.Kind is BallotKind.Ranked && marks?[option] is >= 0 and var rank ? rank : int.MaxValue)
            .Select(option => new OptionField(
                option, Text(vote.Kind, marks?[option]), option < assessments.Count ? assessments[option] ?? "" : "")),
    ];

    private static string Text(BallotKind kind, int? mark) => mark switch
    {
        null => kind is BallotKind.YesNo ? "?" : kind is BallotKind.Approval ? "0" : "",
        Votes.Ranked.Mark.Unranked => "",
        Votes.Ranked.Mark.NoOpinion => kind is BallotKind.Score ? "" : "?",
        { } number => number.ToString(CultureInfo.InvariantCulture),
    };
}

/// <summary>A ballot over options, as a browser sends it: for each its option, its mark and its assessment.</summary>
/// <param name="Fields">What was sent, in the order of the form; null where the form was not whole.</param>
/// <param name="Marks">One an option; null where a field could not be read.</param>
internal sealed record OptionForm(IReadOnlyList<OptionField>? Fields, IReadOnlyList<int>? Marks)
{
    /// <summary>What is wrong, a sentence; null where nothing is. Each wrong field says it of itself as well.</summary>
    public string? Problem { get; private init; }

    public static OptionForm Read(OptionVote vote, IFormCollection form)
    {
        var (options, sent, written) = (form["option"], form["mark"], form["assessment"]);
        var fields = new List<OptionField>();
        var marks = new int[vote.Options.Count];
        for (var i = 0; i < options.Count; i++)
        {
            if (!int.TryParse(options[i], NumberStyles.None, CultureInfo.InvariantCulture, out var option)
                || option >= marks.Length
                || fields.Any(field => field.Option == option))
            {
                return NotWhole;
            }

            var mark = i < sent.Count ? sent[i]?.Trim() ?? "" : "";
            var assessment = i < written.Count ? written[i]?.ReplaceLineEndings("\n").Trim() ?? "" : "";
            var read = MarkOf(vote, mark);
            marks[option] = read ?? default;
            fields.Add(new OptionField(option, mark, assessment)
            {
                MarkError = read is null ? $"“{mark}” is nothing that can be counted." : null,
                AssessmentError = assessment.Length > AssessmentText.LongestOf(marks.Length)
                    ? $"That is longer than {AssessmentText.LongestOf(marks.Length)} characters." : null,
            });
        }

        if (fields.Count != marks.Length || sent.Count != marks.Length)
        {
            return NotWhole;
        }

        var wrong = fields.Where(field => field.IsWrong).Select(field => vote.Options[field.Option].Name).ToList();
        return wrong.Count == 0
            ? new OptionForm(fields, marks)
            : new OptionForm(fields, null) { Problem = $"Your ballot is not taken yet: look at what you gave for {string.Join(", ", wrong)}." };
    }

    /// <summary>
    /// Whether nothing was filled in where that is more likely forgotten than meant: no option has a rank, or none a score. Not to
    /// approve of any is an answer.
    /// </summary>
    public bool IsEmptyOf(OptionVote vote) =>
        vote.Kind is BallotKind.Ranked or BallotKind.Score && Fields?.All(field => field.Mark.Length == 0 && field.Assessment.Length == 0) == true;

    public PageBallot Ballot(string? comment) =>
        new(Vote.For, comment, MarkText.Write([.. Marks!]), AssessmentText.Write([.. Fields!.OrderBy(field => field.Option).Select(field => field.Assessment)]));

    public const string SomethingIsMissing = "Something was missing in the form; please fill it in again.";

    private static OptionForm NotWhole { get; } =
        new(null, null) { Problem = SomethingIsMissing };

    private static int? MarkOf(OptionVote vote, string text) => text switch
    {
        "?" => Mark.NoOpinion,
        "" => vote.Kind switch
        {
            BallotKind.Ranked => Mark.Unranked,
            BallotKind.Approval => 0,
            _ => Mark.NoOpinion,
        },
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mark)
            && vote.Takes([.. Enumerable.Repeat(mark, vote.Options.Count)]) => mark,
        _ => null,
    };
}
