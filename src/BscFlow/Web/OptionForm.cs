using System.Globalization;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>
/// The fields of a ballot over options, as a browser sends them: for each its option, its mark and its assessment.
/// </summary>
/// <param name="Marks">One an option; null where a field could not be read.</param>
/// <param name="Assessments">One an option.</param>
/// <param name="Problem">What is wrong, a sentence; null where nothing is.</param>
internal sealed record OptionForm(IReadOnlyList<int>? Marks, IReadOnlyList<string?> Assessments, string? Problem)
{
    public static OptionForm Read(OptionVote vote, IFormCollection form)
    {
        var options = form["option"];
        var sent = form["mark"];
        var written = form["assessment"];
        int[] marks = new int[vote.Options.Count];
        string?[] assessments = new string?[vote.Options.Count];
        Array.Fill(marks, int.MinValue);
        if (options.Count != marks.Length || sent.Count != marks.Length)
        {
            return new OptionForm(null, assessments, "Something was missing in the form; please fill it in again.");
        }

        for (var i = 0; i < marks.Length; i++)
        {
            if (!int.TryParse(options[i], NumberStyles.None, CultureInfo.InvariantCulture, out var option)
                || option >= marks.Length
                || marks[option] != int.MinValue)
            {
                return new OptionForm(null, assessments, "Something was missing in the form; please fill it in again.");
            }

            if (MarkOf(vote, sent[i]?.Trim() ?? "") is not { } mark)
            {
                return new OptionForm(
                    null, assessments, $"\"{sent[i]}\" for {vote.Options[option].Name} is nothing that can be counted.");
            }

            marks[option] = mark;
            assessments[option] = i < written.Count ? written[i]?.ReplaceLineEndings("\n").Trim() : null;
        }

        return new OptionForm(marks, assessments, null);
    }

    public PageBallot Ballot(string? comment) =>
        new(Vote.For, comment, MarkText.Write(Marks!), AssessmentText.Write(Assessments));

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
