using System.Text.Json.Serialization;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Tallies;

namespace BscFlow.Publishing.Data;

/// <summary>How a vote over options ended.</summary>
/// <param name="Summary">In sentences.</param>
/// <param name="Options">Names, in the order of the ballot.</param>
/// <param name="Order">Best first.</param>
/// <param name="Pairs">For Schulze: ballots that prefer the row's option to the column's, in the order of the ballot.</param>
/// <param name="Rounds">For counts that go by rounds.</param>
/// <param name="Lot">The seed of the lot by which ties were decided; null where none was.</param>
public sealed record OptionResultData(
    string Summary,
    IReadOnlyList<string> Options,
    IReadOnlyList<OptionPlaceData> Order,
    IReadOnlyList<string> Ties,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<long>>? Pairs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<OptionRoundData>? Rounds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Lot = null)
{
    public static OptionResultData Of(Tally tally, RankedResult result)
    {
        var all = Enumerable.Range(0, result.Options.Count).ToList();
        return new OptionResultData(
            OptionResultWords.Of(tally, result),
            [.. result.Options.Select(option => option.Name)],
            [
                .. result.Order.Select(option => new OptionPlaceData(
                    result.Options[option].Name,
                    OptionWords.Details(tally.Options!.Options[option]),
                    result.Winners.Contains(option),
                    RankedResultText.TotalOf(result, option))),
            ],
            [
                .. result.Ties.Select(tie =>
                    $"{OptionResultWords.Names(tie, result)}: decided by {tie.DecidedBy}"
                    + (tie.Decisive ? "" : ", and nothing hangs on it")),
            ],
            result.Pairs is { } pairs
                ? [.. all.Select(IReadOnlyList<long> (row) => [.. all.Select(column => pairs[row, column])])]
                : null,
            result.Rounds is { } rounds ? [.. rounds.Select(round => OptionRoundData.Of(round, result))] : null,
            result.Ties.Count > 0 && result.Rules.TieBreak is TieBreak.Lot lot ? lot.Seed : null);
    }
}

/// <param name="Total">Approvals or the mean of the scores, and of how many ballots, in words; null for methods that add nothing up.</param>
public sealed record OptionPlaceData(string Name, string Details, bool Wins, string? Total);

/// <param name="Votes">In the order of the ballot; null once an option is out.</param>
/// <param name="Shares">Of all ballots, for the picture.</param>
public sealed record OptionRoundData(
    int Number,
    IReadOnlyList<string?> Votes,
    [property: JsonIgnore] IReadOnlyList<decimal> Shares,
    string? Quota,
    string Exhausted,
    IReadOnlyList<string> Elected,
    string Did)
{
    public static OptionRoundData Of(CountRound round, RankedResult result) => new(
        round.Number,
        [.. round.Votes.Select(votes => votes?.ToString())],
        [.. round.Votes.Select(votes => Share(votes, result.Ballots))],
        round.Quota?.ToString(),
        round.Exhausted.ToString(),
        [.. round.Elected.Select(option => result.Options[option].Name)],
        round.Did);

    private static decimal Share(VoteAmount? votes, long ballots) =>
        votes is { } held && ballots > 0 ? (decimal)(held.Units * 10_000 / (held.UnitsOfOneVote * ballots)) / 10_000 : 0;
}
