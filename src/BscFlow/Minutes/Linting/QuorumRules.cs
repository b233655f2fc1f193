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

        var found = MeetingQuorum.Of(meeting.Minutes, archive.Charter, archive.Roster, day);
        var (quorum, said) = (found.Counted, found.Said);
        if (!found.IsUnclear && said is null && !quorum.IsReached)
        {
            yield return meeting.Finding(
                FindingKind.QuorumNotStated,
                meeting.Minutes.ParticipantsLine,
                $"{meeting.Name} had no quorum ({quorum.Explanation}), and the minutes do not say so.",
                "Begin the notes with: No quorum");
        }
        else if (!found.IsUnclear && said is not null && said.Present != quorum.IsReached && (said.Present || found.LostAt is null))
        {
            yield return meeting.Finding(
                FindingKind.QuorumMisstated,
                said.Line,
                $"{meeting.Name} says \"{said.Text}\", but lists {quorum.Explanation}.");
        }

        foreach (var decision in meeting.Minutes.Decisions.Where(decision => !found.Binds(decision)))
        {
            var why = found.LostAt is null ? $"had no quorum ({quorum.Explanation})" : "had lost its quorum";
            yield return meeting.Finding(
                FindingKind.DecisionWithoutQuorum,
                decision.Line,
                $"{meeting.Name} {why}, so this is no decision: {Excerpt.Of(decision.Text)}",
                "Put it to a vote by mail.");
        }
    }
}
