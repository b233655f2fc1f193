using System.Diagnostics.CodeAnalysis;
using BscFlow.Committee;
using BscFlow.Votes;

namespace BscFlow.Web;

/// <summary>A ballot that the secretary heard in the room or on the phone, as a program or a form sends it.</summary>
public sealed record HeardBallotInput
{
    /// <summary>Id of the member whose ballot it is.</summary>
    public string? Voter { get; init; }

    /// <summary><c>for</c>, <c>against</c> or <c>abstain</c>.</summary>
    public string? Vote { get; init; }

    /// <summary><c>room</c> or <c>phone</c>.</summary>
    public string? Source { get; init; }

    /// <summary>When it was heard; without it, now.</summary>
    public string? Heard { get; init; }

    /// <summary>What the voter said beside it; the reason of an objection.</summary>
    public string? Comment { get; init; }

    /// <summary>Where, and who else heard it, in one line: the evidence that the result names.</summary>
    public string? Note { get; init; }

    /// <summary>What the fields say, where each can be read; otherwise what is wrong, by the name of the field.</summary>
    public bool TryRead(
        Charter charter,
        DateTimeOffset now,
        [NotNullWhen(true)] out Ballot? ballot,
        out Dictionary<string, string[]> errors)
    {
        errors = [];
        var received = now;
        if (!string.IsNullOrWhiteSpace(Heard) && !TypedText.TryReadMoment(charter, Heard, out received))
        {
            errors["heard"] = ["Say when it was heard as 2026-03-04T15:00, in the committee's zone, or with an offset."];
        }

        if (!Enum.TryParse<Vote>(Vote, ignoreCase: true, out var vote) || !Enum.IsDefined(vote))
        {
            errors["vote"] = ["A vote is \"for\", \"against\" or \"abstain\"."];
        }

        if (!Enum.TryParse<BallotSource>(Source, ignoreCase: true, out var source)
            || source is not (BallotSource.Room or BallotSource.Phone))
        {
            errors["source"] = ["Say where it was heard: \"room\" or \"phone\"."];
        }

        if (!charter.Members.Any(member => member.Id == Voter))
        {
            errors["voter"] = ["Name the member whose ballot it is."];
        }

        if (!TypedText.TryReadLine(Note, out var note))
        {
            errors["note"] = ["Say in one line where it was heard, and who else heard it: it is the evidence."];
        }

        ballot = errors.Count > 0 ? null : new Ballot
        {
            Voter = Voter!,
            Vote = vote,
            Comment = string.IsNullOrWhiteSpace(Comment) ? null : Comment.ReplaceLineEndings("\n").Trim(),
            Received = received,
            Source = source,
            Evidence = note,
        };
        return ballot is not null;
    }
}
