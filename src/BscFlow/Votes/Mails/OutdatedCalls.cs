using BscFlow.Mail;
using BscFlow.Votes.Ballots;

namespace BscFlow.Votes.Mails;

/// <summary>
/// Finds the mails to voters that lost their use while they waited: of very many the last may leave days after the first. Nobody is
/// called to a vote that is over, and who has voted is not reminded.
/// </summary>
public sealed class OutdatedCalls(MotionStore motions, BallotStore ballots)
{
    /// <inheritdoc cref="UselessMails"/>
    public async Task<IReadOnlySet<string>> RunAsync(
        string committee, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        HashSet<string> outdated = new(StringComparer.Ordinal);
        foreach (var about in keys.Where(MotionMail.AsksToVote).ToLookup(key => MailKey.Read(key)?.Subject))
        {
            if (about.Key is not { } id || await motions.FindAsync(committee, id, cancellationToken) is not { } motion)
            {
                continue;
            }

            var reminded = about.Where(MotionMail.IsReminder).ToLookup(key => MailKey.Read(key)!.Reader);
            outdated.UnionWith(motion.IsOpen
                ? (await ballots.HaveVotedAsync(motion, [.. reminded.Select(voter => voter.Key)], cancellationToken))
                    .SelectMany(voter => reminded[voter])
                : about);
        }

        return outdated;
    }
}
