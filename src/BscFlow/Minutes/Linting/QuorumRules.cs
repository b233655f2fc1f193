using BscFlow.Committee;

namespace BscFlow.Minutes.Linting;

/// <summary>Whether enough members were there, whether the minutes say the same, and what then was decided.</summary>
internal static class QuorumRules
{
    public static IEnumerable<Finding> Find(MinutedMeeting meeting, Archive archive)
    {
        if (!meeting.Held || meeting.Date is not { } day || meeting.Minutes.Participants.Count == 0)
        {
            yield break;
        }

        var quorum = Quorum.Of(archive.Charter, archive.Roster, day, meeting.Attendance.People.Select(person => person.Name));
        var mayBeReached = quorum.Present.Count + quorum.Unclear.Count >= quorum.Needed;
        var isUnclear = quorum.InOffice == 0 || (!quorum.IsReached && mayBeReached);
        var said = meeting.Minutes.Quorum;
        if (!isUnclear && said is null && !quorum.IsReached)
        {
            yield return meeting.Finding(
                FindingKind.QuorumNotStated,
                meeting.Minutes.ParticipantsLine,
                $"{meeting.Name} had no quorum ({quorum.Explanation}), and the minutes do not say so.",
                "Begin the notes with: No quorum");
        }
        else if (!isUnclear && said is not null && said.Present != quorum.IsReached)
        {
            yield return meeting.Finding(
                FindingKind.QuorumMisstated,
                said.Line,
                $"{meeting.Name} says \"{said.Text}\", but lists {quorum.Explanation}.");
        }

        if (said is { Present: false } || (said is null && !isUnclear && !quorum.IsReached))
        {
            foreach (var decision in meeting.Minutes.Decisions)
            {
                yield return meeting.Finding(
                    FindingKind.DecisionWithoutQuorum,
                    decision.Line,
                    $"{meeting.Name} had no quorum ({quorum.Explanation}), so this is no decision: {Excerpt.Of(decision.Text)}",
                    "Put it to a vote by mail.");
            }
        }
    }
}
