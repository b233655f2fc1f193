namespace BscFlow.Minutes.Linting;

/// <summary>The days on which a committee meant to meet in one year.</summary>
/// <param name="From">Before this day it says nothing.</param>
/// <param name="Description">For people: "the second Wednesday of a month"; null for the charter's own recurrence.</param>
internal sealed record Cadence(IReadOnlyList<DateOnly> Days, DateOnly From, string? Description)
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "last"];

    /// <summary>
    /// How well the days agree with those on which meetings were held: of all days that are in either, the part that is in both.
    /// </summary>
    public double Fit(IReadOnlySet<DateOnly> held)
    {
        var (first, last) = (held.Min(), held.Max());
        var expected = Days.Where(day => day >= first && day <= last).ToList();
        var met = expected.Count(held.Contains);
        return (double)met / (expected.Count + held.Count - met);
    }

    /// <summary>The recurrences that a committee is likely to have, each laid through the days of the meetings.</summary>
    public static IEnumerable<Cadence> Likely(int year, IReadOnlySet<DateOnly> held)
    {
        foreach (var weekday in held.Select(day => day.DayOfWeek).Distinct())
        {
            for (var weeks = 1; weeks <= 4; weeks++)
            {
                foreach (var anchor in held.Where(day => day.DayOfWeek == weekday).DistinctBy(day => day.DayNumber % (7 * weeks)))
                {
                    yield return EveryWeeks(year, anchor, weeks);
                }
            }

            for (var ordinal = 0; ordinal < Ordinals.Length; ordinal++)
            {
                yield return EveryMonth(year, weekday, [ordinal]);
            }

            yield return EveryMonth(year, weekday, [0, 2]);
            yield return EveryMonth(year, weekday, [1, 3]);
        }
    }

    private static Cadence EveryWeeks(int year, DateOnly anchor, int weeks)
    {
        var step = 7 * weeks;
        var first = new DateOnly(year, 1, 1);
        var start = first.AddDays(((anchor.DayNumber - first.DayNumber) % step + step) % step);
        var days = new List<DateOnly>();
        for (var day = start; day.Year == year; day = day.AddDays(step))
        {
            days.Add(day);
        }

        var often = weeks switch { 1 => "every", 2 => "every second", 3 => "every third", _ => "every fourth" };
        return new Cadence(days, first, $"{often} {anchor.DayOfWeek}");
    }

    private static Cadence EveryMonth(int year, DayOfWeek weekday, IReadOnlyList<int> ordinals) => new(
        Days:
        [
            .. from month in Enumerable.Range(1, 12)
               let days = Enumerable.Range(1, DateTime.DaysInMonth(year, month))
                   .Select(day => new DateOnly(year, month, day))
                   .Where(day => day.DayOfWeek == weekday)
                   .ToList()
               from ordinal in ordinals
               select ordinal == Ordinals.Length - 1 ? days[^1] : days[ordinal],
        ],
        From: new DateOnly(year, 1, 1),
        Description: $"the {string.Join(" and ", ordinals.Select(ordinal => Ordinals[ordinal]))} {weekday} of a month");
}
