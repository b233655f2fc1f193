using System.Diagnostics.CodeAnalysis;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;

namespace BscFlow.Committee;

/// <summary>An RFC 5545 recurrence rule on the clock on the wall.</summary>
/// <remarks>
/// Evaluated without a zone on purpose. From daily upwards a rule speaks of wall-clock times, so the zone has no part in it
/// until each time is placed on the line of instants, which <see cref="MeetingCalendar"/> does by RFC 5545's rules for times
/// that a clock change skips or repeats. Ical.Net's own zoned evaluation moves a skipped BYHOUR time backwards and drops a
/// skipped day.
/// </remarks>
internal sealed class Recurrence
{
    // A daily rule that waits for 29 February needs some 3,000 steps; one that finds nothing in 20,000 never will.
    private static readonly EvaluationOptions Bounded = new() { MaxUnmatchedIncrementsLimit = 20_000 };

    private readonly CalendarEvent _series;

    private DateTime _nothingFrom = DateTime.MaxValue;

    private Recurrence(RecurrenceRule rule, DateTime start)
    {
        Start = start;
        _series = new CalendarEvent { DtStart = new CalDateTime(start), RecurrenceRule = rule };
    }

    /// <summary>Wall-clock time from which the rule is in force.</summary>
    public DateTime Start { get; }

    /// <param name="zone">In which an UNTIL that ends in Z is read.</param>
    /// <param name="problem">One sentence without its subject: what is wrong with the rule.</param>
    public static bool TryCreate(
        string rule,
        DateTime start,
        DateTimeZone zone,
        [NotNullWhen(true)] out Recurrence? recurrence,
        [NotNullWhen(false)] out string? problem)
    {
        recurrence = null;
        problem = null;
        if (!rule.Contains("FREQ=", StringComparison.OrdinalIgnoreCase))
        {
            problem = "must say how often, such as FREQ=MONTHLY;BYDAY=2WE (RFC 5545)";
            return false;
        }

        try
        {
            var parsed = new RecurrenceRule(rule);
            if (parsed.Frequency < FrequencyType.Daily)
            {
                problem = "must be DAILY, WEEKLY, MONTHLY or YEARLY";
                return false;
            }

            if (parsed.Until is { HasTime: false } day)
            {
                // The last day is meant as a whole, whatever the hour of the meeting.
                parsed.Until = new CalDateTime(day.Value.Date.AddDays(1).AddSeconds(-1));
            }
            else if (parsed.Until is { IsUtc: true } until)
            {
                parsed.Until = new CalDateTime(Instant.FromDateTimeUtc(until.AsUtc).InZone(zone).ToDateTimeUnspecified());
            }

            recurrence = new Recurrence(parsed, start);
        }
        catch (ArgumentException exception)
        {
            problem = $"is not a recurrence rule of RFC 5545: {WithoutParameter(exception)}";
            return false;
        }

        return true;
    }

    /// <summary>Wall-clock times from <paramref name="from"/> on, in order, until the rule ends or finds nothing more.</summary>
    /// <remarks>Not safe for threads at once: Ical.Net's component is one shared object.</remarks>
    public IEnumerable<DateTime> From(DateTime from)
    {
        if (from >= _nothingFrom)
        {
            yield break;
        }

        var any = false;
        using var occurrences = _series.GetOccurrences(new CalDateTime(from), Bounded).GetEnumerator();
        while (MoveNext(occurrences))
        {
            var time = occurrences.Current.Period.StartTime.Value;
            if (time >= from)
            {
                any = true;
                yield return time;
            }
        }

        // A search for nothing is a long one; it is made once.
        _nothingFrom = any ? _nothingFrom : from;
    }

    /// <summary>Ical.Net throws where a search ends: at its limit, and at the end of the calendar.</summary>
    private static bool MoveNext(IEnumerator<Ical.Net.DataTypes.Occurrence> occurrences)
    {
        try
        {
            return occurrences.MoveNext();
        }
        catch (EvaluationException)
        {
            return false;
        }
    }

    private static string WithoutParameter(ArgumentException exception) =>
        exception.Message.Split(" (Parameter", 2)[0].TrimEnd('.');
}
