using BscFlow.Mail;
using BscFlow.Votes.Ballots;

namespace BscFlow.Votes.Mails;

/// <summary>
/// Finds the mails to voters that lost their use while they waited: of very many the last may leave days after the first. Nobody
/// is called to a vote that is over, who has voted is not reminded, and no ballot goes to an address that was put right
/// meanwhile: it may be somebody else's.
/// </summary>
public sealed class OutdatedCalls(MotionStore motions, BallotStore ballots)
{
    /// <inheritdoc cref="UselessMails"/>
    public async Task<IReadOnlySet<string>> RunAsync(
        string committee, IReadOnlyList<WaitingMail> mails, CancellationToken cancellationToken)
    {
        HashSet<string> outdated = new(StringComparer.Ordinal);
        var about = mails
            .Where(mail => MotionMail.HoldsBallot(mail.Key))
            .Select(mail => new ToVoter(mail, MailKey.Read(mail.Key)!))
            .ToLookup(mail => mail.Key.Subject);
        foreach (var motion in about)
        {
            if (await motions.FindAsync(committee, motion.Key, cancellationToken) is { } found)
            {
                outdated.UnionWith((await OfAsync(found, [.. motion], cancellationToken)).Select(mail => mail.Mail.Key));
            }
        }

        return outdated;
    }

    private async Task<IEnumerable<ToVoter>> OfAsync(
        Motion motion, IReadOnlyList<ToVoter> mails, CancellationToken cancellationToken)
    {
        var reminded = mails.Where(mail => MotionMail.IsReminder(mail.Mail.Key)).ToLookup(mail => mail.Key.Reader);
        return motion.IsOpen
            ? (await ballots.HaveVotedAsync(motion, [.. reminded.Select(voter => voter.Key)], cancellationToken))
                .SelectMany(voter => reminded[voter])
                .Concat(mails.Where(mail => IsElsewhere(motion, mail)))
            : mails.Where(mail => MotionMail.AsksToVote(mail.Mail.Key));
    }

    /// <summary>A member's address stands in the charter, whose members may have several.</summary>
    private static bool IsElsewhere(Motion motion, ToVoter to) =>
        to.Mail.Address is { } address
        && motion.Electorate.Members.Find(to.Key.Reader)?.Address is { } present
        && !present.Equals(address, StringComparison.OrdinalIgnoreCase);

    private sealed record ToVoter(WaitingMail Mail, MailKey Key);
}
