using BscFlow.Mail;
using BscFlow.Storage;

namespace BscFlow.Votes.Receiving;

/// <summary>Takes a mail that carries the token of a ballot.</summary>
public sealed class TakeBallot(CastBallot castBallot)
{
    /// <inheritdoc cref="MailDeed"/>
    public async Task<CollectedMail?> RunAsync(
        CollectedMail row, IncomingMail mail, MailRoute route, CancellationToken cancellationToken)
    {
        if (!route.IsWritten(mail) || await castBallot.FromMailAsync(mail, cancellationToken) is not { } cast)
        {
            return null;
        }

        var voter = cast.Voter;
        var elsewhere = cast.Committee != row.Committee;
        row = row with
        {
            Kind = cast.Casting is Casting.Unclear ? MailKind.Unclear : MailKind.Ballot,
            About = cast.Motion,
            Member = voter,
            Acted = cast.Casting is Casting.Accepted,
            NeedsPerson = cast.Casting is Casting.Refused,
            Secret = cast.Secret,
            CastIn = elsewhere ? cast.Committee : null,
            Text = cast.Secret || elsewhere ? null : row.Text,
            Reason = (elsewhere ? $"sent to the mailbox of another committee than {cast.Committee}: " : "") + cast.Casting switch
            {
                Casting.Accepted => $"the ballot of {cast.Name}, counted{(cast.Said is { } said ? $": {said}" : "")}",

                // Why a ballot is not clear may repeat what stands in it.
                Casting.Unclear when cast.Secret => $"from {cast.Name}, not counted and answered",
                Casting.Unclear unclear => $"from {cast.Name}, not counted and answered: {unclear.Why}",
                Casting.ConfirmFirst confirm =>
                    $"the token of {cast.Name} from {confirm.From}; {cast.Name} is asked whether it is theirs",
                Casting.TooLate late => $"the ballot of {cast.Name}, received at {late.Received:u}, after the vote had ended",
                Casting.Refused refused => $"the token of {cast.Name}, not counted: {refused.Reason}",
                _ => throw new InvalidOperationException($"No reason for {cast.Casting}."),
            },
        };
        return cast is { Secret: true, Casting: Casting.Accepted }
            ? row with { EraseAfter = Keys.MotionMail($"receipt-{Keys.ShortHash(mail.MessageId)}", cast.Motion, voter) }
            : row;
    }
}
