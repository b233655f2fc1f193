using BscFlow.Committee;
using BscFlow.Editing;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Publishing;
using BscFlow.Votes;

namespace BscFlow.Web;

/// <summary>A decision as it stands in a text.</summary>
/// <param name="Binds">False where there was no quorum, or none any more.</param>
public sealed record ReadDecision(MinutedDecision Decision, bool Binds);

/// <summary>What is understood of minutes while they are written: the preview beside the text.</summary>
public sealed record MinutesReading
{
    public required IReadOnlyList<Attendee> Attendance { get; init; }

    /// <summary>As <see cref="ChairField.Read"/> gives it, of those in <see cref="Attendance"/>.</summary>
    public required string Chair { get; init; }

    /// <summary>Whom the text names as chair, where that is nobody of them, or several; empty for nobody.</summary>
    public required string OtherChairs { get; init; }

    /// <summary>Of all who were there, also of those who left.</summary>
    public required Quorum Quorum { get; init; }

    /// <summary>Members who have not left.</summary>
    public required int StillThere { get; init; }

    /// <summary>There was a quorum, and then no more.</summary>
    public bool IsQuorumLost { get; init; }

    public required IReadOnlyList<ReadDecision> Decisions { get; init; }

    /// <summary>Votes by mail that the text announces.</summary>
    public required IReadOnlyList<ProposedMotion> Votes { get; init; }

    /// <summary>With the names of owners as the charter has them.</summary>
    public required IReadOnlyList<(MinutedAction Action, string Owners)> Actions { get; init; }

    /// <summary>What a careful secretary would flag; by line of the text.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The notes as the public page will show them.</summary>
    public required string Notes { get; init; }

    public static MinutesReading Of(Charter charter, Meeting meeting, string text)
    {
        var roster = new Roster(charter);
        var day = charter.DayOf(meeting);
        var document = MinutesReader.Read(text);
        var minutes = document.Meetings is [var first, ..] ? first : new MeetingMinutes { Offset = 0, Length = text.Length, Line = 1 };
        var attendance = AttendanceList.Read(charter, roster, day, minutes);
        var found = MeetingQuorum.Of(minutes, charter, roster, day);
        var quorum = found.Counted;

        // Somebody who is not in office that day is none whom the form offers.
        var named = ChairField.Read(charter, roster, day, minutes);
        var chair = attendance.Any(person => person.Key == named) ? named : "";
        var left = attendance.Count(person => person is { IsMember: true, Presence: Presence.Left });
        return new MinutesReading
        {
            Attendance = attendance,
            Chair = chair,
            OtherChairs = chair.Length > 0 ? "" : string.Join(", ", minutes.Chairs.Select(person => person.Name)),
            Quorum = quorum,
            StillThere = quorum.Present.Count - left,
            IsQuorumLost = found.LostAt is not null || (quorum.IsReached && quorum.Present.Count - left < quorum.Needed),
            Decisions = [.. minutes.Decisions.Select(decision => new ReadDecision(decision, found.Binds(decision)))],
            Votes = [.. ProposedMotion.In(document, minutes, charter, day).Where(motion => motion.Reason is ProposalReason.Announced)],
            Actions = [.. minutes.ActionItems.Select(action => (action, Owners(charter, roster, day, action)))],
            Findings = IsUntouched(meeting, minutes) ? [] : Lint(document, charter),
            Notes = document.Meetings is [_, ..] ? NotesHtml.Render(document, minutes, Anchors(minutes)) : "",
        };
    }

