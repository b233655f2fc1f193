using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Actions;

/// <summary>The day by which something is to be done, and the words that say so.</summary>
/// <remarks>
/// Only a phrase that names a deadline counts ("by Friday", "Deadline: 19th", "within two weeks"): a bare date in a task is as
/// often the date of an event. "Before" a day is read as that day, and "by March" as its last day, so that nobody is called
/// late too early.
/// </remarks>
public sealed partial record DueDate(DateOnly Day, string Phrase)
{
    /// <summary>A day without year that lies this little before the meeting is taken as past, not as next year's.</summary>
    private const int DaysLookedBack = 31;

    private const string MonthName =
        "jan(?:uary)? | feb(?:ruary)? | mar(?:ch)? | apr(?:il)? | may | june? | july? | aug(?:ust)? | sept?(?:ember)? "
        + "| oct(?:ober)? | nov(?:ember)? | dec(?:ember)?";

    /// <summary>The first deadline that a text names; null where it names none, or none that is a real day.</summary>
    /// <param name="meeting">Date of the minutes: "Friday" is the first one after it.</param>
    /// <param name="nextMeeting">What "before next meeting" means; without it, that phrase is no deadline.</param>
    public static DueDate? Find(string text, DateOnly meeting, DateOnly? nextMeeting)
    {
        foreach (Match match in Phrases().Matches(text))
        {
            if (Read(match, meeting, nextMeeting) is { } day)
            {
                return new DueDate(day, match.Value);
            }
        }

        return null;
    }

