using BscFlow.Committee;
using BscFlow.Minutes;

namespace BscFlow.Meetings;

/// <summary>A file of an archive to import.</summary>
/// <param name="Name">As errors name it.</param>
public sealed record ArchiveFile(string Name, MinutesDocument Minutes)
{
    /// <summary>
    /// When the minutes of a meeting could first be read by all, by the meeting's date, where that is on record.
    /// </summary>
    public IReadOnlyDictionary<DateOnly, DateTimeOffset> Published { get; init; } = new Dictionary<DateOnly, DateTimeOffset>();

    /// <param name="path">
    /// Its path below the archive, with '/' between its parts; a date in it is that of a meeting that gives none.
    /// </param>
    /// <exception cref="NotTextException">The bytes are not UTF-8, or have a NUL.</exception>
    public static ArchiveFile Read(string name, string path, ReadOnlySpan<byte> utf8) =>
        new(name, MinutesReader.Read(utf8, MinutesDate.InPath(path)));
}

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
    /// <exception cref="InvalidArchiveException">Names every place that keeps the archive from being imported.</exception>
    public static ArchivePlan Make(Charter charter, IReadOnlyList<ArchiveFile> files)
    {
        List<(ArchiveFile File, MeetingMinutes Minutes)> all =
            [.. files.SelectMany(file => file.Minutes.Meetings, (file, minutes) => (file, minutes))];
        Refuse(FindErrors(all));
        var unclear = new List<ArchiveError>();
        files = [.. files.Select(file => Started(file, unclear))];
        Refuse(unclear);
        var years = ArchiveYears.Make(files, out var lost);
        Refuse(lost);
        all = [.. files.SelectMany(file => file.Minutes.Meetings, (file, minutes) => (file, minutes))];
        var roster = new Roster(charter);
        var taken = new HashSet<DateTimeOffset>();
        List<ArchivedMeeting> meetings =
        [
            .. all
                .OrderBy(entry => entry.Minutes.Date)
                .ThenBy(entry => entry.Minutes.Number)
                .Select(entry => Archived(charter, roster, taken, entry.File, entry.Minutes)),
        ];
        return new ArchivePlan(meetings, years);
    }

    private static void Refuse(IReadOnlyList<ArchiveError> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidArchiveException(errors);
        }
    }

    /// <summary>A file that is one meeting without a heading gets one, by which it is known among others.</summary>
    private static ArchiveFile Started(ArchiveFile file, List<ArchiveError> unclear)
    {
        if (file.Minutes.Meetings is not [{ Mark: SectionStart.None } only])
        {
            return file;
        }

        var started = MinutesReader.Read(
            SectionStart.Change(file.Minutes.Text.TrimStart('\uFEFF'), only, SectionStart.House, "\n"));
        if (started.Meetings is not [var same] || same.Date != only.Date)
        {
            unclear.Add(new(
                file.Name,
                only.Line,
                "Headings in this file look like those of other meetings; start it with one that has its own date."));
        }

        return file with { Minutes = started };
    }

    private static List<ArchiveError> FindErrors(List<(ArchiveFile File, MeetingMinutes Minutes)> all)
    {
        var errors = new List<ArchiveError>();
        var numbers = new Dictionary<int, string>();
        foreach (var (file, minutes) in all)
        {
            if (minutes.Date is null)
            {
                errors.Add(new(
                    file.Name,
                    minutes.Line,
                    "This meeting has no date: neither its heading, nor a line Date:, nor the file's name gives one."));
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

        var chair = minutes.Chairs.Count > 0
            && roster.Find(minutes.Chairs[0].Name, day) is NameMatch.OfMember { Member: var member }
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
            PublishedAt = file.Published.TryGetValue(day, out var published) ? published : null,
        };
        return new(row, day, file.Minutes, minutes);
    }
}
