namespace BscFlow.Votes.Ranked;

/// <summary>Counts approvals.</summary>
/// <remarks>
/// Each mark above 0 approves, so that of a ranked ballot all options approve that it ranks.
/// </remarks>
internal sealed class ApprovalCount(CountRules rules, int options) : BallotCount(rules, options)
{
    private readonly long[] _approvals = new long[options];
    private readonly long[] _ballots = new long[options];

    protected override RankedResult Finish(IReadOnlyList<RankedOption> options) =>
        Seating.Of(Rules, options, Ballots, Places(), kept: Refusal) with
        {
            Totals = [.. _approvals.Select((total, option) => new OptionTotal(total, _ballots[option]))],
        };

    protected override void Take(ReadOnlySpan<int> marks, long weight)
    {
        for (var option = 0; option < marks.Length; option++)
        {
            _approvals[option] += marks[option] > 0 ? weight : 0;
            _ballots[option] += marks[option] == Mark.NoOpinion ? 0 : weight;
        }
    }

    private string? Refusal(int option) =>
        _approvals[option] == 0 ? "is approved on no ballot"
        : Rules.MoreYesThanNo && _approvals[option] * 2 <= _ballots[option] ? "has no more for it than against it"
        : null;

    private IEnumerable<IReadOnlyList<int>> Places() =>
        Enumerable.Range(0, Options)
            .GroupBy(option => _approvals[option])
            .OrderByDescending(place => place.Key)
            .Select(IReadOnlyList<int> (place) => [.. place]);
}
