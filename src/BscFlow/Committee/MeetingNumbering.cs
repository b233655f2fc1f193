namespace BscFlow.Committee;

/// <summary>A number that a meeting was given.</summary>
/// <param name="Cancelled">The meeting did not take place.</param>
public readonly record struct UsedNumber(int Number, bool Cancelled);

/// <summary>Which number the next meeting gets.</summary>
public static class MeetingNumbering
{
    /// <summary>
    /// One more than the highest number ever used, so that a gap is never filled. A cancelled meeting has used its number only
    /// where <see cref="MeetingRules.CancelledKeepsNumber"/> says so; otherwise the next meeting may take it.
    /// </summary>
    public static int Next(MeetingRules rules, IEnumerable<UsedNumber> used) =>
        used.Where(number => rules.CancelledKeepsNumber || !number.Cancelled)
            .Select(number => number.Number)
            .DefaultIfEmpty()
            .Max() + 1;
}