    /// <summary>What the form says beyond what the text said when it was drawn, written into the text.</summary>
    /// <param name="chair">Who was chosen for the chair in place of whom the form was drawn with; null: nobody else.</param>
    /// <param name="was">The presence of each as the boxes were drawn.</param>
    /// <param name="now">As they are now. Whose box was unticked was not there, and so not in the chair either.</param>
    /// <returns>The text, and the names of those whom it has no place for.</returns>
    public static (string Text, IReadOnlyList<string> Unwritten) Attend(
        Charter charter,
        Meeting meeting,
        string text,
        string? chair,
        IReadOnlyDictionary<string, Presence> was,
        IReadOnlyDictionary<string, Presence> now)
    {
        var roster = new Roster(charter);
        var day = charter.DayOf(meeting);
        var unwritten = new List<string>();
        if (Of(charter, meeting, text).Chair is { Length: > 0 } named && chair is null && IsGone(named))
        {
            chair = "";
        }

        if (chair is not null)
        {
            var chosen = ChairField.Set(charter, roster, day, text, chair);
            text = chosen ?? text;
            unwritten.AddRange(chosen is null ? ["the chair"] : []);
        }

        if (now.Any(person => person.Value is not Presence.Absent && was.TryGetValue(person.Key, out var before) && before is Presence.Absent))
        {
            text = WithChairs(charter, meeting, text);
        }

        foreach (var (key, presence) in now.Where(person => was.TryGetValue(person.Key, out var before) && before != person.Value))
        {
            var before = Of(charter, meeting, text);
            if (AttendanceList.Set(charter, roster, day, text, key, presence) is not { } changed)
            {
                unwritten.AddRange(before.Attendance.Where(person => person.Key == key).Select(person => person.Name));
                continue;
            }

            text = changed;
            var after = Of(charter, meeting, text);
            if (presence is Presence.Left && !before.IsQuorumLost && after.IsQuorumLost)
            {
                text = AttendanceList.NoteLoss(text, after.Attendance.First(person => person.Key == key).Name);
            }
        }

        return (text, unwritten);

        bool IsGone(string key) => was.TryGetValue(key, out var before) && before is not Presence.Absent
            && now.TryGetValue(key, out var after) && after is Presence.Absent;
    }

    /// <summary>A list of participants is one of all who were there, the chair among them.</summary>
    private static string WithChairs(Charter charter, Meeting meeting, string text)
    {
        var (roster, day) = (new Roster(charter), charter.DayOf(meeting));
        foreach (var chair in Of(charter, meeting, text).Attendance.Where(person => person.InChair))
        {
            text = AttendanceList.Set(charter, roster, day, text, chair.Key, chair.Presence) ?? text;
        }

        return text;
    }

    private static string Owners(Charter charter, Roster roster, DateOnly day, MinutedAction action) =>
        string.Join(", ", action.Owners.Select(name => roster.Find(name, day) switch
        {
            NameMatch.OfMember { Member: var member } => member.Name,
            NameMatch.OfGuest { Guest: var guest } => guest.Name,
            _ => roster.MeansEveryone(name) ? "everyone" : name,
        }));

    /// <summary>
    /// Nobody has ticked or written yet who was there and how long it took: of a draft, mostly before the meeting, there is nothing to
    /// flag but that it is a draft.
    /// </summary>
    private static bool IsUntouched(Meeting meeting, MeetingMinutes minutes) =>
        meeting is { State: MeetingState.Ahead, MinutesSavedAt: null, MinutesBegunAt: null }
        && minutes is { Participants.Count: 0, DurationMinutes: null };

    private static IReadOnlyList<Finding> Lint(MinutesDocument document, Charter charter) =>
        document.Meetings is [_] && ThreeWayMerge.FindConflict(document.Text) is null
            ? MinutesLinter.LintAlone("minutes.md", document, charter)
            : [];

    private static IReadOnlyList<NotesAnchor> Anchors(MeetingMinutes minutes) =>
    [
        .. minutes.Decisions.Select((decision, i) => new NotesAnchor(decision.Line, $"d{i + 1}", "decision")),
        .. minutes.ActionItems.Select((action, i) =>
            new NotesAnchor(action.Line, $"a{i + 1}", action.Done ? "task done" : "task")),
    ];
}
