using System.Runtime.CompilerServices;
using NodaTime;
using NodaTime.TimeZones;

namespace BscFlow.Committee;

/// <summary>One meeting by the calendar.</summary>
/// <param name="Start">With the offset of the committee's zone at that moment.</param>
/// <param name="Cancelled">The charter says that this occurrence does not take place.</param>
public sealed record Occurrence(DateTimeOffset Start, TimeSpan Length, bool Special = false, bool Cancelled = false)
{
    public DateTimeOffset End => Start + Length;

    /// <summary>The day by the committee's own calendar.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Start.DateTime);
}

/// <summary>When a committee meets: its recurrence, the ones before it, cancelled dates and special meetings.</summary>
/// <remarks>
/// Meetings keep their time on the clock on the wall. By RFC 5545, section 3.3.5, a time that the clock skips is moved on by
/// as much as the clock was, and a time that comes twice is the first of the two; NodaTime's lenient resolver does both.
/// (TimeZoneInfo does not know a skipped time as one where a zone changed its standard offset.)
/// A year is worked out once and kept. Safe for threads at once.
/// </remarks>
public sealed class MeetingCalendar
{
    // A rule with longer gaps than this between two meetings is taken to have ended.
    private const int YearsToSearch = 30;

    // The calendar's last year has no room for a zone's offset.
    private const int LastYear = 9998;

    private static readonly ConditionalWeakTable<Charter, MeetingCalendar> Known = [];

    private readonly Lock _lock = new();
    private readonly Dictionary<int, IReadOnlyList<Occurrence>> _years = [];
    private readonly MeetingRules _rules;
    private readonly DateTimeZone _zone;
    private readonly IReadOnlyList<Recurrence> _recurrences;
    private readonly HashSet<DateOnly> _cancelled;

    /// <exception cref="ArgumentException">The recurrence cannot be used; one from <see cref="CharterReader"/> can.</exception>
    public MeetingCalendar(Charter charter)
    {
        _rules = charter.Meetings;
        _zone = DateTimeZoneProviders.Tzdb[charter.TimeZone];
        _recurrences =
        [
            .. _rules.Earlier.Select(earlier => Create(earlier.Rule, earlier.Start)),
            Create(_rules.Rule, _rules.Start),
        ];
        _cancelled = [.. _rules.Cancelled];
    }

    /// <summary>The first day of which the charter's recurrences speak.</summary>
    public DateOnly FirstDay => DateOnly.FromDateTime(_recurrences[0].Start);

    /// <summary>The calendar of a charter, worked out once for each charter that is in use.</summary>
    /// <exception cref="ArgumentException">As of the constructor.</exception>
    public static MeetingCalendar Of(Charter charter) => Known.GetValue(charter, static charter => new MeetingCalendar(charter));

    /// <summary>Occurrences that start in the span, both of its ends and cancelled ones included, in order.</summary>
    public IEnumerable<Occurrence> Between(DateTimeOffset from, DateTimeOffset to)
    {
        var last = YearOf(to);
        for (var year = YearOf(from); year <= last; year++)
        {
            foreach (var occurrence in InYear(year))
            {
                if (occurrence.Start >= from && occurrence.Start <= to)
                {
                    yield return occurrence;
                }
            }
        }
    }

    /// <summary>The occurrence that starts at a moment, cancelled or not; null where there is none.</summary>
    public Occurrence? At(DateTimeOffset start) => Between(start, start.AddTicks(1)).FirstOrDefault();

    /// <summary>Occurrences from the first to the last day, both included, by the committee's own calendar.</summary>
    public IEnumerable<Occurrence> Between(DateOnly first, DateOnly last)
    {
        for (var year = first.Year; year <= Math.Min(last.Year, LastYear); year++)
        {
            foreach (var occurrence in InYear(year))
            {
                if (occurrence.Day >= first && occurrence.Day <= last)
                {
                    yield return occurrence;
                }
            }
        }
    }

    /// <summary>The first meeting after a moment that does take place.</summary>
    /// <returns>Null when there is none in the next thirty years.</returns>
    public Occurrence? Next(DateTimeOffset after)
    {
        var first = YearOf(after);
        for (var year = first; year <= Math.Min(first + YearsToSearch, LastYear); year++)
        {
            if (InYear(year).FirstOrDefault(occurrence => occurrence.Start > after && !occurrence.Cancelled) is { } next)
            {
                return next;
            }
        }

        return null;
    }

    private DateTimeOffset At(DateTime wallClock) =>
        _zone.ResolveLocal(LocalDateTime.FromDateTime(wallClock), Resolvers.LenientResolver).ToDateTimeOffset();

    private int YearOf(DateTimeOffset moment) => Math.Clamp(Instant.FromDateTimeOffset(moment).InZone(_zone).Year, 1, LastYear);

    private IReadOnlyList<Occurrence> InYear(int year)
    {
        lock (_lock)
        {
            if (!_years.TryGetValue(year, out var occurrences))
            {
                occurrences = [.. Regular(year).Concat(Special(year)).OrderBy(occurrence => occurrence.Start)];
                _years.Add(year, occurrences);
            }

            return occurrences;
        }
    }

    /// <summary>Each recurrence from its start to the start of the next one.</summary>
    private IEnumerable<Occurrence> Regular(int year)
    {
        var starts = new HashSet<DateTimeOffset>();
        for (var i = 0; i < _recurrences.Count; i++)
        {
            var end = i + 1 < _recurrences.Count ? _recurrences[i + 1].Start : DateTime.MaxValue;
            if (end.Year < year)
            {
                continue;
            }

            var times = _recurrences[i].From(new DateTime(year, 1, 1)).TakeWhile(time => time.Year == year && time < end);
            foreach (var time in times)
            {
                // A skipped day moved on falls on the next one, where a daily rule has a meeting already.
                if (At(time) is var start && starts.Add(start))
                {
                    var cancelled = _cancelled.Contains(DateOnly.FromDateTime(time));
                    yield return new Occurrence(start, _rules.Length, Cancelled: cancelled);
                }
            }
        }
    }

    private IEnumerable<Occurrence> Special(int year) =>
        from time in _rules.Special
        where time.Year == year
        select new Occurrence(At(time), _rules.Length, Special: true);

    private Recurrence Create(string rule, DateTime start) =>
        Recurrence.TryCreate(rule, start, _zone, out var recurrence, out var problem)
            ? recurrence
            : throw new ArgumentException($"The rule {rule} {problem}.", nameof(rule));
}
