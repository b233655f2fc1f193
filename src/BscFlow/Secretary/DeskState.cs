using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Votes;
using BscFlow.Workflow;

namespace BscFlow.Secretary;

/// <summary>A motion that the minutes of a meeting ask for.</summary>
public sealed record MinutedProposal(Meeting Meeting, ProposedMotion Motion);

/// <summary>All that a committee's desk looks at, as it was read at one moment.</summary>
public sealed record DeskState
{
    public required Charter Charter { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<Meeting> Meetings { get; init; }

    /// <summary>The answers to the invitation to <see cref="NextMeeting"/>; null when they cannot be had now.</summary>
    public IReadOnlyList<InvitationAnswer>? Answers { get; init; } = [];

    public IReadOnlyList<Absence> Absences { get; init; } = [];

    public IReadOnlyList<ActionItem> OpenActions { get; init; } = [];

    /// <summary>The mails that wait for a person, the newest first.</summary>
    public IReadOnlyList<CollectedMail> Mails { get; init; } = [];

    public IReadOnlyList<Motion> Motions { get; init; } = [];

    /// <summary>Motions that minutes of the last weeks ask for and nobody has opened.</summary>
    public IReadOnlyList<MinutedProposal> Proposed { get; init; } = [];

    /// <summary>How many have voted on each motion that is open, by its id.</summary>
    public IReadOnlyDictionary<string, VoterTurnout> Turnouts { get; init; } = new Dictionary<string, VoterTurnout>();

    /// <summary>What a careful secretary would flag in the published years.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The steps that were given up and are not done yet.</summary>
    public IReadOnlyList<FailedStep> Failed { get; init; } = [];

    public DateOnly Today => Charter.DayOf(Now);

    public Meeting? NextMeeting => Meetings
        .Where(meeting => meeting.State is MeetingState.Ahead && meeting.End > Now)
        .MinBy(meeting => meeting.Start);
}
