namespace BscFlow.Minutes;

/// <summary>A file of minutes: whatever stands before the first meeting, and the meetings in the file's order.</summary>
/// <param name="Text">The whole text as it was read; spans of the meetings point into it.</param>
public sealed record MinutesDocument(string Text, IReadOnlyList<MeetingMinutes> Meetings)
{
    /// <summary>What stands before the first meeting: a title, front matter; often nothing.</summary>
    public ReadOnlySpan<char> Preamble => Meetings is [var first, ..] ? Text.AsSpan(0, first.Offset) : Text;

    /// <summary>The text of one meeting, its heading included. Preamble and sections together are the whole text.</summary>
    public ReadOnlySpan<char> Section(MeetingMinutes meeting) => Text.AsSpan(meeting.Offset, meeting.Length);
}

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

    /// <summary>What starts the section: see <see cref="SectionStart"/>.</summary>
    internal string Mark { get; init; } = SectionStart.None;

    /// <summary>
    /// What the section is made of, as places in the text of its document; empty where only parsing the section by itself would tell.
    /// </summary>
    internal ReadOnlyMemory<TextBlock> Blocks { get; init; }

    public int? Number { get; init; }

    public DateOnly? Date { get; init; }

    public MeetingStatus Status { get; init; }

    public int? DurationMinutes { get; init; }

    /// <summary>Line of the duration's label, also where nothing is filled in; null where there is no label.</summary>
    public int? DurationLine { get; init; }

    public IReadOnlyList<NamedPerson> Chairs { get; init; } = [];

    /// <summary>Line of the chair's label, also where nothing is filled in; null where there is no label.</summary>
    public int? ChairLine { get; init; }

    /// <summary>Who was there, guests included, in the file's order and as written; a name written twice is here twice.</summary>
    public IReadOnlyList<NamedPerson> Participants { get; init; } = [];

    /// <summary>Line of the participants' label, also where nobody is listed; null where there is no label.</summary>
    public int? ParticipantsLine { get; init; }

    /// <summary>The first statement of it.</summary>
    public QuorumStatement? Quorum { get; init; }

    /// <summary>Line that says that there was a quorum no more ("Quorum lost: Joe left"), whatever was said before it.</summary>
    public int? QuorumLostLine { get; init; }

    public IReadOnlyList<MinutedAction> ActionItems { get; init; } = [];

    public IReadOnlyList<MinutedDecision> Decisions { get; init; } = [];
}

/// <summary>A person as the minutes name them.</summary>
/// <param name="Guest">Listed under a label for guests.</param>
/// <param name="Left">Said to have left before the end: "Joe Stringer (left early)".</param>
public sealed record NamedPerson(string Name, int Line, string? Affiliation = null, bool Guest = false, bool Left = false);

/// <summary>What the minutes say of this meeting's quorum.</summary>
/// <param name="Text">The statement without what follows it ("No quorum" of "No quorum - many were travelling").</param>
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
    Approval,
}

public sealed record MinutedDecision(int Line, string Text, DecisionKind Kind);
