using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Minutes.Linting;

/// <summary>Dates whose year is wrong: it was not changed in January, or is a slip.</summary>
internal static partial class YearRule
{
    public static IEnumerable<Finding> Find(MinutedMeeting meeting)
    {
        if (meeting.Minutes.Date is { } written && meeting.Date is { } right && written != right)
        {
            yield return meeting.Finding(
                FindingKind.WrongYear,
                null,
                $"{meeting.Name} is dated {MinutedMeeting.Text(written)}, but stands among the meetings of {right.Year}.",
                $"Write {MinutedMeeting.Text(right)}.");
        }
    }

    /// <summary>The date with another year, where the file or the neighbours say so; null where it may stand.</summary>
    /// <param name="numbered">The first meeting of each number.</param>
    public static DateOnly? RightDate(MinutedMeeting meeting, IReadOnlyDictionary<int, MinutedMeeting> numbered) =>
        meeting.Date is { } date ? ByFile(meeting.File, date) ?? ByNeighbours(meeting.Minutes.Number, date, numbered) : null;

    /// <summary>A file that is named for one year holds that year's meetings.</summary>
    private static DateOnly? ByFile(string file, DateOnly date)
    {
        var years = Years().Matches(Path.GetFileName(file))
            .Select(year => int.Parse(year.ValueSpan, CultureInfo.InvariantCulture))
            .ToList();
        return years is [var year] && year != date.Year ? date.AddYears(year - date.Year) : null;
    }

    /// <summary>A year more or less puts the date between those of the numbers before and after it, where it is not.</summary>
    private static DateOnly? ByNeighbours(int? number, DateOnly date, IReadOnlyDictionary<int, MinutedMeeting> numbered)
    {
        DateOnly? DateOf(int wanted) => numbered.GetValueOrDefault(wanted)?.Date;
        if (number is not { } own || DateOf(own - 1) is not { } before || DateOf(own + 1) is not { } after || before > after)
        {
            return null;
        }

        DateOnly?[] others = [date.AddYears(1), date.AddYears(-1)];
        return IsBetween(date) ? null : others.FirstOrDefault(IsBetween);

        bool IsBetween(DateOnly? candidate) => candidate >= before && candidate <= after;
    }

    [GeneratedRegex("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")]
    private static partial Regex Years();
}
