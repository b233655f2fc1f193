using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Calendars;

/// <summary>What a client may write into an event, and what becomes of it.</summary>
internal static class EventRules
{
    public static StoredEvent New(Mailbox mailbox, EventInput input, DateTimeOffset now)
    {
        var uid = Ids.NewKey();
        return Apply(
            new StoredEvent
            {
                Key = Ids.NewKey(),
                Id = Ids.New(),
                ICalUId = $"040000008200E00074C5B7101A82E008{uid.ToUpperInvariant()}",
                TransactionId = input.TransactionId,
                Created = now,
                Modified = now,
                IsOrganizer = true,
                Organizer = mailbox.AsRecipient,
                Start = GraphTime.Instant(input.Start, "start"),
                End = GraphTime.Instant(input.End, "end"),
                Response = new() { Response = ResponseType.Organizer },
            },
            input);
    }

    public static StoredEvent Apply(StoredEvent item, EventInput input)
    {
        var start = input.Start is null ? item.Start : GraphTime.Instant(input.Start, "start");
        var end = input.End is null ? item.End : GraphTime.Instant(input.End, "end");
        if (end < start)
        {
            throw GraphRefusal.BadRequest("EndDate is earlier than StartDate", "ErrorCalendarEndDateIsEarlierThanStartDate");
        }

        // At another time an answer given before says nothing.
        var moved = start != item.Start || end != item.End;
        var online = input.IsOnlineMeeting ?? item.IsOnlineMeeting;
        return item with
        {
            Subject = input.Subject ?? item.Subject,
            Body = input.Body ?? item.Body,
            Start = start,
            End = end,
            StartZone = input.Start?.TimeZone ?? item.StartZone,
            EndZone = input.End?.TimeZone ?? item.EndZone,
            Location = input.Location ?? (input.Locations is [var first, ..] ? first : item.Location),
            Attendees = Attendees(item, input.Attendees ?? item.Attendees, moved),
            AllowNewTimeProposals = input.AllowNewTimeProposals ?? item.AllowNewTimeProposals,
            HideAttendees = input.HideAttendees ?? item.HideAttendees,
            IsOnlineMeeting = online,
            JoinUrl = online ? item.JoinUrl ?? $"https://teams.microsoft.com/l/meetup-join/{item.Key}" : null,
            IsAllDay = input.IsAllDay ?? item.IsAllDay,
            IsReminderOn = input.IsReminderOn ?? item.IsReminderOn,
            ReminderMinutesBeforeStart = input.ReminderMinutesBeforeStart ?? item.ReminderMinutesBeforeStart,
            ResponseRequested = input.ResponseRequested ?? item.ResponseRequested,
            ShowAs = input.ShowAs ?? item.ShowAs,
            Sensitivity = input.Sensitivity ?? item.Sensitivity,
            Importance = input.Importance ?? item.Importance,
            Categories = input.Categories ?? item.Categories,
            ExtendedProperties = input.SingleValueExtendedProperties ?? item.ExtendedProperties,
        };
    }

    private static Attendee[] Attendees(StoredEvent item, IReadOnlyList<Attendee> given, bool moved) =>
    [
        .. given.Select(attendee => attendee with
        {
            Status = moved ? new() : item.Attendees.FirstOrDefault(old =>
                string.Equals(old.Address, attendee.Address, StringComparison.OrdinalIgnoreCase))?.Status ?? new(),
        }),
    ];
}
