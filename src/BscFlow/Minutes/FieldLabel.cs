using System.Buffers;
using System.Collections.Frozen;

namespace BscFlow.Minutes;

internal enum Field : byte
{
    None,
    Date,
    Duration,
    Chair,
    Participants,
    Guests,
    Absent,
    Quorum,
    Status,

    /// <summary>A label of the head that is none of the above: who wrote, where it was.</summary>
    Other,
    Notes,
    Actions,
    CarriedActions,
    Decisions,
}

/// <summary>The labels under which minutes put their facts, in the words that committees use for them.</summary>
internal static class FieldLabel
{
    private const int Longest = 48;

    private static readonly SearchValues<char> Ends = SearchValues.Create(":\n");

    private static readonly FrozenDictionary<string, Field> Labels = Build().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Field>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        Labels.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads a label at the start of a text: "Chair: ...", a bold "Chair" before its value, or nothing but the label.</summary>
    /// <param name="strong">How many characters at the start are bold.</param>
    /// <param name="valueStart">Where the value starts, the colon passed over.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int strong, out Field field, out int valueStart)
    {
        var end = text[..Math.Min(text.Length, Longest)].IndexOfAny(Ends);
        if (end < 0 && text.Length > Longest && text is [.., ')'] && text[..Longest].IndexOf('(') is > 0 and var remark)
        {
            // "Attendance (please put a mark beside your name)"
            end = remark;
        }

        valueStart = end < 0 || text[end] == '(' ? text.Length : end + 1;
        if (end < 0)
        {
            end = strong > 0 && strong < text.Length ? strong : EndOfDurationLabel(text);
            valueStart = end;
        }

        field = end <= Longest ? Recognise(text[..end]) : Field.None;
        if (field is Field.None)
        {
            return false;
        }

        while (valueStart < text.Length && text[valueStart] is ':' or ' ' or '*' or '-' or '\u2013' or '\n')
        {
            valueStart++;
        }

        return true;
    }

    /// <summary>"Meeting duration 1.5 hours" needs no colon.</summary>
    private static int EndOfDurationLabel(ReadOnlySpan<char> text) =>
        text.Length < Longest && text.IndexOfAnyInRange('0', '9') is > 0 and var digit && Recognise(text[..digit]) is Field.Duration
            ? digit
            : text.Length;

    /// <summary>Whether a line within a paragraph is a field of its own rather than the paragraph wrapped.</summary>
    public static bool StartsLine(ReadOnlySpan<char> text)
    {
        var end = text[..Math.Min(text.Length, Longest)].IndexOfAny(Ends);
        return ActionMarker.StandsOut(text) ||
            (end > 0 && text[end] == ':' && (Recognise(text[..end]) is not Field.None || ActionMarker.IsLabel(text[..end])));
    }

    /// <summary>The field that a label without its colon names.</summary>
    public static Field Recognise(ReadOnlySpan<char> label)
    {
        label = label.Trim().TrimStart("*_#>-\u2022 ").TrimEnd("*_ :");
        if (label.EndsWith(")") && label.LastIndexOf('(') is > 0 and var open && !label.EndsWith("(s)"))
        {
            label = label[..open].TrimEnd();
        }

        if (label.IsEmpty || label.Length > Longest)
        {
            return Field.None;
        }

        if (BySpan.TryGetValue(label, out var field))
        {
            return field;
        }

        // "TSC members present", "Voting Representative Attendees": the last word decides, and a denial before it.
        var space = label.LastIndexOf(' ');
        if (space < 0 || label.Count(' ') > 4 || label.StartsWith("quorum", StringComparison.OrdinalIgnoreCase))
        {
            return Field.None;
        }

        return BySpan.TryGetValue(label[(space + 1)..], out field) && field is Field.Participants
            ? Denies(label[..space]) ? Field.Absent : IsOther(label) ? Field.Guests : Field.Participants
            : field is Field.Absent ? Field.Absent : Field.None;
    }

    /// <summary>Whether a heading below those present begins something else: "New agenda items", "Project updates".</summary>
    public static bool EndsPeople(ReadOnlySpan<char> heading) => heading.Length < Longest &&
        BySpan.TryGetValue(heading[(heading.LastIndexOf(' ') + 1)..], out var field) && field is Field.Notes;

    private static bool Denies(ReadOnlySpan<char> words) =>
        words.Equals("not", StringComparison.OrdinalIgnoreCase) || words.EndsWith(" not", StringComparison.OrdinalIgnoreCase);

