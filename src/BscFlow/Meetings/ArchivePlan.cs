using BscFlow.Committee;
using BscFlow.Minutes;

namespace BscFlow.Meetings;

/// <summary>A file of an archive to import.</summary>
/// <param name="Name">As errors name it.</param>
public sealed record ArchiveFile(string Name, MinutesDocument Minutes);

/// <summary>One thing that keeps an archive from being imported.</summary>
public sealed record ArchiveError(string File, int Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}

/// <summary>An archive that cannot be imported, with everything that is wrong with it. Nothing was written.</summary>
public sealed class InvalidArchiveException(IReadOnlyList<ArchiveError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<ArchiveError> Errors { get; } = errors;
}

/// <summary>A meeting of an archive, as it will be stored.</summary>
public sealed record ArchivedMeeting(Meeting Row, DateOnly Day, MinutesDocument File, MeetingMinutes Minutes)
{
    public string Text => File.Section(Minutes).ToString();
}

/// <summary>What an import will write: a row and a text a meeting, and a file a year.</summary>
public sealed record ArchivePlan(IReadOnlyList<ArchivedMeeting> Meetings, IReadOnlyDictionary<int, MinutesDocument> Years)
{
    private static readonly MinutesDocument Empty = MinutesReader.Read("");

    /// <exception cref="InvalidArchiveException">Names every place that keeps the archive from being imported.</exception>
    public static ArchivePlan Make(Charter charter, IReadOnlyList<ArchiveFile> files)
    {
        List<(ArchiveFile File, MeetingMinutes Minutes)> all =
            [.. files.SelectMany(file => file.Minutes.Meetings, (file, minutes) => (file, minutes))];
        if (FindErrors(all) is { Count: > 0 } errors)
        {
            throw new InvalidArchiveException(errors);
        }

        var roster = new Roster(charter);
        var taken = new HashSet<DateTimeOffset>();
        List<ArchivedMeeting> meetings =
        [
            .. all
                .OrderBy(entry => entry.Minutes.Date)
                .ThenBy(entry => entry.Minutes.Number)
                .Select(entry => Archived(charter, roster, taken, entry.File, entry.Minutes)),
        ];
        return new ArchivePlan(meetings, Files(files));
    }

    private static List<ArchiveError> FindErrors(List<(ArchiveFile File, MeetingMinutes Minutes)> all)
    {
        var errors = new List<ArchiveError>();
        var numbers = new Dictionary<int, string>();
        foreach (var (file, minutes) in all)
        {
            if (minutes.Date is null)
            {
                errors.Add(new(file.Name, minutes.Line, "The heading of this meeting gives no date."));
            }

            if (minutes.Number is { } number && !numbers.TryAdd(number, $"{file.Name}:{minutes.Line}"))
            {
                errors.Add(new(file.Name, minutes.Line, $"There are two meetings #{number}; the other is at {numbers[number]}."));
            }
        }

        return errors;
    }

    private static ArchivedMeeting Archived(
        Charter charter, Roster roster, HashSet<DateTimeOffset> taken, ArchiveFile file, MeetingMinutes minutes)
    {
        var day = minutes.Date!.Value;
        var start = charter.Zone().At(day.ToDateTime(TimeOnly.FromDateTime(charter.Meetings.Start))).ToUniversalTime();
        while (!taken.Add(start))
        {
            // Two meetings on one day: the minutes do not say at what time, and no two may start at once.
            start = start.AddMinutes(1);
        }

        var chair = minutes.Chairs.Count > 0 && roster.Find(minutes.Chairs[0].Name, day) is NameMatch.OfMember { Member: var member }
            ? member.Id
            : null;
        var row = new Meeting
        {
            Committee = charter.Id,
            Number = minutes.Number,
            Start = start,
            Length = minutes.DurationMinutes is { } duration ? TimeSpan.FromMinutes(duration) : charter.Meetings.Length,
            State = minutes.Status == MeetingStatus.Cancelled ? MeetingState.Cancelled : MeetingState.Published,
            Chair = chair,
        };
        return new(row, day, file.Minutes, minutes);
    }

    /// <summary>A file that holds exactly one year is kept byte for byte; others are put together by year.</summary>
    private static Dictionary<int, MinutesDocument> Files(IReadOnlyList<ArchiveFile> files)
    {
        var years = new Dictionary<int, MinutesDocument>();
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            var inFile = file.Minutes.Meetings.Select(minutes => minutes.Date!.Value.Year).Distinct().ToList();
            if (inFile is [var only] && years.TryAdd(only, file.Minutes))
            {
                continue;
            }

            foreach (var minutes in file.Minutes.Meetings)
            {
                var section = file.Minutes.Section(minutes).ToString();
                var year = minutes.Date!.Value.Year;
                years[year] = MinutesReader.Read(MinutesWriter.Put(years.GetValueOrDefault(year, Empty), section));
            }
        }

        return years;
    }
}
