using BscFlow.Committee;

namespace BscFlow.Minutes.Linting;

/// <summary>All minutes that are linted together, and the charter they are held against.</summary>
internal sealed class Archive
{
    private const int MeetingsThatShowAHabit = 5;

    public Archive(IReadOnlyList<(string File, MinutesDocument Document)> files, Charter charter)
    {
        Charter = charter;
        Roster = new Roster(charter);
        var names = new NameForms(Roster);
        Meetings =
        [
            .. from file in files
               from meeting in file.Document.Meetings
               select new MinutedMeeting(file.File, file.Document, meeting, names),
        ];
        KeepsDurations = IsHabit(meeting => (meeting.Minutes.DurationMinutes ?? meeting.Minutes.DurationLine) is not null);
        ListsChairs = IsHabit(meeting => meeting.Minutes.Chairs.Any(chair => meeting.Attendance.Lists(chair.Name)));
        var numbered = Meetings.Where(meeting => meeting.Minutes.Number is not null)
            .DistinctBy(meeting => meeting.Minutes.Number)
            .ToDictionary(meeting => meeting.Minutes.Number!.Value);
        foreach (var meeting in Meetings)
        {
            meeting.Date = YearRule.RightDate(meeting, numbered) ?? meeting.Date;
        }

        ByDate =
        [
            .. Meetings.Where(meeting => meeting.Date is not null)
                .OrderBy(meeting => meeting.Date)
                .ThenBy(meeting => meeting.Minutes.Number ?? int.MaxValue),
        ];
    }

    public Charter Charter { get; }

    public Roster Roster { get; }

    /// <summary>Whether this committee writes down how long its meetings take: some minutes do, or leave room for it.</summary>
    public bool KeepsDurations { get; }

    /// <summary>Whether this committee lists its chair among the participants: some minutes do.</summary>
    public bool ListsChairs { get; }

    /// <summary>In the order of the files.</summary>
    public IReadOnlyList<MinutedMeeting> Meetings { get; }

    /// <summary>Those with a date, in the order of time; of two on one day the lower number first.</summary>
    public IReadOnlyList<MinutedMeeting> ByDate { get; }

    /// <summary>
    /// Whether two meetings that follow each other here may have had others between them, in a file that was not given: a whole
    /// year lies between them.
    /// </summary>
    public static bool MayLackAFile(MinutedMeeting before, MinutedMeeting after) =>
        before.File != after.File && after.Date?.Year - before.Date?.Year > 1;

    /// <summary>What no meeting of several does is not left out by mistake.</summary>
    private bool IsHabit(Func<MinutedMeeting, bool> does) => Meetings.Count < MeetingsThatShowAHabit || Meetings.Any(does);
}