    private static bool IsOther(ReadOnlySpan<char> label) =>
        label.StartsWith("other", StringComparison.OrdinalIgnoreCase) || label.StartsWith("non", StringComparison.OrdinalIgnoreCase) ||
        label.StartsWith("guest", StringComparison.OrdinalIgnoreCase) || label.StartsWith("ext", StringComparison.OrdinalIgnoreCase) ||
        label.StartsWith("add", StringComparison.OrdinalIgnoreCase) || label.StartsWith("also", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<KeyValuePair<string, Field>> Build()
    {
        (Field Field, string[] Labels)[] groups =
        [
            (Field.Date, ["meeting", "title", "date", "dates", "meeting date", "date and time", "date/time", "date & time", "when", "held on",
                "time", "time and date", "meeting date/time", "meeting date and time", "meeting date & time", "date of meeting"]),
            (Field.Duration, ["duration", "length", "meeting duration", "meeting length", "length of meeting"]),
            (Field.Chair, ["chair", "chairs", "chair(s)", "chairperson", "chairman", "chairwoman", "chaired by", "co-chair", "co-chairs",
                "co-chair(s)", "cochairs", "acting chair", "meeting chair", "meeting chairs", "session chair", "presiding",
                "presided by", "moderator", "moderators", "moderated by", "facilitator", "facilitators", "facilitated by", "meeting lead",
                "led by", "meeting chair pro tem", "chair pro tem", "mc", "chair and co-chair", "chair and co-chairs", "meeting facilitator"]),
            (Field.Participants, ["participants", "participant", "participant(s)", "attendees", "attendee", "attendee(s)", "attendance",
                "attending", "attended", "in attendance", "present", "members", "voting members", "tsc members", "committee members",
                "who", "roll call", "rollcall", "people", "people present", "who was there", "who attended", "on the call",
                "list of attendees", "list of participants", "who joined", "joined", "who is here", "who's here", "attendance list",
                "attended by", "members in attendance", "participating"]),
            (Field.Guests, ["guest", "guests", "guest(s)", "external", "externals", "observer", "observers", "visitors", "others",
                "invited", "invited guests", "invitees", "non-members", "nonmembers", "non-voting", "non-voting members", "staff",
                "lf staff", "foundation staff", "also present", "community", "community members", "others present", "presenters",
                "other attendees", "other participants", "external participants", "external guests", "public"]),
            (Field.Absent, ["regrets", "regret", "absent", "absentees", "absences", "absence", "apologies", "apology", "not present",
                "excused", "missing", "not attending", "unable to attend", "did not attend", "members absent", "sent regrets",
                "no show", "no shows", "regrets from", "apologies from", "apologies for absence", "leave of absence", "cannot attend",
                "can't attend", "not in attendance", "could not attend", "couldn't attend"]),
            (Field.Quorum, ["quorum", "quorum status", "quorum reached", "quorum met"]),
            (Field.Status, ["status", "meeting status"]),
            (Field.Other, ["scribe", "scribes", "note taker", "note takers", "notetaker", "notetakers", "note-taker", "minute taker", "minutes by",
                "minutes taken by", "notes by", "secretary", "recorder", "recording", "recordings", "video", "location", "where",
                "timekeeper", "host", "zoom", "link", "note-takers", "minute takers", "minute-taker", "meeting link", "github issue",
                "slides", "venue", "place"]),
            (Field.Notes, ["notes", "note", "agenda", "agenda items", "minutes", "meeting notes", "meeting minutes", "discussion",
                "discussions", "discussion notes", "discussion items", "topics", "topic", "summary", "items", "proceedings",
                "announcements", "agenda and notes", "agenda & notes", "agenda/notes", "agenda and minutes", "discussed", "old business",
                "new business", "business", "updates", "chat", "introductions", "active votes", "open prs", "votes", "next meeting",
                "upcoming meetings", "links", "next meetings"]),
            (Field.Actions, ["action item", "action items", "action items (ais)", "action item(s)", "actions", "ais", "ai's", "action points",
                "action point", "todo", "todos", "to do", "to-do", "to-dos", "to do list", "task list", "new action items", "new actions",
                "action list", "summary of action items", "action item summary", "action items summary", "actions taken",
                "assigned action items", "action items assigned", "action items from this meeting"]),
            (Field.CarriedActions, ["previous action items", "previous actions", "open action items", "open actions", "open ais", "open ai's",
                "outstanding action items", "outstanding actions", "pending action items", "pending actions", "old action items",
                "carried action items", "carried over action items", "carried-over action items", "action items carried over",
                "action items from last meeting", "action items from previous meeting", "action items from the last meeting",
                "action items from the previous meeting", "action item review", "action items review", "review of action items",
                "review of actions", "prior action items", "past action items", "last meeting's action items", "previous ais",
                "previous ai's", "pending ais", "pending ai's", "outstanding ais"]),
            (Field.Decisions, ["decisions", "decisions made", "decisions taken", "key decisions", "resolutions", "agreements"]),
        ];
        return groups.SelectMany(group => group.Labels, (group, label) => KeyValuePair.Create(label, group.Field));
    }
}