    private static DateOnly? Read(Match match, DateOnly meeting, DateOnly? nextMeeting)
    {
        var groups = match.Groups;
        var year = groups["year"] is { Success: true } said ? Number(said) : (int?)null;
        return match switch
        {
            _ when groups["iso"] is { Success: true } iso =>
                DateOnly.TryParseExact(iso.Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? day
                    : null,
            _ when groups["month"] is { Success: true } month && groups["day"] is { Success: true } day =>
                Nearest(year, Month(month), Number(day), meeting),
            _ when groups["month"] is { Success: true } month =>
                groups["end"].Success || IsCapital(month) ? EndOfMonth(year, Month(month), meeting) : null,
            _ when groups["first"] is { Success: true } first =>
                Slashed(year, Number(first), Number(groups["second"]), meeting),
            _ when groups["day"] is { Success: true } day => NextDayOfMonth(Number(day), meeting),
            _ when groups["weekday"] is { Success: true } weekday =>
                groups["next"].Success ? InWeekAfter(weekday, meeting) : After(weekday, meeting),
            _ when groups["quarter"] is { Success: true } quarter =>
                EndOfMonth(year, 3 * Number(quarter), meeting),
            _ when groups["period"] is { Success: true } period =>
                groups["end"].Success || groups["this"].Success || groups["next"].Success
                    ? EndOfPeriod(period.Value, groups["next"].Success, meeting)
                    : null,
            _ when groups["short"] is { Success: true } period => EndOfPeriod(period.Value, next: false, meeting),
            _ when groups["amount"] is { Success: true } amount => Later(Amount(amount.Value), groups["unit"].Value, meeting),
            _ when groups["meeting"].Success => nextMeeting,
            _ when groups["tomorrow"].Success => meeting.AddDays(1),
            _ when groups["today"].Success => meeting,
            _ when year is { } whole => new DateOnly(whole, 12, 31),
            _ => null,
        };
    }

    private static DateOnly? Nearest(int? year, int month, int day, DateOnly meeting)
    {
        if (year is { } said)
        {
            return RealDay(said, month, day);
        }

        var thisYear = RealDay(meeting.Year, month, day);
        return thisYear >= meeting.AddDays(-DaysLookedBack) ? thisYear : RealDay(meeting.Year + 1, month, day) ?? thisYear;
    }

    private static DateOnly? EndOfMonth(int? year, int month, DateOnly meeting)
    {
        var end = LastDay(year ?? meeting.Year, month);
        return year is null && end < meeting.AddDays(-DaysLookedBack) ? LastDay(meeting.Year + 1, month) : end;
    }

    /// <summary>10/21 and 21/10 say which is the month; 3/4 does not and is no deadline.</summary>
    private static DateOnly? Slashed(int? year, int first, int second, DateOnly meeting) => (first, second) switch
    {
        ( <= 12, > 12) or ( <= 12, _) when second > 12 || first == second => Nearest(year, first, second, meeting),
        ( > 12, <= 12) => Nearest(year, second, first, meeting),
        _ => null,
    };

    private static DateOnly? NextDayOfMonth(int day, DateOnly meeting)
    {
        for (var ahead = 0; ahead < 3; ahead++)
        {
            var month = meeting.AddMonths(ahead);
            if (RealDay(month.Year, month.Month, day) is { } found && found >= meeting)
            {
                return found;
            }
        }

        return null;
    }

    private static DateOnly After(Group weekday, DateOnly meeting)
    {
        var ahead = ((int)Weekday(weekday) - (int)meeting.DayOfWeek + 7) % 7;
        return meeting.AddDays(ahead == 0 ? 7 : ahead);
    }

    /// <summary>"Next Friday": of the week after this one; weeks start on Monday.</summary>
    private static DateOnly InWeekAfter(Group weekday, DateOnly meeting) =>
        Monday(meeting).AddDays(7 + (((int)Weekday(weekday) + 6) % 7));

    private static DateOnly EndOfPeriod(string period, bool next, DateOnly meeting)
    {
        var step = next ? 1 : 0;
        return char.ToLowerInvariant(period[0]) switch
        {
            'd' => meeting.AddDays(step),
            'w' => Monday(meeting).AddDays(4 + (7 * step)),
            'm' => LastDay(meeting.AddMonths(step)),
            'q' => LastDay(new DateOnly(meeting.Year, (((meeting.Month - 1) / 3) * 3) + 3, 1).AddMonths(3 * step)),
            _ => new DateOnly(meeting.Year + step, 12, 31),
        };
    }

    private static DateOnly Later(int amount, string unit, DateOnly meeting) => char.ToLowerInvariant(unit[0]) switch
    {
        'd' => meeting.AddDays(amount),
        'w' => meeting.AddDays(7 * amount),
        _ => meeting.AddMonths(amount),
    };

    private static int Amount(string word) => word.ToLowerInvariant() switch
    {
        "a" or "an" or "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        _ => int.Parse(word, CultureInfo.InvariantCulture),
    };

    private static int Month(Group month) =>
        (("janfebmaraprmayjunjulaugsepoctnovdec".IndexOf(month.Value[..3], StringComparison.OrdinalIgnoreCase)) / 3) + 1;

    private static DayOfWeek Weekday(Group weekday) =>
        (DayOfWeek)("sunmontuewedthufrisat".IndexOf(weekday.Value[..3], StringComparison.OrdinalIgnoreCase) / 3);

    private static DateOnly? RealDay(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static DateOnly LastDay(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));

    private static DateOnly LastDay(DateOnly month) => LastDay(month.Year, month.Month);

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    private static bool IsCapital(Group word) => char.IsUpper(word.Value[0]);

    // The first alternative of the day that fits wins, so longer forms stand before their beginnings.
    [GeneratedRegex(
        $$"""
        \b(?:
          (?: by | until | till? | before | no[ ]later[ ]than | not[ ]later[ ]than | on[ ]or[ ]before
            | due (?: [ ](?: on | by | date ) )? | deadline (?: [ ](?: is | of | on ) )? ) [ ]* :? [ ]*
          (?: EOD[ ] | COB[ ] )?
          (?: the[ ] | our[ ] | coming[ ] | (?<this> this[ ] ) | (?<next> next[ ](?! meeting | call | session | time ) ) )?
          (?:
              (?<iso> \d{4}-\d{2}-\d{2} )
            | (?<end> end [ ](?: of[ ] )? (?: the[ ] | (?<this> this[ ] ) | (?<next> next[ ] ) )? )?
              (?:
                  (?<month> {{MonthName}} ) \.? [ ]+ (?<day> \d{1,2} ) (?: st | nd | rd | th )? (?! \d )
                  (?: ,? [ ]+ (?<year> 20\d\d ) )?
                | (?<day> \d{1,2} ) (?: st | nd | rd | th )? [ ]+ (?: of[ ] )? (?<month> {{MonthName}} ) \b
                  (?: ,? [ ]+ (?<year> 20\d\d ) )?
                | (?<month> {{MonthName}} ) \b (?: ,? [ ]+ (?<year> 20\d\d ) | (?! [ ]+ (?-i: \p{Lu} ) ) )
                | Q (?<quarter> [1-4] ) \b (?: ,? [ ]* (?<year> 20\d\d ) )?
                | (?<period> day | week | month | quarter | year ) \b
                | (?<year> 20\d\d ) \b
              )
            | (?<first> \d{1,2} ) / (?<second> \d{1,2} ) (?: / (?<year> 20\d\d ) )? (?! [\d/] )
            | (?<day> \d{1,2} ) (?: st | nd | rd | th ) \b
            | (?<weekday> (?: mon | tues | wednes | thurs | fri | satur | sun ) day | mon | tue | wed | thu | fri ) (?! \.? \w )
            | (?: EO (?<short> [DWMQY] ) ) \b
            | (?<meeting> next[ ](?: \w+[ ] )? (?: meeting | call | session | time ) ) \b
            | (?<tomorrow> tomorrow ) \b
            | (?<today> today | tonight ) \b
          )
        | (?: for | at )[ ] (?: the[ ] | our[ ] )? (?<meeting> next[ ](?: meeting | call | session | time ) ) \b
        | within [ ] (?: the[ ]next[ ] )? (?<amount> \d{1,2} | an? | one | two | three | four | five | six ) [ ]
          (?<unit> days? | weeks? | months? ) \b
        )
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Phrases();
}
