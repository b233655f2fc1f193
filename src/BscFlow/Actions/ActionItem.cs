using System.Text.Json.Serialization;
using Azure;
using BscFlow.Storage;

namespace BscFlow.Actions;

public enum ActionState
{
    Open,
    Done,
    Dropped,
}

/// <summary>A task that somebody took on, followed from the minutes that first state it.</summary>
/// <remarks>
/// All but <see cref="Id"/> follows from <see cref="Mentions"/> and <see cref="Edits"/>; see <see cref="ActionRegister"/>.
/// </remarks>
public sealed record ActionItem
{
    /// <summary>The owner of an item that is for each member: "AI (all)", "everyone".</summary>
    public const string Everyone = "everyone";

    /// <summary>Stable: meeting number (or date) and a running number, such as <c>0055-2</c>.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Member ids where the name is a member's, <see cref="Everyone"/>, otherwise the guest's name or the name as written.
    /// </summary>
    public required IReadOnlyList<string> Owners { get; init; }

    /// <summary>As it was stated first, or as later minutes put it that say no less.</summary>
    public required string Text { get; init; }

    public ActionState State { get; init; }

    /// <summary>Number of the meeting that first stated it; null for a meeting without number.</summary>
    public int? Meeting { get; init; }

    /// <summary>Date of the meeting that first stated it.</summary>
    public required DateOnly Opened { get; init; }

    /// <summary>Line in that meeting's section, its heading being line 1: it stays right as the file grows.</summary>
    public int? Line { get; init; }

    public DateOnly? Closed { get; init; }

    public DateOnly? Due { get; init; }

    /// <summary>Date of the last meeting whose minutes speak of it.</summary>
    public required DateOnly LastSeen { get; init; }

    /// <summary>Where the minutes speak of it, by date; the first is where it was stated.</summary>
    public IReadOnlyList<ActionMention> Mentions { get; init; } = [];

    /// <summary>What people changed beside the minutes, oldest first.</summary>
    public IReadOnlyList<ActionEdit> Edits { get; init; } = [];

    /// <summary>Of the row as it was read; default for an item that is not stored yet.</summary>
    [JsonIgnore]
    public ETag ETag { get; init; }

    /// <summary>The years whose minutes speak of it.</summary>
    internal IEnumerable<int> Years => Mentions.Select(mention => mention.Date.Year).Append(Opened.Year).Distinct();

    /// <summary>
    /// The text where <see cref="Due"/> stands beside it: without the words at its end that name the same day. Words that name
    /// another one, as those of an item that was put off, stay.
    /// </summary>
    internal string TextBesideDue
    {
        get
        {
            var text = Text.AsSpan().TrimEnd(" .)]");
            foreach (var due in Mentions.Select(mention => mention.Due).OfType<DueDate>().Where(due => due.Day == Due))
            {
                if (text.EndsWith(due.Phrase, StringComparison.Ordinal)
                    && text[..^due.Phrase.Length].TrimEnd(" ,;:([-–—") is { Length: > 0 } task)
                {
                    return task.ToString();
                }
            }

            return Text;
        }
    }

    /// <summary>Whole days since it was stated, to the day it was closed or to <paramref name="today"/>.</summary>
    public int AgeInDays(DateOnly today) => (Closed ?? today).DayNumber - Opened.DayNumber;

    public bool IsOverdue(DateOnly today) => State is ActionState.Open && Due < today;
}

/// <summary>One place in the minutes that speaks of an item.</summary>
public sealed record ActionMention
{
    public required int? Meeting { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Line in the meeting's section, whose heading is line 1.</summary>
    public required int Line { get; init; }

    /// <summary>Resolved as in <see cref="ActionItem.Owners"/>.</summary>
    public required IReadOnlyList<string> Owners { get; init; }

    /// <summary>As written, cut at <see cref="ActionRegister.LongestText"/>.</summary>
    public required string Text { get; init; }

    public bool Done { get; init; }

    public bool Carried { get; init; }

    /// <summary>Said to be given up.</summary>
    public bool Dropped { get; init; }

    public DueDate? Due { get; init; }

    /// <summary>First part of the ids of items stated there: <c>0055</c>, or its date where it has no number.</summary>
    [JsonIgnore]
    public string MeetingKey => Keys.MeetingOrDay(Meeting, Date);

    /// <summary>Whether its <see cref="MeetingKey"/> is that of the meeting; most mentions are asked this many times.</summary>
    internal bool IsOf(int? meeting, DateOnly date) => Meeting is null ? meeting is null && Date == date : Meeting == meeting;

    internal bool IsOfOneMeetingWith(ActionMention other) => IsOf(other.Meeting, other.Date);
}
