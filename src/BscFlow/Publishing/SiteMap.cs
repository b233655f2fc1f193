using System.Globalization;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Publishing;

/// <summary>An archive worked out for its pages: what each meeting is called, where it is, and what belongs to it.</summary>
public sealed class SiteMap
{
    private readonly Dictionary<string, ActionItem> _byMention = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ListedMeeting> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Meeting> _rows = new(StringComparer.Ordinal);
    private readonly ILookup<int, MinutedMeeting> _read;

    public SiteMap(Archive archive)
    {
        Archive = archive;
        Roster = new Roster(archive.Charter);
        Today = archive.Charter.DayOf(archive.Now);
        Years =
        [
            .. archive.Years.Select(year => year.Year)
                .Concat(archive.Settled.Years.Where(year => year.Version.Minutes is not null).Select(year => year.Year))
                .Distinct().OrderDescending(),
        ];
        foreach (var item in archive.Actions)
        {
            foreach (var mention in item.Mentions)
            {
                _byMention.TryAdd(Place(mention.MeetingKey, mention.Line, mention.Text), item);
            }
        }

        foreach (var row in archive.Meetings.Where(row => row.Number is not null))
        {
            _rows.TryAdd(row.Row, row);
        }

        Meetings = Describe(archive);
        foreach (var meeting in Meetings)
        {
            _byKey.TryAdd(Keys.MeetingOrDay(meeting.Number, meeting.Date), meeting);
        }

        _read = Meetings.OfType<MinutedMeeting>().ToLookup(meeting => meeting.Year);
    }

    public Archive Archive { get; }

    public Charter Charter => Archive.Charter;

    public Roster Roster { get; }

    /// <summary>By the committee's own calendar.</summary>
    public DateOnly Today { get; }

    /// <summary>The latest first.</summary>
    public IReadOnlyList<int> Years { get; }

    /// <summary>All meetings with published minutes, cancelled ones too, the latest first.</summary>
    public IReadOnlyList<ListedMeeting> Meetings { get; }

    /// <summary>The meetings of a file that is not settled, the latest first.</summary>
    public IEnumerable<MinutedMeeting> Read(int year) => _read[year];

    /// <summary>Every action item of the register, as far as it is counted.</summary>
    public IEnumerable<StatedAction> StatedActions
    {
        get
        {
            var read = Archive.Actions.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
            return Archive.Actions.Select(item => new StatedAction(item.Id, item.Opened, item.Closed))
                .Concat(Archive.Settled.Years.SelectMany(year => year.Actions).Where(item => !read.Contains(item.Id)));
        }
    }

    /// <summary>The next meeting that takes place.</summary>
    public Meeting? Next => Ahead.FirstOrDefault(meeting => meeting.State is not MeetingState.Cancelled);

    /// <summary>Meetings that have not ended, cancelled ones too, the next first.</summary>
    public IEnumerable<Meeting> Ahead =>
        Archive.Meetings.Where(meeting => meeting.End > Archive.Now && meeting.State is not MeetingState.Published)
            .OrderBy(meeting => meeting.Start);

    /// <summary>Numbered meetings whose minutes are not published yet; each has the page that its minutes will have.</summary>
    public IEnumerable<Meeting> Unpublished => Archive.Meetings.Where(meeting =>
        meeting is { Number: { } number, State: not MeetingState.Cancelled and not MeetingState.Published }
        && !_byKey.ContainsKey(Keys.MeetingOrDay(number, Charter.DayOf(meeting))));

    /// <summary>
    /// Cancelled meetings whose number no other meeting has: agendas and invitations lead to their page, which says that they do not
    /// take place. Of two that had the same number the later one.
    /// </summary>
    public IEnumerable<Meeting> Cancelled =>
        from meeting in Archive.Meetings
        where meeting.State is MeetingState.Cancelled && (meeting.Number is not null || meeting.FormerNumber is not null)
        let number = meeting.Number ?? meeting.FormerNumber!.Value
        where meeting.Number is not null || !_rows.ContainsKey(Keys.Meeting(number))
        where !_byKey.ContainsKey(Keys.MeetingOrDay(number, Charter.DayOf(meeting)))
        group meeting by number into same
        select same.MaxBy(meeting => meeting.Start);

    /// <summary>All meetings that have a page and no published minutes.</summary>
    public IEnumerable<Meeting> WithoutMinutes => Unpublished.Concat(Cancelled);

    /// <summary>Those of <see cref="Unpublished"/> that were held, the latest first.</summary>
    public IEnumerable<Meeting> Missing =>
        Unpublished.Where(meeting => meeting.End <= Archive.Now).OrderByDescending(meeting => meeting.Start);

    public IEnumerable<ActionItem> OpenActions => Archive.Actions.Where(item => item.State is ActionState.Open);

