using Azure;
using BscFlow.Storage;

namespace BscFlow.Meetings;

public enum MeetingState
{
    /// <summary>On the books: numbered, and drafted when its time comes; to be held, or held without minutes so far.</summary>
    Ahead,

    /// <summary>Held, and its minutes were sent to the members for objections.</summary>
    Circulated,

    Published,

    Cancelled,
}

/// <summary>A meeting as the secretary follows it: one row of the Meetings table.</summary>
public sealed record Meeting
{
    public required string Committee { get; init; }

    /// <summary>Null only for a cancelled meeting without number.</summary>
    public required int? Number { get; init; }

    /// <summary>The number that a cancelled meeting gave back.</summary>
    public int? FormerNumber { get; init; }

    /// <summary>No two meetings of a committee start at the same moment, so that it names the meeting too.</summary>
    public required DateTimeOffset Start { get; init; }

    public required TimeSpan Length { get; init; }

    public bool Special { get; init; }

    public MeetingState State { get; init; }

    /// <summary>Id of the member in the chair.</summary>
    public string? Chair { get; init; }

    /// <summary>How often somebody else was put in the chair than the rotation proposed.</summary>
    public int ChairChanges { get; init; }

    /// <summary>Why it is held (special), or why not (cancelled).</summary>
    public string? Reason { get; init; }

    /// <summary>Id of the calendar event in Graph.</summary>
    public string? EventId { get; init; }

    public DateTimeOffset? DraftedAt { get; init; }

    public DateTimeOffset? AgendaSentAt { get; init; }

    public DateTimeOffset? RemindedAt { get; init; }

    public DateTimeOffset? MinutesAskedAt { get; init; }

    /// <summary>When the chair was asked a second time, and the secretaries were told.</summary>
    public DateTimeOffset? MinutesAskedAgainAt { get; init; }

    /// <summary>When somebody first wrote into the draft; before that it is the agenda.</summary>
    public DateTimeOffset? MinutesBegunAt { get; init; }

    /// <summary>When the minutes were first said to be written.</summary>
    public DateTimeOffset? MinutesSavedAt { get; init; }

    public DateTimeOffset? CirculatedAt { get; init; }

    /// <summary>Until when members can object to the minutes.</summary>
    public DateTimeOffset? ObjectionsUntil { get; init; }

    /// <summary>Ids of the mails that object to the minutes and are not settled: while there are any, publishing waits.</summary>
    public IReadOnlyList<string> Objections { get; init; } = [];

    /// <summary>When publishing began; from then on an objection is too late. The state says when it is done.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>ETag of the text that was published last; null where an older version of this program did.</summary>
    public string? PublishedText { get; init; }

    /// <summary>When its minutes were last looked at for motions that they ask for.</summary>
    public DateTimeOffset? MotionsProposedAt { get; init; }

    /// <summary>When the members were told that a cancelled meeting does not take place.</summary>
    public DateTimeOffset? CancellationToldAt { get; init; }

    /// <summary>Of the row as it was read.</summary>
    public ETag ETag { get; init; }

    public DateTimeOffset End => Start + Length;

    /// <summary>Key of the row, and what steps, mails and blobs call the meeting.</summary>
    public string Row => Number is { } number ? Keys.Meeting(number) : Keys.MeetingWithoutNumber(Start);
}
