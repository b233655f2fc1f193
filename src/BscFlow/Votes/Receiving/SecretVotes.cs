using BscFlow.Mail;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Receiving;

/// <summary>Tells which mails may show what a secret vote keeps to itself: a ballot, a receipt, or what quotes one.</summary>
public sealed class SecretVotes(TokenStore tokens, MotionStore motions)
{
    /// <summary>Whether a mail answers or returns one about a secret motion, or carries a token of one.</summary>
    public async Task<bool> MayShowInAsync(IncomingMail mail, MailRoute route, CancellationToken cancellationToken)
    {
        if (route.Key is { Start: null, Subject: var motion } && await IsSecretAsync(route.Charter.Id, motion, cancellationToken))
        {
            return true;
        }

        await foreach (var holder in tokens.HoldersAsync(mail, cancellationToken))
        {
            if (await IsSecretAsync(holder.Committee, holder.Motion, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> IsSecretAsync(string committee, string motion, CancellationToken cancellationToken) =>
        await motions.FindAsync(committee, motion, cancellationToken) is { Secret: true };
}
