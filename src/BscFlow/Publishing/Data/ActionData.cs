using System.Text.Json.Serialization;
using BscFlow.Actions;
using BscFlow.Links;

namespace BscFlow.Publishing.Data;

/// <summary>An action item of the register.</summary>
/// <param name="Owners">Names; empty where nobody is named.</param>
/// <param name="Path">Its own place, with the anchor; stays the same for good.</param>
/// <param name="Meeting">The meeting that first stated it, where its minutes are published; the path has the anchor.</param>
public sealed record ActionData(
    string Id,
    string Text,
    IReadOnlyList<string> Owners,
    ActionState State,
    DateOnly Opened,
    DateOnly? Closed,
    DateOnly? Due,
    string Path,
    MeetingLink? Meeting)
{
    [JsonIgnore]
    public string Anchor => SitePath.ActionAnchor(Id);

    [JsonIgnore]
    public bool IsOpen => State is ActionState.Open;

    /// <summary>The text where its due date stands beside it; it follows from the two.</summary>
    [JsonIgnore]
    public string TextBesideDue { get; init; } = Text;

    public bool IsOverdue(DateOnly today) => IsOpen && Due < today;

    /// <summary>How long it has been open, or was: <c>5 weeks</c>.</summary>
    public string Age(DateOnly today) => ((Closed ?? today).DayNumber - Opened.DayNumber) switch
    {
        0 => "less than a day",
        1 => "a day",
        < 14 and var days => $"{days} days",
        < 70 and var days => $"{days / 7} weeks",
        < 730 and var days => $"{days * 12 / 365} months",
        var days => $"{days / 365} years",
    };
}

/// <summary>What is to be done, by whom: the page of open action items.</summary>
/// <param name="Today">By the committee's calendar; ages are told as of it.</param>
/// <param name="Owners">By name; what belongs to everyone and to nobody at the end. An item of two owners stands with both.</param>
/// <param name="Lately">Closed last, the latest first.</param>
/// <param name="Years">In which items were stated, the latest first; each has a page of all its items.</param>
public sealed record ActionsData(
    DateOnly Today,
    int Open,
    int Closed,
    IReadOnlyList<OwnerData> Owners,
    IReadOnlyList<ActionData> Lately,
    IReadOnlyList<int> Years);

public sealed record OwnerData(string Name, IReadOnlyList<ActionData> Actions);

/// <summary>
/// All items that one year's meetings stated, in the order of their numbers. It says nothing that changes by the day.
/// </summary>
public sealed record ActionYearData(int Year, IReadOnlyList<int> Years, IReadOnlyList<ActionData> Actions);