    /// <summary>The page of the meeting that first stated an item, where its minutes are published.</summary>
    public ListedMeeting? Origin(ActionItem item) =>
        _byKey.GetValueOrDefault(Keys.MeetingOrDay(item.Meeting, item.Opened));

    /// <summary>The secretary's row of a meeting with minutes, where there is one.</summary>
    public Meeting? Row(ListedMeeting meeting) => meeting.Number is { } number
        ? _rows.GetValueOrDefault(Keys.Meeting(number))
        : null;

    /// <summary>Whole days of the committee's calendar from a meeting to a moment.</summary>
    public int DaysSince(Meeting meeting, DateTimeOffset until) =>
        Charter.DayOf(until).DayNumber - Charter.DayOf(meeting).DayNumber;

    /// <summary>What an owner is called.</summary>
    public string OwnerName(string owner) =>
        owner == ActionItem.Everyone ? "Everyone" : Roster.ById(owner)?.Name ?? owner;

    private List<ListedMeeting> Describe(Archive archive)
    {
        List<ListedMeeting> meetings =
            [.. archive.Settled.Years.SelectMany(year => year.Meetings, (year, meeting) => Remembered(year.Year, meeting))];
        var taken = meetings.Select(meeting => meeting.Path).ToHashSet(StringComparer.Ordinal);

        // Of two meetings that claim one path in a file, the one held first stands last in it and keeps the path.
        var read = archive.Years
            .SelectMany(year => year.Document.Meetings.Reverse(), (year, minutes) => (Year: year, Minutes: minutes, Path: PathOf(year, minutes, taken)))
            .ToList();
        meetings.AddRange(read.AsParallel().AsOrdered().Select(meeting => Describe(meeting.Year, meeting.Minutes, meeting.Path)));
        meetings = [.. meetings.OrderByDescending(meeting => meeting.Date).ThenByDescending(meeting => meeting.Number)];
        for (var i = 0; i < meetings.Count; i++)
        {
            meetings[i].Index = i;
        }

        return meetings;
    }

    private ListedMeeting Remembered(int year, MeetingDigest meeting) => new()
    {
        Year = year,
        Number = meeting.Number,
        Date = meeting.Date,
        Path = meeting.Path,
        IsCancelled = meeting.IsCancelled,
        Quorum = meeting.Present is { } present ? Quorum.Of(Charter, meeting.Date, present) : null,
        PublishedAfter = meeting.PublishedAfter,
    };

    private static string PathOf(YearMinutes year, MeetingMinutes minutes, HashSet<string> taken)
    {
        var wanted = SitePath.Meeting(minutes.Number, year.DateOf(minutes));
        var path = wanted;
        for (var again = 2; !taken.Add(path); again++)
        {
            path = wanted.Replace(".html", $"-{again}.html", StringComparison.Ordinal);
        }

        return path;
    }

    private MinutedMeeting Describe(YearMinutes year, MeetingMinutes minutes, string path)
    {
        var date = year.DateOf(minutes);
        var key = Keys.MeetingOrDay(minutes.Number, date);
        var row = minutes.Number is { } number ? _rows.GetValueOrDefault(Keys.Meeting(number)) : null;
        var binding = MeetingQuorum.Of(minutes, QuorumOf(minutes, date));
        return new MinutedMeeting
        {
            Minutes = minutes,
            Source = year,
            Binding = binding,
            Year = year.Year,
            Number = minutes.Number,
            Date = date,
            Path = path,
            IsCancelled = minutes.Status is MeetingStatus.Cancelled,
            PublishedAfter = row?.PublishedAt is { } published ? DaysSince(row, published) : null,
            Quorum = minutes is { Date: not null, Status: MeetingStatus.Held, Participants.Count: > 0 } && binding.Counted.InOffice > 0
                ? binding.Counted
                : null,
            Actions = [.. minutes.ActionItems.Select(action => (action, ItemOf(action, minutes, key)))],
        };
    }

    private Quorum QuorumOf(MeetingMinutes minutes, DateOnly date)
    {
        List<string> present = [];
        List<string> unclear = [];
        foreach (var person in minutes.Participants.Concat(minutes.Chairs))
        {
            switch (Roster.Find(person.Name, date))
            {
                case NameMatch.OfMember { Member: var member } when member.InOffice(date):
                    present.Add(member.Id);
                    break;
                case NameMatch.Ambiguous when !unclear.Contains(person.Name):
                    unclear.Add(person.Name);
                    break;
            }
        }

        return Quorum.Of(Charter, date, present, unclear);
    }

    private ActionItem? ItemOf(MinutedAction action, MeetingMinutes minutes, string key) =>
        _byMention.GetValueOrDefault(Place(key, action.Line - minutes.Line + 1, ActionRegister.Kept(action.Text)));

    private static string Place(string key, int line, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{key}|{line}|{text}");
}
