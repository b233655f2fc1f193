using System.Globalization;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;

namespace BscFlow.Publishing;

/// <summary>An archive worked out for its pages: what each meeting is called, where it is, and what belongs to it.</summary>
public sealed class SiteMap
{
    private readonly Dictionary<string, ActionItem> _byMention = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MinutedMeeting> _byKey = new(StringComparer.Ordinal);

    public SiteMap(Archive archive)
    {
        Archive = archive;
        Roster = new Roster(archive.Charter);
        Today = archive.Charter.DayOf(archive.Now);
        Years = [.. archive.Years.Select(year => year.Year).Distinct().OrderDescending()];
        foreach (var item in archive.Actions)
        {
            foreach (var mention in item.Mentions)
            {
                _byMention.TryAdd(Place(mention.MeetingKey, mention.Line, mention.Text), item);
            }
        }

        Meetings = Describe(archive.Years);
        foreach (var meeting in Meetings)
        {
            _byKey.TryAdd(ActionMention.KeyOf(meeting.Minutes.Number, meeting.Date), meeting);
        }
    }

    public Archive Archive { get; }

    public Charter Charter => Archive.Charter;

    public Roster Roster { get; }

    /// <summary>By the committee's own calendar.</summary>
    public DateOnly Today { get; }

    /// <summary>The latest first.</summary>
    public IReadOnlyList<int> Years { get; }

    /// <summary>All meetings with published minutes, cancelled ones too, the latest first.</summary>
    public IReadOnlyList<MinutedMeeting> Meetings { get; }

    /// <summary>The next meeting that takes place.</summary>
    public Meeting? Next => Ahead.FirstOrDefault(meeting => meeting.State is not MeetingState.Cancelled);

    /// <summary>Meetings that have not ended, cancelled ones too, the next first.</summary>
    public IEnumerable<Meeting> Ahead =>
        Archive.Meetings.Where(meeting => meeting.End > Archive.Now).OrderBy(meeting => meeting.Start);

    /// <summary>Numbered meetings whose minutes are not published yet; each has the page that its minutes will have.</summary>
    public IEnumerable<Meeting> Unpublished => Archive.Meetings.Where(meeting =>
        meeting is { Number: { } number, State: not MeetingState.Cancelled }
        && !_byKey.ContainsKey(ActionMention.KeyOf(number, Charter.DayOf(meeting))));

    /// <summary>Those of them that were held, the latest first.</summary>
    public IEnumerable<Meeting> Missing =>
        Unpublished.Where(meeting => meeting.End <= Archive.Now).OrderByDescending(meeting => meeting.Start);

    public IEnumerable<ActionItem> OpenActions => Archive.Actions.Where(item => item.State is ActionState.Open);

    /// <summary>The page of the meeting that first stated an item, where its minutes are published.</summary>
    public MinutedMeeting? Origin(ActionItem item) =>
        _byKey.GetValueOrDefault(ActionMention.KeyOf(item.Meeting, item.Opened));

    /// <summary>What an owner is called.</summary>
    public string OwnerName(string owner) =>
        owner == ActionItem.Everyone ? "Everyone" : Roster.ById(owner)?.Name ?? owner;

    private List<MinutedMeeting> Describe(IReadOnlyList<YearMinutes> years)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        List<MinutedMeeting> meetings = [];
        foreach (var year in years)
        {
            // Of two meetings that claim one place in a file, the one held first stands last in it and keeps the place.
            foreach (var minutes in year.Document.Meetings.Reverse())
            {
                meetings.Add(Describe(year, minutes, taken));
            }
        }

        return [.. meetings.OrderByDescending(meeting => meeting.Date).ThenByDescending(meeting => meeting.Minutes.Number)];
    }

    private MinutedMeeting Describe(YearMinutes year, MeetingMinutes minutes, HashSet<string> taken)
    {
        // Minutes without a date are kept with their year, at its beginning.
        var date = minutes.Date ?? new DateOnly(year.Year, 1, 1);
        var path = SitePath.Meeting(minutes.Number, date);
        for (var again = 2; !taken.Add(path); again++)
        {
            path = SitePath.Meeting(minutes.Number, date).Replace(".html", $"-{again}.html", StringComparison.Ordinal);
        }

        var key = ActionMention.KeyOf(minutes.Number, date);
        return new MinutedMeeting
        {
            Minutes = minutes,
            Source = year,
            Date = date,
            Path = path,
            Quorum = minutes is { Date: not null, Status: MeetingStatus.Held } ? QuorumOf(minutes, date) : null,
            Actions = [.. minutes.ActionItems.Select(action => (action, ItemOf(action, minutes, key)))],
        };
    }

    private Quorum? QuorumOf(MeetingMinutes minutes, DateOnly date)
    {
        var quorum = Quorum.Of(Charter, Roster, date, minutes.Participants.Concat(minutes.Chairs).Select(person => person.Name));
        return quorum.InOffice > 0 && minutes.Participants.Count > 0 ? quorum : null;
    }

    private ActionItem? ItemOf(MinutedAction action, MeetingMinutes minutes, string key) =>
        _byMention.GetValueOrDefault(Place(key, action.Line - minutes.Line + 1, ActionRegister.Kept(action.Text)));

    private static string Place(string key, int line, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{key}|{line}|{text}");
}

/// <summary>A meeting with published minutes, and its page.</summary>
public sealed record MinutedMeeting
{
    public required MeetingMinutes Minutes { get; init; }

    /// <summary>The file that it stands in.</summary>
    public required YearMinutes Source { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>As in <see cref="SitePath"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Null where it cannot be told: cancelled, nobody listed, or older than the charter's members.</summary>
    public required Quorum? Quorum { get; init; }

    /// <summary>What the minutes state, in their order, and the item of the register that each is.</summary>
    public required IReadOnlyList<(MinutedAction Stated, ActionItem? Item)> Actions { get; init; }

    public bool IsCancelled => Minutes.Status is MeetingStatus.Cancelled;

    /// <summary><c>Meeting #62</c>, or what there is to say of one without number.</summary>
    public string Name => (Minutes.Number, IsCancelled) switch
    {
        ({ } number, false) => string.Create(CultureInfo.InvariantCulture, $"Meeting #{number}"),
        ({ } number, true) => string.Create(CultureInfo.InvariantCulture, $"Meeting #{number}, cancelled"),
        (null, true) => "No meeting",
        (null, false) => "Meeting",
    };
}
