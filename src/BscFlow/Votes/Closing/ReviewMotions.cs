using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Votes.Mails;

namespace BscFlow.Votes.Closing;

/// <summary>
/// Looks again at the votes that stand for decisions of a meeting without quorum, when its minutes are made public: they may have
/// been corrected, and show a quorum now. Then the meeting itself has decided, and nobody is to vote on it again.
/// </summary>
public sealed class ReviewMotions(MotionStore motions, WithdrawMotion withdraw, MotionMail mail)
{
    /// <inheritdoc cref="MinutesMadePublic"/>
    public async Task RunAsync(Charter charter, Meeting meeting, string text, string who, CancellationToken cancellationToken)
    {
        var asked = (await motions.OfMeetingAsync(charter.Id, meeting.Row, cancellationToken))
            .Where(motion => motion.ForQuorum)
            .ToList();
        if (asked.Count == 0)
        {
            return;
        }

        var decided = ProposedMotion.Decided(MinutesReader.Read(text), charter, charter.DayOf(meeting));
        var reason = $"the corrected minutes of {meeting.Title()} show a quorum, so that the meeting itself has decided it";
        foreach (var motion in asked.Where(motion => decided.Contains(motion.Id) && motion.State is not MotionState.Withdrawn))
        {
            if (await withdraw.RunAsync(charter, motion.Id, reason, who, cancellationToken) is not MotionChange.Made)
            {
                await mail.ToSecretariesAsync(
                    charter,
                    motion,
                    "quorum-corrected",
                    $"It was put to a vote because {meeting.Title()} had no quorum. By now {reason}, and the vote is over. Both are public: "
                        + "please see with the chair which of them stands.",
                    cancellationToken);
            }
        }
    }
}
