using System.Globalization;
using System.Text;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Wire;
using MimeKit;

namespace BscFlow.GraphEmulator.Calendars;

/// <summary>The iTIP message in a mail's text/calendar part (RFC 5545, RFC 5546), as far as meetings need it.</summary>
/// <param name="Answers">PARTSTAT by address, in a reply.</param>
internal sealed record CalendarText(
    string Method,
    string Uid,
    string Subject,
    DateTimeOffset Start,
    DateTimeOffset End,
    string? Place,
    Recipient? Organizer,
    int Revision,
    IReadOnlyDictionary<string, string> Answers)
{
    private const string Instant = "yyyyMMdd'T'HHmmss'Z'";

    public MeetingPart AsPart => new(Type, Uid, Start, End, Place);

    private MeetingMessageType Type => Method switch
    {
        "REQUEST" => MeetingMessageType.MeetingRequest,
        "CANCEL" => MeetingMessageType.MeetingCancelled,
        "REPLY" => Answers.Values.FirstOrDefault() switch
        {
            "ACCEPTED" => MeetingMessageType.MeetingAccepted,
            "TENTATIVE" => MeetingMessageType.MeetingTenativelyAccepted,
            "DECLINED" => MeetingMessageType.MeetingDeclined,
            _ => MeetingMessageType.None,
        },
        _ => MeetingMessageType.None,
    };

    public static string? Find(MimeMessage mime) =>
        mime.BodyParts.OfType<TextPart>().FirstOrDefault(part => part.ContentType.IsMimeType("text", "calendar"))?.Text;

    /// <returns>Null when the text holds no meeting.</returns>
    public static CalendarText? Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal)
            .Replace("\n\t", "", StringComparison.Ordinal).Split('\n').Select(Property.Read).ToList();
        var inEvent = lines.SkipWhile(line => line is not { Name: "BEGIN", Value: "VEVENT" }).ToList();
        return Of(inEvent, "UID") is not { } uid ? null : new CalendarText(
            (Of(lines, "METHOD") ?? "").ToUpperInvariant(),
            uid,
            Unescape(Of(inEvent, "SUMMARY") ?? ""),
            Time(Of(inEvent, "DTSTART")),
            Time(Of(inEvent, "DTEND")),
            Of(inEvent, "LOCATION") is { } place ? Unescape(place) : null,
            inEvent.FirstOrDefault(line => line.Name == "ORGANIZER") is { } organizer
                ? Recipient.Of(organizer.Parameter("CN"), organizer.Address)
                : null,
            int.TryParse(Of(inEvent, "SEQUENCE"), CultureInfo.InvariantCulture, out var revision) ? revision : 0,
            inEvent.Where(line => line.Name == "ATTENDEE").DistinctBy(line => line.Address).ToDictionary(
                line => line.Address,
                line => (line.Parameter("PARTSTAT") ?? "NEEDS-ACTION").ToUpperInvariant(),
                StringComparer.OrdinalIgnoreCase));
    }

    /// <param name="answer">Of a reply: who answers what.</param>
    public static string Write(
        StoredEvent item, string method, DateTimeOffset now, (Recipient Who, string PartStat)? answer = null)
    {
        var text = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("PRODID:-//BscFlow//Graph emulator//EN");
        Line("VERSION:2.0");
        Line($"METHOD:{method}");
        Line("BEGIN:VEVENT");
        Line($"UID:{item.ICalUId}");
        Line($"DTSTAMP:{Utc(now)}");
        Line($"DTSTART:{Utc(item.Start)}");
        Line($"DTEND:{Utc(item.End)}");
        Line($"SEQUENCE:{item.Revision}");
        Line($"SUMMARY:{Escape(item.Subject)}");
        if (item.Location?.DisplayName is { Length: > 0 } place)
        {
            Line($"LOCATION:{Escape(place)}");
        }

        Line($"ORGANIZER;CN={Quote(item.Organizer.Name)}:mailto:{item.Organizer.Address}");
        if (answer is var (who, partStat))
        {
            Line($"ATTENDEE;PARTSTAT={partStat};CN={Quote(who.Name)}:mailto:{who.Address}");
        }
        else
        {
            foreach (var attendee in item.Attendees)
            {
                Line(
                    $"ATTENDEE;ROLE={(attendee.Type == AttendeeType.Optional ? "OPT" : "REQ")}-PARTICIPANT;PARTSTAT=NEEDS-ACTION;"
                    + $"RSVP=TRUE;CN={Quote(attendee.EmailAddress?.Name ?? attendee.Address)}:mailto:{attendee.Address}");
            }
        }

        Line($"STATUS:{(method == "CANCEL" ? "CANCELLED" : "CONFIRMED")}");
        Line("END:VEVENT");
        Line("END:VCALENDAR");
        return text.ToString();

        // A line of more than 75 octets is folded.
        void Line(string line)
        {
            var room = 75;
            foreach (var rune in line.EnumerateRunes())
            {
                if (rune.Utf8SequenceLength > room)
                {
                    text.Append("\r\n ");
                    room = 74;
                }

                text.Append(rune);
                room -= rune.Utf8SequenceLength;
            }

            text.Append("\r\n");
        }
    }

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string? value) => DateTimeOffset.TryParseExact(
        value,
        [Instant, "yyyyMMdd'T'HHmmss", "yyyyMMdd"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out var time) ? time.ToUniversalTime() : DateTimeOffset.UnixEpoch;

    private static string? Of(List<Property> lines, string name) => lines.Find(line => line.Name == name)?.Value;

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).ReplaceLineEndings("\\n");

    private static string Unescape(string text) => text.Replace("\\n", "\n", StringComparison.OrdinalIgnoreCase)
        .Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal)
        .Replace("\\\\", "\\", StringComparison.Ordinal);

    private static string Quote(string name) => $"\"{name.Replace('"', '\'').ReplaceLineEndings(" ")}\"";

    private sealed record Property(string Name, string Parameters, string Value)
    {
        public string Address => Value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? Value[7..] : Value;

        public static Property Read(string line)
        {
            var quoted = false;
            var colon = 0;
            while (colon < line.Length && (quoted || line[colon] != ':'))
            {
                quoted ^= line[colon++] == '"';
            }

            var head = line[..colon];
            var semicolon = head.IndexOf(';', StringComparison.Ordinal);
            var name = semicolon < 0 ? head : head[..semicolon];
            return new(name.ToUpperInvariant(), head[name.Length..], colon < line.Length ? line[(colon + 1)..].TrimEnd() : "");
        }

        public string? Parameter(string name)
        {
            var start = Parameters.IndexOf($";{name}=", StringComparison.OrdinalIgnoreCase);
            if (start < 0)
            {
                return null;
            }

            var value = Parameters[(start + name.Length + 2)..];
            return value is ['"', ..] ? value[1..].Split('"')[0] : value.Split(';')[0];
        }
    }
}
