using System.Globalization;
using System.Text;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Storage;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Calendar = Ical.Net.Calendar;

namespace BscFlow.Publishing;

/// <summary>The meetings of the last and the next year, to subscribe to: RFC 5545.</summary>
/// <remarks>
/// An event is named by its start, which no two meetings of a committee share, so that a date of the calendar keeps its UID when it
/// is drafted and numbered. The file that stands is what it remembers by: an event that changed has the next SEQUENCE, and one that
/// was announced and is gone stays, as cancelled, until its time is over.
/// </remarks>
internal static class CalendarFile
{
    private const int DaysAround = 366;

    public static byte[] Write(SiteMap map, byte[]? before)
    {
        var known = Known(before);
        var now = map.Archive.Now;
        var events = Events(map).ToDictionary(meeting => meeting.Uid!, StringComparer.Ordinal);
        foreach (var gone in known.Values.Where(old => !events.ContainsKey(old.Uid!) && old.DtStart!.AsUtc > now.UtcDateTime))
        {
            gone.Status = EventStatus.Cancelled;
            events.Add(gone.Uid!, gone);
        }

        var calendar = new Calendar { ProductId = "-//BscFlow//Committee calendar//EN" };
        calendar.AddProperty("X-WR-CALNAME", map.Charter.Name);
        calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
        foreach (var meeting in events.Values.OrderBy(meeting => meeting.DtStart!.AsUtc))
        {
            Date(meeting, known.GetValueOrDefault(meeting.Uid!), now);
            calendar.Events.Add(meeting);
        }

        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!);
    }

    private static IEnumerable<CalendarEvent> Events(SiteMap map)
    {
        var (from, to) = (map.Archive.Now.AddDays(-DaysAround), map.Archive.Now.AddDays(DaysAround));
        HashSet<DateTimeOffset> known = [];
        foreach (var meeting in map.Archive.Meetings.Where(meeting => meeting.Start >= from && meeting.Start <= to))
        {
            known.Add(meeting.Start);
            yield return Event(map, meeting);
        }

        foreach (var occurrence in MeetingCalendar.Of(map.Charter).Between(map.Archive.Now, to))
        {
            if (known.Add(occurrence.Start))
            {
                yield return Event(map, new Meeting
                {
                    Committee = map.Charter.Id,
                    Number = null,
                    Start = occurrence.Start,
                    Length = occurrence.Length,
                    State = occurrence.Cancelled ? MeetingState.Cancelled : MeetingState.Ahead,
                });
            }
        }
    }

    private static CalendarEvent Event(SiteMap map, Meeting meeting)
    {
        var charter = map.Charter;
        var page = meeting.Number is { } number ? SitePath.Meeting(number, charter.DayOf(meeting)) : null;
        var cancelled = meeting.State is MeetingState.Cancelled;
        var called = new CalendarEvent
        {
            Uid = $"{Keys.Instant(meeting.Start)}.{charter.Id}@{charter.MailboxDomain}",
            DtStart = new CalDateTime(meeting.Start.UtcDateTime),
            DtEnd = new CalDateTime(meeting.End.UtcDateTime),
            Summary = meeting.Number is null ? charter.Name : $"{charter.Name}, {meeting.Title()}",
            Description = string.Join('\n', Words(map, meeting)) is { Length: > 0 } words ? words : null,
            Location = charter.Meetings.Place,
            Status = cancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
        };
        if (page is not null && map.Archive.Address is { } address)
        {
            called.Url = new Uri(address, page);
        }

        return called;
    }

    private static IEnumerable<string> Words(SiteMap map, Meeting meeting)
    {
        if (meeting.Reason is { } reason)
        {
            yield return reason;
        }

        if (meeting.Chair is { } chair && meeting.State is not MeetingState.Cancelled)
        {
            yield return $"{map.OwnerName(chair)} in the chair";
        }
    }

    /// <summary>Dates an event as it was, or as changed now.</summary>
    private static void Date(CalendarEvent meeting, CalendarEvent? old, DateTimeOffset now)
    {
        if (old is not null && ReferenceEquals(meeting, old))
        {
            // Kept only because it was announced; the first time that it is gone it changes.
            if (old.Properties["X-BSCFLOW-GONE"] is null)
            {
                old.AddProperty("X-BSCFLOW-GONE", "TRUE");
                (meeting.Sequence, meeting.DtStamp) = (old.Sequence + 1, Stamp(now));
            }
        }
        else if (old is not null && Says(old) == Says(meeting))
        {
            (meeting.Sequence, meeting.DtStamp) = (old.Sequence, old.DtStamp);
        }
        else
        {
            (meeting.Sequence, meeting.DtStamp) = (old is null ? 0 : old.Sequence + 1, Stamp(now));
        }

        meeting.LastModified = meeting.DtStamp;
    }

    private static CalDateTime Stamp(DateTimeOffset moment) => new(
        new DateTime(moment.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc));

    private static string Says(CalendarEvent meeting) => string.Create(
        CultureInfo.InvariantCulture,
        $"{meeting.DtStart!.AsUtc:O}|{meeting.DtEnd!.AsUtc:O}|{meeting.Summary}|{meeting.Description}|{meeting.Location}|{meeting.Status}|{meeting.Url}");

    private static Dictionary<string, CalendarEvent> Known(byte[]? before)
    {
        if (before is null)
        {
            return [];
        }

        try
        {
            IEnumerable<CalendarEvent> events = Calendar.Load(Encoding.UTF8.GetString(before)) is { } calendar ? calendar.Events : [];
            return events.Where(meeting => meeting is { Uid: not null, DtStart: not null, DtEnd: not null })
                .DistinctBy(meeting => meeting.Uid!)
                .ToDictionary(meeting => meeting.Uid!, StringComparer.Ordinal);
        }
        catch (Exception unreadable) when (unreadable is FormatException or System.Runtime.Serialization.SerializationException or ArgumentException)
        {
            // Not a calendar that we wrote: the new one replaces it.
            return [];
        }
    }
}
