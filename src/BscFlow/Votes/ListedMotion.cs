namespace BscFlow.Votes;

/// <summary>A motion as lists show it: how it stands, without its text and without who is asked.</summary>
public sealed record ListedMotion
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required Rule Rule { get; init; }

    public string? Mover { get; init; }

    public string? Seconder { get; init; }

    public required bool Secret { get; init; }

    public required DateTimeOffset Opened { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    public required MotionState State { get; init; }

    public DateTimeOffset? Closed { get; init; }

    public string? Reason { get; init; }

    public DateOnly? RatifiedOn { get; init; }

    public required bool HasOptions { get; init; }

    /// <summary>As in <see cref="Motion.BoxShut"/>.</summary>
    public DateTimeOffset? BoxShut { get; init; }

    /// <summary>As in <see cref="Motion.Counted"/>.</summary>
    public int? Counted { get; init; }

    /// <summary>How many are asked.</summary>
    public required int Voters { get; init; }
}
