namespace BscFlow.Actions;

/// <summary>What a person changed about an item beside the minutes: on the desk, on their own page, by mail.</summary>
/// <remarks>
/// It holds however often minutes of that day or before are read again. Minutes of a later day may say otherwise: the committee
/// has spoken of the item since.
/// </remarks>
public sealed record ActionEdit
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The same moment as a date in the committee's zone.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>As in the audit.</summary>
    public required string Who { get; init; }

    /// <summary>Null: as it was.</summary>
    public ActionState? State { get; init; }

    /// <summary>As in <see cref="ActionItem.Owners"/>; empty: nobody's. Null: as they were.</summary>
    public IReadOnlyList<string>? Owners { get; init; }

    /// <summary>Null: as it was.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>From then on it is due on no day.</summary>
    public bool Undated { get; init; }
}
