using System.Text.Json.Serialization;
using BscFlow.Votes;
using BscFlow.Votes.Options;

namespace BscFlow.Publishing.Data;

/// <summary>A motion, as everyone may see it.</summary>
/// <param name="Path">Of its page.</param>
/// <param name="Rule">What it takes, in words.</param>
/// <param name="Voters">How many may vote.</param>
/// <param name="Asked">Their names; none where they are too many for a page, or beyond the committee.</param>
/// <param name="RosterChange">Who came and went since it opened, in sentences; null where nobody did.</param>
/// <param name="Mover">A name.</param>
/// <param name="Result">Null while it is open, and for one that was withdrawn.</param>
/// <param name="Meeting">Path of the page of the meeting whose minutes ask for it.</param>
/// <param name="Options">What is asked in place of yes or no, in the order of the ballot.</param>
public sealed record MotionData(
    string Id,
    string Path,
    string Title,
    string Text,
    IReadOnlyList<MotionLink> Links,
    MotionState State,
    string Rule,
    int Voters,
    IReadOnlyList<string> Asked,
    string? RosterChange,
    string? Mover,
    string? Seconder,
    bool Secret,
    DateTimeOffset Opened,
    DateTimeOffset Deadline,
    DateTimeOffset? Closed,
    string? Reason,
    DateOnly? RatifiedOn,
    ResultData? Result,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<MotionOptionData>? Options = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Meeting = null)
{
    [JsonIgnore]
    public bool IsOpen => State is MotionState.Open;

    [JsonIgnore]
    public string Outcome => MotionSummary.OutcomeOf(State, Options is not null);
}

/// <param name="Details">Of cost and affiliation, as they follow the name; empty where there are none.</param>
/// <param name="Proposer">Who asks for it.</param>
public sealed record MotionOptionData(string Name, Uri? Link, string Details, string? Proposer);

/// <summary>How a vote ended.</summary>
/// <param name="Ballots">By name; empty for a secret motion, and where they are too many for a page.</param>
/// <param name="Receipts">The sheet of a secret motion; empty for a public one, and where the lines are too many for a page.</param>
/// <param name="Path">Of the file with which anyone can count again.</param>
public sealed record ResultData(
    int For,
    int Against,
    int Abstained,
    int Silent,
    IReadOnlyList<BallotData> Ballots,
    IReadOnlyList<ReceiptData> Receipts,
    string Path,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OptionResultData? Options = null);

/// <param name="Proxy">Name of the member who cast it for the voter.</param>
/// <param name="Said">The ballot in words, as its voter had them: <c>an objection</c>, <c>1. Ada, 2. Cy</c>.</param>
/// <param name="Assessments">On a motion with options: what was written, each with the option's name before it.</param>
public sealed record BallotData(
    string Name,
    Vote Vote,
    string? Comment,
    string? Proxy,
    string Said,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Assessments = null);

/// <summary>A line of the sheet of a secret motion, by which its voter finds it and others count it.</summary>
/// <param name="Receipt">The voter's secret word; on a motion with options what it makes of the ballot, see <see cref="SecretLine"/>.</param>
/// <param name="Said">The ballot in words, as its voter had them.</param>
/// <param name="Marks">On a motion with options: the ballot as <see cref="MarkText"/> writes it.</param>
public sealed record ReceiptData(
    string Receipt, Vote Vote, string Said, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Marks = null);
