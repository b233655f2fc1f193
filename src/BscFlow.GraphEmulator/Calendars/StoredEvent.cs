using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Calendars;

/// <summary>An entry of a calendar: the organizer's own, or an attendee's copy of it.</summary>
internal sealed record StoredEvent
{
    public required string Key { get; init; }

    public required string Id { get; init; }

    /// <summary>The same for the organizer and for every attendee.</summary>
    public required string ICalUId { get; init; }

    public string? TransactionId { get; init; }

    public long Changed { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Modified { get; init; }

    public required bool IsOrganizer { get; init; }

    public required Recipient Organizer { get; init; }

    public string Subject { get; init; } = "";

    public ItemBody Body { get; init; } = ItemBody.Empty;

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public string StartZone { get; init; } = "UTC";

    public string EndZone { get; init; } = "UTC";

    public bool IsAllDay { get; init; }

    public Location? Location { get; init; }

    public IReadOnlyList<Attendee> Attendees { get; init; } = [];

    /// <summary>What the owner of this calendar answered.</summary>
    public required ResponseStatus Response { get; init; }

    public bool IsCancelled { get; init; }

    public bool IsOnlineMeeting { get; init; }

    public string? JoinUrl { get; init; }

    public bool AllowNewTimeProposals { get; init; } = true;

    public bool HideAttendees { get; init; }

    public bool ResponseRequested { get; init; } = true;

    public string ShowAs { get; init; } = "busy";

    public string Sensitivity { get; init; } = "normal";

    public Importance Importance { get; init; } = Importance.Normal;

    public IReadOnlyList<string> Categories { get; init; } = [];

    public bool IsReminderOn { get; init; } = true;

    public int ReminderMinutesBeforeStart { get; init; } = 15;

    public IReadOnlyList<SingleValueExtendedProperty> ExtendedProperties { get; init; } = [];

    /// <summary>SEQUENCE of RFC 5545: grows with every change that the attendees are told of.</summary>
    public int Revision { get; init; }
}
