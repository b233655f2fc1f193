using System.Text.Json;
using System.Text.Json.Serialization;

namespace BscFlow.Minutes;

/// <summary>What a careful secretary would flag in minutes. In JSON and text: <c>missing-duration</c>.</summary>
[JsonConverter(typeof(KebabCase))]
public enum FindingKind
{
    /// <summary>No duration, or a label without one.</summary>
    MissingDuration,

    /// <summary>Nobody is named in the chair.</summary>
    EmptyChair,

    /// <summary>The chair is not among the participants, so a count of them is one short.</summary>
    ChairNotInParticipants,

    /// <summary>A meeting that took place lists nobody.</summary>
    MissingParticipants,

    /// <summary>Fewer members than the charter's quorum, and the minutes do not say so.</summary>
    QuorumNotStated,

    /// <summary>What the minutes say of quorum does not agree with whom they list.</summary>
    QuorumMisstated,

    /// <summary>A decision of a meeting that could take none.</summary>
    DecisionWithoutQuorum,

    /// <summary>A vote by mail was announced, and no later minutes tell its outcome.</summary>
    VoteNeverClosed,

    /// <summary>A meeting that took place has no date.</summary>
    MissingDate,

    /// <summary>A heading with a date that is none, so that its meeting is not read.</summary>
    ImpossibleDate,

    /// <summary>A file that is named or given as minutes, and in which no meeting is read.</summary>
    NoMeeting,

    /// <summary>A year that the file or the neighbouring meetings contradict.</summary>
    WrongYear,

    /// <summary>Two meetings on one date, where the calendar has one.</summary>
    DuplicateDate,

    /// <summary>Not a day of the recurrence, and not said to be a special meeting.</summary>
    DateOffCadence,

    /// <summary>Days of the recurrence of which nothing is written, not even that there was no meeting.</summary>
    CadenceGap,

    /// <summary>The meetings of a year follow another recurrence than the charter's.</summary>
    CadenceDiffers,

    /// <summary>A meeting that took place has no number where others have one.</summary>
    MissingNumber,

    /// <summary>Two meetings of one number.</summary>
    DuplicateNumber,

    /// <summary>Numbers are left out between two meetings.</summary>
    NumberGap,

    /// <summary>A later meeting has a lower number.</summary>
    NumberOrder,

    /// <summary>A meeting did not take place, and no reason is given.</summary>
    CancelledNoReason,

    /// <summary>A task of somebody who was not there.</summary>
    OwnerAbsent,

    /// <summary>A task of nobody.</summary>
    ActionWithoutOwner,

    /// <summary>A name that is spelt otherwise in the charter or elsewhere in the minutes.</summary>
    NameSpelling,

    /// <summary>A name that nobody in the charter bears and that is not given in full.</summary>
    UnknownName,

    /// <summary>A link that carries somebody's mail address or a secret.</summary>
    PrivateDataInLink,

    /// <summary>A link that leads nowhere.</summary>
    BadLink,

    /// <summary>Text that was read in a wrong code page at some time.</summary>
    BadCodePage,
}

/// <summary>One thing in the minutes that somebody should look at.</summary>
/// <param name="File">As it was given to the linter.</param>
/// <param name="Line">1-based.</param>
/// <param name="Meeting">Number or date of the meeting, as people call it: <c>#44</c>; empty where there is none.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Fix">What to write instead, where it can be told.</param>
public sealed record Finding(string File, int Line, string Meeting, FindingKind Kind, string Message, string? Fix = null);

internal sealed class KebabCase() : JsonStringEnumConverter<FindingKind>(JsonNamingPolicy.KebabCaseLower);
