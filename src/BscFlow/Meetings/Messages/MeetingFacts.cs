using System.Globalization;
using BscFlow.Committee;
using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

/// <summary>What every mail about a meeting says of it, in the words of all of them.</summary>
public sealed record MeetingFacts
{
    private const string LongDate = "dddd d MMMM yyyy";

    /// <summary>Full name of the committee.</summary>
    public required string Committee { get; init; }

    public int? Number { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required TimeSpan Length { get; init; }

    /// <summary>IANA name of the committee's zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>A room's address or name.</summary>
    public string? Place { get; init; }

    /// <summary>Name of who is in the chair.</summary>
    public string? Chair { get; init; }

    public bool Special { get; init; }

    /// <summary>Subject of the meeting's thread: <c>Tidewater Steering Committee meeting #17, Wed 10 Mar 2027</c>.</summary>
    public string Title => $"{Committee} {Numbered}, {Format(Local(Start), "ddd d MMM yyyy")}";

    /// <summary>
    /// Inside a sentence: <c>meeting #17 of the Tidewater Steering Committee</c>, or <c>the meeting of ...</c>.
    /// </summary>
    public string Named => $"{(Number is null ? "the " : "")}{Numbered} of the {Committee}";

    /// <summary>In the committee's zone: <c>Wednesday 10 March 2027</c>.</summary>
    public string Day => Format(Local(Start), LongDate);

    /// <summary>In the committee's zone: <c>16:30 to 17:30, America/Vancouver</c>.</summary>
    public string Hours => $"{Span(Local(Start), Local(Start + Length))}, {TimeZone}";

    /// <summary>The same in UTC; with the day where it is another one there. Null when the committee lives by UTC.</summary>
    public string? UtcHours
    {
        get
        {
            var (utc, local) = (Start.UtcDateTime, Local(Start));
            var day = utc.Date == local.Date ? "" : $"{Format(utc, "dddd d MMMM")}, ";
            return Zone.HasSameRules(TimeZoneInfo.Utc) ? null : $"{day}{Span(utc, utc + Length)}, UTC";
        }
    }

    /// <summary>On one line, for texts without room.</summary>
    public string When => $"{Day}, {Hours}{(UtcHours is null ? "" : $" ({UtcHours})")}";

    /// <summary>Where <see cref="Place"/> is the address of a page.</summary>
    public Uri? PlaceLink =>
        Uri.TryCreate(Place, UriKind.Absolute, out var link) && (link.Scheme is "https" or "http") ? link : null;

    private string Numbered => (Special ? "special meeting" : "meeting") + (Number is null ? "" : $" #{Number}");

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public static MeetingFacts Of(Charter charter, Meeting meeting) => new()
    {
        Committee = charter.Name,
        Number = meeting.Number,
        Start = meeting.Start,
        Length = meeting.Length,
        TimeZone = charter.TimeZone,
        Place = charter.Meetings.Place,
        Chair = charter.Members.FirstOrDefault(member => member.Id == meeting.Chair)?.Name,
        Special = meeting.Special,
    };

    /// <summary>A moment in the committee's zone: <c>Friday 19 March 2027, 18:00, America/Vancouver</c>.</summary>
    public string Moment(DateTimeOffset moment) => $"{Format(Local(moment), LongDate + ", HH:mm")}, {TimeZone}";

    /// <summary>A moment's day in the committee's zone: <c>19 Mar 2027</c>.</summary>
    internal string Date(DateTimeOffset moment) => Format(Local(moment), "d MMM yyyy");

    internal string ChairOrNobody => Chair ?? "nobody yet";

    internal void Write(TextBody text, string chair)
    {
        text.Gap();
        text.Line(Day);
        text.Line(Hours);
        if (UtcHours is not null)
        {
            text.Line(UtcHours);
        }

        if (Place is not null)
        {
            text.Fact("Place", Place);
        }

        text.Fact("Chair", chair);
    }

    private DateTime Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).DateTime;

    private static string Span(DateTime start, DateTime end) => $"{Format(start, "HH:mm")} to {Format(end, "HH:mm")}";

    private static string Format(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
