using BscFlow.Mail;

namespace BscFlow.Votes;

/// <summary>What the clock must know of a motion that is not done with: no text and no electorate.</summary>
public sealed record PendingMotion
{
    /// <summary>
    /// Voters up to whom an early close is looked at after each ballot; of more, once in <see cref="LargeLook"/>.
    /// </summary>
    private const int Large = 1_000;

    private static readonly TimeSpan LargeLook = TimeSpan.FromHours(1);

    private static readonly TimeSpan LastReminder = TimeSpan.FromDays(1);

    public required string Id { get; init; }

    public required MotionState State { get; init; }

    public required MotionNews News { get; init; }

    public required DateTimeOffset Opened { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    public DateTimeOffset? EarliestClose { get; init; }

    public DateTimeOffset? RemindedUntil { get; init; }

    public DateTimeOffset? BoxShut { get; init; }

    public DateTimeOffset? LastBallot { get; init; }

    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>As in <see cref="Motion.Closed"/>.</summary>
    public DateTimeOffset? Closed { get; init; }

    /// <summary>How many are asked.</summary>
    public required int Voters { get; init; }

    public bool IsOpen => State is MotionState.Open;

    /// <summary>As in <see cref="Motion.NextReminder"/>.</summary>
    public DateTimeOffset? NextReminder => ReminderAfter(Opened, Deadline, RemindedUntil);

    /// <summary>As in <see cref="Motion.NextLook"/>.</summary>
    public DateTimeOffset? NextLook => IsOpen ? LookAfter(EarliestClose, LookedAt, LastBallot, Voters) : null;

    /// <summary>Each look waits until all mail is in that was received before what it looks at.</summary>
    internal static DateTimeOffset? LookAfter(
        DateTimeOffset? earliestClose, DateTimeOffset? lookedAt, DateTimeOffset? lastBallot, int voters)
    {
        if (earliestClose is not { } earliest || (lookedAt is not null && lastBallot is null))
        {
            return null;
        }

        var first = lookedAt is { } looked && voters > Large ? looked + LargeLook : earliest;
        var settled = (lastBallot > earliest ? lastBallot.Value : earliest) + CollectMail.Grace;
        return first > settled ? first : settled;
    }

    /// <summary>At half time, and a day before the end where that is later; null when both are over.</summary>
    internal static DateTimeOffset? ReminderAfter(DateTimeOffset opened, DateTimeOffset deadline, DateTimeOffset? remindedUntil)
    {
        var half = opened + ((deadline - opened) / 2);
        var last = deadline - LastReminder;
        return half > (remindedUntil ?? opened) ? half : last > half && last > remindedUntil ? last : null;
    }
}
