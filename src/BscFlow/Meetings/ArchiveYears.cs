using BscFlow.Minutes;

namespace BscFlow.Meetings;

/// <summary>
/// Puts the files of an archive together, a file a year. One that holds exactly one year is kept byte for byte.
/// </summary>
internal static class ArchiveYears
{
    private static readonly MinutesDocument Empty = MinutesReader.Read("");

    /// <param name="files">Every meeting in them has a date.</param>
    /// <param name="errors">The meetings that would be lost in their year's file.</param>
    public static IReadOnlyDictionary<int, MinutesDocument> Make(
        IReadOnlyList<ArchiveFile> files, out IReadOnlyList<ArchiveError> errors)
    {
        var years = new Dictionary<int, MinutesDocument>();
        var lost = new List<ArchiveError>();
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            var inFile = file.Minutes.Meetings.Select(minutes => minutes.Date!.Value.Year).Distinct().ToList();
            if (inFile is [var only] && years.TryAdd(only, file.Minutes))
            {
                continue;
            }

            foreach (var minutes in file.Minutes.Meetings)
            {
                var year = minutes.Date!.Value.Year;
                var before = years.GetValueOrDefault(year, Empty);
                var after = MinutesReader.Read(MinutesWriter.Put(before, file.Minutes.Section(minutes).ToString()));
                years[year] = after;
                if (!after.Meetings.Select(Known).Order().SequenceEqual(before.Meetings.Append(minutes).Select(Known).Order()))
                {
                    lost.Add(new(
                        file.Name,
                        minutes.Line,
                        $"This meeting cannot be told from another of {year}; give it a heading with its number and date."));
                }
            }
        }

        errors = lost;
        return years;
    }

    private static (DateOnly?, int?) Known(MeetingMinutes minutes) => (minutes.Date, minutes.Number);
}
