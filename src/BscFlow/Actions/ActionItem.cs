namespace BscFlow.Actions;

public enum ActionState
{
    Open,
    Done,
    Dropped,
}

/// <summary>A task that somebody took on, followed from the minutes that first state it.</summary>
public sealed record ActionItem
{
    /// <summary>Stable: meeting number (or date) and a running number, such as <c>0055-2</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Member ids where the name is a member's, otherwise the name as written.</summary>
    public required IReadOnlyList<string> Owners { get; init; }

    public required string Text { get; init; }

    public ActionState State { get; init; }

    /// <summary>Number of the meeting that first stated it; null for a meeting without number.</summary>
    public int? Meeting { get; init; }

    /// <summary>Date of the meeting that first stated it.</summary>
    public required DateOnly Opened { get; init; }

    /// <summary>Line in that meeting's year file.</summary>
    public int? Line { get; init; }

    public DateOnly? Closed { get; init; }

    public DateOnly? Due { get; init; }

    /// <summary>Date of the last meeting whose minutes speak of it.</summary>
    public required DateOnly LastSeen { get; init; }
}
