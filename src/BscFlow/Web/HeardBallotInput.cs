using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using BscFlow.Committee;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked.Ballots;

namespace BscFlow.Web;

/// <summary>A ballot that the secretary heard in the room or on the phone, as a program or a form sends it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record HeardBallotInput
{
    /// <summary>Id of the voter whose ballot it is, or their name or address where no other voter has it.</summary>
    public string? Voter { get; init; }

    /// <summary><c>for</c>, <c>against</c> or <c>abstain</c>.</summary>
    [AllowedValues("for", "against", "abstain")]
    public string? Vote { get; init; }

    /// <summary>On a motion with options, in place of <see cref="Vote"/>: what was said, as in a mail: <c>B &gt; A = C</c>.</summary>
    public string? Said { get; init; }

    /// <summary><c>room</c> or <c>phone</c>.</summary>
    [AllowedValues("room", "phone")]
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
        Motion motion,
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

        Vote vote = default;
        OptionBallot.Choice? choice = null;
        if (motion.Options is { } options)
        {
            choice = ReadSaid(options, errors);
        }
        else if (!TypedText.TryReadVote(Vote, out vote))
        {
            errors["vote"] = ["A vote is \"for\", \"against\" or \"abstain\"."];
        }

        if (SourceIn() is not { } source)
        {
            source = default;
            errors["source"] = ["Say where it was heard: \"room\" or \"phone\"."];
        }

        if (VoterIn(charter, motion) is not { } voter)
        {
            voter = "";
            errors["voter"] = [Voter is { Length: > 0 } named ? $"Nobody who is asked is called \"{named}\"." : "Name the voter whose ballot it is."];
        }

        if (!TypedText.TryReadLine(Note, out var note))
        {
            errors["note"] = ["Say in one line where it was heard, and who else heard it: it is the evidence."];
        }

        ballot = errors.Count > 0 ? null : new Ballot
        {
            Voter = voter,
            Vote = vote,
            Marks = choice is null ? null : MarkText.Write([.. choice.Marks]),
            Assessments = choice is null ? null : AssessmentText.Write(choice.Assessments),
            Comment = string.IsNullOrWhiteSpace(Comment) ? choice?.Comment : Comment.ReplaceLineEndings("\n").Trim(),
            Received = received,
            Source = source,
            Evidence = note,
        };
        return ballot is not null;
    }

    private BallotSource? SourceIn() => Source?.Trim().ToUpperInvariant() switch
    {
        "ROOM" => BallotSource.Room,
        "PHONE" => BallotSource.Phone,
        _ => null,
    };

    private OptionBallot.Choice? ReadSaid(OptionVote options, Dictionary<string, string[]> errors)
    {
        switch (OptionBallot.Read(Said ?? "", options.Kind, options.Names, options.MostScore))
        {
            case OptionBallot.Choice choice:
                return choice;
            case OptionBallot.Unclear { Understood: { } understood } unclear:
                errors["said"] = [$"That is no ballot: {unclear.Why}; understood was: {understood}."];
                return null;
            case OptionBallot.Unclear unclear:
                errors["said"] = [$"That is no ballot: {unclear.Why}."];
                return null;
            default:
                return null;
        }
    }

    /// <summary>One who is not asked is told so when the ballot is entered.</summary>
    private string? VoterIn(Charter charter, Motion motion) =>
        charter.Members.Any(member => member.Id == Voter) ? Voter : motion.Electorate.Find(Voter)?.Id;
}
