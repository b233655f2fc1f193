using System.Globalization;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Minutes;

namespace BscFlow.Publishing;

/// <summary>A meeting with published minutes, as far as other pages than its own tell of it.</summary>
public record ListedMeeting
{
    /// <summary>Of the file that it stands in.</summary>
    public required int Year { get; init; }

    public required int? Number { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>As in <see cref="SitePath"/>.</summary>
    public required string Path { get; init; }

    public required bool IsCancelled { get; init; }

    /// <summary>Null where it cannot be told: cancelled, nobody listed, or older than the charter's members.</summary>
    public required Quorum? Quorum { get; init; }

    /// <summary>Days from the meeting to the publication of its minutes; null where it is not on record.</summary>
    public required int? PublishedAfter { get; init; }

    /// <summary>In <see cref="SiteMap.Meetings"/>.</summary>
    internal int Index { get; set; }

    /// <summary><c>Meeting #62</c>, or what there is to say of one without number.</summary>
    public string Name => (Number, IsCancelled) switch
    {
        ({ } number, false) => string.Create(CultureInfo.InvariantCulture, $"Meeting #{number}"),
        ({ } number, true) => string.Create(CultureInfo.InvariantCulture, $"Meeting #{number}, cancelled"),
        (null, true) => "No meeting",
        (null, false) => "Meeting",
    };
}

/// <summary>A meeting with published minutes that were read, and its page.</summary>
public sealed record MinutedMeeting : ListedMeeting
{
    public required MeetingMinutes Minutes { get; init; }

    /// <summary>The file that it stands in.</summary>
    public required YearMinutes Source { get; init; }

    /// <summary>Which of its decisions bind.</summary>
    public required MeetingQuorum Binding { get; init; }

    /// <summary>What the minutes state, in their order, and the item of the register that each is.</summary>
    public required IReadOnlyList<(MinutedAction Stated, ActionItem? Item)> Actions { get; init; }

    /// <summary>As it stands in its file, its heading included.</summary>
    public ReadOnlyMemory<char> Text => Source.Document.Text.AsMemory(Minutes.Offset, Minutes.Length);
}
