using System.Text.Json.Serialization;
using BscFlow.Actions;
using BscFlow.Links;
using BscFlow.Minutes;

namespace BscFlow.Publishing.Data;

/// <summary>A meeting with published minutes: all that its page says beside the notes, and the file <c>.json</c> beside it.</summary>
public sealed record MeetingData
{
    /// <summary>Of the page, as in <see cref="SitePath"/>.</summary>
    public required string Path { get; init; }

    public required string Name { get; init; }

    public int? Number { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Of the file that it stands in.</summary>
    public required int Year { get; init; }

    public bool IsCancelled { get; init; }

    public int? DurationMinutes { get; init; }

    /// <summary>Names as written.</summary>
    public required IReadOnlyList<string> Chairs { get; init; }

    public required IReadOnlyList<PersonData> Participants { get; init; }

    /// <summary>Null where it cannot be told.</summary>
    public QuorumData? Quorum { get; init; }

    public required IReadOnlyList<DecisionData> Decisions { get; init; }

    public required IReadOnlyList<MeetingActionData> Actions { get; init; }

    /// <summary>Votes by mail that came of its minutes; null where none did.</summary>
    public IReadOnlyList<MotionSummary>? Motions { get; init; }

    public MeetingLink? Earlier { get; init; }

    public MeetingLink? Later { get; init; }

    /// <summary>Without the members that it takes: what was agreed there binds nobody.</summary>
    [JsonIgnore]
    public bool IsUnsettled { get; init; }
}

/// <summary>A meeting in a list of them.</summary>
/// <param name="Missed">The quorum, where it was not reached.</param>
/// <param name="Actions">How many action items it states.</param>
public sealed record MeetingSummary(
    string Path,
    string Name,
    DateOnly Date,
    bool IsCancelled,
    int? DurationMinutes,
    IReadOnlyList<string> Chairs,
    QuorumData? Missed,
    IReadOnlyList<DecisionData> Decisions,
    int Actions)
{
    public static MeetingSummary Of(MeetingData meeting) => new(
        meeting.Path,
        meeting.Name,
        meeting.Date,
        meeting.IsCancelled,
        meeting.DurationMinutes,
        meeting.Chairs,
        meeting.Quorum is { IsReached: false } missed ? missed : null,
        meeting.Decisions,
        meeting.Actions.Count);
}

/// <param name="Name">As written.</param>
public sealed record PersonData(string Name, string? Affiliation, bool Guest);

/// <param name="Present">Names of the members who were there.</param>
/// <param name="Absent">Names of the members who were not.</param>
public sealed record QuorumData(bool IsReached, IReadOnlyList<string> Present, IReadOnlyList<string> Absent, int Needed)
{
    /// <summary>It was there, and some left before the end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLost { get; init; }

    [JsonIgnore]
    public int InOffice => Present.Count + Absent.Count;

    /// <summary>For people: <c>4 of 6 members; quorum is 4</c>.</summary>
    [JsonIgnore]
    public string Explanation => $"{Present.Count} of {InOffice} members; quorum is {Needed}{(IsLost ? "; lost before the end" : "")}";
}

/// <param name="Anchor">On the page of its meeting.</param>
public sealed record DecisionData(string Anchor, string Text, DecisionKind Kind)
{
    /// <summary>Agreed without a quorum, or after it was lost: it binds nobody.</summary>
    public bool IsUnsettled { get; init; }
}

/// <summary>What the minutes state as an action item.</summary>
/// <param name="Id">Of the item in the register; null where it is not there.</param>
/// <param name="Owners">Names.</param>
/// <param name="Path">Where the register has it, with its anchor.</param>
public sealed record MeetingActionData(
    string? Id, string Text, IReadOnlyList<string> Owners, ActionState? State, DateOnly? Closed, string? Path)
{
    /// <summary>On the page of the meeting.</summary>
    [JsonIgnore]
    public string? Anchor => Id is null ? null : SitePath.ActionAnchor(Id);
}

/// <summary>A meeting, as other pages link to it.</summary>
public sealed record MeetingLink(string Path, string Name, DateOnly Date);
