namespace BscFlow.Minutes;

/// <summary>A file of minutes: whatever stands before the first meeting, and the meetings in the file's order.</summary>
/// <param name="Text">The whole text as it was read; spans of the meetings point into it.</param>
public sealed record MinutesDocument(string Text, IReadOnlyList<MeetingMinutes> Meetings);

public enum MeetingStatus
{
    Held,
    Cancelled,
}

/// <summary>The minutes of one meeting as read: each fact with the line on which it stands (1-based).</summary>
public sealed record MeetingMinutes
{
    /// <summary>Where the section starts in <see cref="MinutesDocument.Text"/>, at its heading.</summary>
    public required int Offset { get; init; }

    /// <summary>Length of the section, up to the next meeting's heading or the end.</summary>
    public required int Length { get; init; }

    /// <summary>Line of the heading.</summary>
    public required int Line { get; init; }

    public int? Number { get; init; }

    public DateOnly? Date { get; init; }

    public MeetingStatus Status { get; init; }

    public int? DurationMinutes { get; init; }

    public IReadOnlyList<NamedPerson> Chairs { get; init; } = [];

    public IReadOnlyList<NamedPerson> Participants { get; init; } = [];

    public QuorumStatement? Quorum { get; init; }

    public IReadOnlyList<MinutedAction> ActionItems { get; init; } = [];

    public IReadOnlyList<MinutedDecision> Decisions { get; init; } = [];
}

/// <summary>A person as the minutes name them.</summary>
public sealed record NamedPerson(string Name, int Line, string? Affiliation = null);

/// <summary>What the minutes say of quorum.</summary>
public sealed record QuorumStatement(string Text, int Line, bool Present);

/// <summary>An action item as the minutes state it.</summary>
/// <param name="Owners">Names as written; empty when nobody is named.</param>
/// <param name="Carried">Said to come from an earlier meeting.</param>
public sealed record MinutedAction(int Line, IReadOnlyList<string> Owners, string Text, bool Done, bool Carried);

public enum DecisionKind
{
    Decision,
    Consensus,
    Vote,
}

public sealed record MinutedDecision(int Line, string Text, DecisionKind Kind);
