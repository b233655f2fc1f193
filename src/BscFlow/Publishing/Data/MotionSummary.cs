using System.Text.Json.Serialization;
using BscFlow.Links;
using BscFlow.Votes;
using BscFlow.Votes.Tallies;

namespace BscFlow.Publishing.Data;

/// <summary>A motion in a list: how it stands, without what its own page tells.</summary>
/// <param name="Path">Of its page.</param>
/// <param name="Mover">A name.</param>
/// <param name="Votes">Null while it is open, and for one that was withdrawn.</param>
/// <param name="Meeting">Path of the page of the meeting whose minutes ask for it.</param>
/// <param name="Result">How a vote over options ended, in words; null for one by yes and no.</param>
public sealed record MotionSummary(
    string Id,
    string Path,
    string Title,
    MotionState State,
    string? Mover,
    DateTimeOffset Opened,
    DateTimeOffset Deadline,
    DateTimeOffset? Closed,
    string? Reason,
    VoteCounts? Votes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Result = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Meeting = null)
{
    [JsonIgnore]
    public bool IsOpen => State is MotionState.Open;

    /// <summary>For people: <c>carried</c>, <c>carried, to be ratified</c>.</summary>
    [JsonIgnore]
    public string Outcome => OutcomeOf(State, Result is not null);

    internal static string OutcomeOf(MotionState state, bool hasOptions) => state switch
    {
        MotionState.Open => "open",
        MotionState.Carried => RuleWords.Ended(won: true, hasOptions),
        MotionState.Lost => RuleWords.Ended(won: false, hasOptions),
        MotionState.NoQuorum => "closed without quorum",
        MotionState.Withdrawn => "withdrawn",
        MotionState.AwaitingRatification => $"{RuleWords.Ended(won: true, hasOptions)}, to be ratified",
        MotionState.Ratified => $"{RuleWords.Ended(won: true, hasOptions)} and ratified",
        _ => state.ToString(),
    };

    /// <summary>All motions, by id.</summary>
    internal static IEnumerable<MotionSummary> Of(SiteMap map) =>
        map.Archive.Motions.Select(motion => motion.Settled?.Summary ?? Of(map, motion.Motion, motion.Counted))
            .Concat(map.Archive.Settled.Motions.Select(motion => motion.Summary))
            .OrderBy(motion => motion.Id, StringComparer.Ordinal);

    internal static MotionSummary Of(SiteMap map, Motion motion, ShownTally? counted) => new(
        motion.Id,
        SitePath.Motion(motion.Id),
        motion.Title,
        motion.State,
        motion.Mover is { } mover ? map.OwnerName(mover) : null,
        motion.Opened,
        motion.Deadline,
        motion.Closed,
        motion.Reason,
        counted?.Tally is { } tally ? new VoteCounts(tally.For, tally.Against, tally.Abstained, tally.Silent) : null,
        counted?.Result is { } result ? OptionResultWords.Of(counted.Tally, result).TrimEnd('.') : null,
        SiteDescription.MeetingPath(motion.Meeting));
}

public sealed record VoteCounts(int For, int Against, int Abstained, int Silent);

/// <summary>All motions: those that are open, the next deadline first, then the rest, the last closed first.</summary>
public sealed record MotionsData(IReadOnlyList<MotionSummary> Open, IReadOnlyList<MotionSummary> Closed);
