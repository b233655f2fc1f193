using System.Text.Json.Serialization;
using BscFlow.Committee;
using BscFlow.Votes;
using BscFlow.Votes.Options;

namespace BscFlow.Web;

/// <summary>A motion as the programming interface gives it. Ballots of an open motion, and of a secret one, are only counted.</summary>
/// <param name="State">As in <see cref="MotionState"/>.</param>
/// <param name="Needs">What it takes, a sentence: <c>It is carried if at least 2/3 of the entire committee vote for it: 4 of 6.</c></param>
/// <param name="Options">What is asked in place of yes or no.</param>
/// <param name="Calls">When the calls leave.</param>
/// <param name="Voters">How many are asked.</param>
/// <param name="Voted">How many of them have voted; null where nobody asked, and once it is closed.</param>
/// <param name="Counted">How many ballots have been read, while many are counted; null else.</param>
public sealed record MotionView(
    string Id,
    string Title,
    string Text,
    IReadOnlyList<MotionLink> Links,
    string Rule,
    string Needs,
    bool Consensus,
    bool Secret,
    string? Subject,
    string? Mover,
    string? Seconder,
    MotionState State,
    DateTimeOffset Opened,
    DateTimeOffset Deadline,
    DateTimeOffset? Closed,
    string? Reason,
    string? RatifiedBy,
    DateOnly? RatifiedOn,
    int Voters,
    int? Voted,
    int? Counted,
    OptionVote? Options,
    CallPlan Calls)
{
    public static MotionView Of(Charter charter, Motion motion, int? voted = null) => new(
        motion.Id,
        motion.Title,
        motion.Text,
        motion.Links,
        motion.Rule.Name,
        RuleWords.Needs(motion),
        motion.Rule.Consensus,
        motion.Secret,
        motion.Electorate.Subject,
        motion.Mover,
        motion.Seconder,
        motion.State,
        TimeZoneInfo.ConvertTime(motion.Opened, charter.Zone()),
        TimeZoneInfo.ConvertTime(motion.Deadline, charter.Zone()),
        motion.Closed,
        motion.Reason,
        motion.Rule.RatifiedBy,
        motion.RatifiedOn,
        motion.Electorate.Size,
        voted,
        motion.Counted,
        motion.Options,
        CallPlan.Of(motion));
}

/// <summary>A motion as the programming interface lists it.</summary>
/// <param name="Voters">How many are asked.</param>
/// <param name="Counted">How many ballots have been read, while many are counted; null else.</param>
public sealed record ListedMotionView(
    string Id,
    string Title,
    string Rule,
    bool Consensus,
    bool Secret,
    string? Mover,
    string? Seconder,
    MotionState State,
    DateTimeOffset Opened,
    DateTimeOffset Deadline,
    DateTimeOffset? Closed,
    string? Reason,
    DateOnly? RatifiedOn,
    int Voters,
    int? Counted)
{
    public static ListedMotionView Of(Charter charter, ListedMotion motion) => new(
        motion.Id,
        motion.Title,
        motion.Rule.Name,
        motion.Rule.Consensus,
        motion.Secret,
        motion.Mover,
        motion.Seconder,
        motion.State,
        TimeZoneInfo.ConvertTime(motion.Opened, charter.Zone()),
        TimeZoneInfo.ConvertTime(motion.Deadline, charter.Zone()),
        motion.Closed,
        motion.Reason,
        motion.RatifiedOn,
        motion.Voters,
        motion.Counted);
}

/// <summary>Who is asked to vote on a motion.</summary>
public sealed record VoterView(string Id, string Name, bool Voted);

/// <summary>Another deadline: <c>2026-03-04T15:00</c> in the committee's zone, or with an offset.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExtensionRequest(string? Deadline);

/// <summary>Why a motion is taken back.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WithdrawalRequest(string? Reason);

/// <summary>Another wording, as long as nobody has voted.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CorrectionRequest(string? Title, string? Text);

/// <summary>The day on which the second body ratified a motion.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RatificationRequest(DateOnly? Day);

/// <summary>A ballot that counts.</summary>
public sealed record BallotView(string Voter, Vote Vote, DateTimeOffset Received, BallotSource Source)
{
    public static BallotView Of(Ballot ballot) => new(ballot.Voter, ballot.Vote, ballot.Received, ballot.Source);
}
