using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Mails.Messages;
using BscFlow.Votes.Tallies;

namespace BscFlow.Votes.Receiving;

/// <summary>Answers a voter whose ballot came: with a receipt, or with why it is not counted.</summary>
/// <remarks>
/// A receipt for each ballot, but no more than a person would ask for. Of the other answers a voter gets one of a kind for a
/// motion. So two machines cannot write to each other without end; what comes after it goes to the secretary, once, so that
/// nobody is left alone.
/// </remarks>
public sealed class AnswerVoter(MotionMail mail, BallotStore ballots, VoterNotes notes, MotionSecrets secrets)
{
    /// <summary>
    /// Receipts that a voter gets for one motion: who votes more often is a program that answers them with what they quote.
    /// </summary>
    public const int MostReceipts = 20;

    /// <summary>Digits by which a voter finds their line among a million others.</summary>
    private const int LineShown = 16;

    public async Task ReceiptAsync(Receipt receipt, CancellationToken cancellationToken)
    {
        var (charter, motion, voter, recorded) = receipt;
        if (recorded.Other is not null
            && await ballots.CountCastAsync(motion, voter.Id, MostReceipts + 1, cancellationToken) > MostReceipts)
        {
            await TellSecretaryAsync(
                charter,
                motion,
                $"receipt-{voter.Id}",
                $"{voter.Name} has voted more than {MostReceipts} times. Ballots count as before and are answered no more.",
                cancellationToken);
            return;
        }

        var facts = mail.FactsOf(charter, motion);
        var secret = motion.Secret ? await secrets.FindAsync(motion, cancellationToken) : null;
        var word = secret?.WordOf(secret.NameOf(voter.Id));
        var line = word is null || !recorded.Counts ? null : TallyReceipt.Of(motion, recorded.Ballot, word).Receipt[..LineShown];
        await mail.ToVotersAsync(
            charter,
            motion,
            $"receipt-{Keys.ShortHash(recorded.Ballot.Evidence)}",
            [voter],
            (addressee, page) => new BallotReceiptMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Motion = facts,
                Ballot = page,
                Recorded = recorded,
                Over = !motion.IsOpen,
                Proxy = recorded.Ballot.Proxy is { } proxy ? new Roster(charter).ById(proxy)?.Name ?? proxy : null,
                SecretWord = word,
                Line = line,
            },
            cancellationToken);
    }

    /// <summary>Answers a mail that is not counted.</summary>
    /// <param name="casting">Unclear, to be confirmed, or too late; nothing else is answered.</param>
    public async Task ToMailAsync(
        Charter charter, Motion motion, Member voter, IncomingMail from, Casting casting, CancellationToken cancellationToken)
    {
        var facts = mail.FactsOf(charter, motion);
        switch (casting)
        {
            case Casting.Unclear unclear when await IsFirstAsync("unclear"):
                var stands = await ballots.FindAsync(motion, voter.Id, cancellationToken);
                await AnswerAsync("unclear", (addressee, page) => new UnclearBallotMail
                {
                    Reader = addressee.Reader,
                    Committee = charter.Name,
                    Motion = facts,
                    Ballot = page,
                    Reason = unclear.Why,
                    Stands = stands,
                });
                break;
            case Casting.ConfirmFirst confirm when await IsFirstAsync("confirm"):
                await AnswerAsync("confirm", (addressee, page) => new ConfirmBallotMail
                {
                    Reader = addressee.Reader,
                    Committee = charter.Name,
                    Motion = facts,
                    Ballot = page,
                    From = confirm.From,
                });
                break;
            case Casting.TooLate late when await IsFirstAsync("late"):
                await mail.ToAllAsync(
                    charter,
                    motion,
                    "late",
                    [Addressee.Of(voter)],
                    addressee => new LateBallotMail
                    {
                        Reader = addressee.Reader,
                        Committee = charter.Name,
                        Motion = facts,
                        Received = late.Received,
                        Ended = motion.Closed is { } closed && closed < motion.Deadline ? closed : motion.Deadline,
                    },
                    cancellationToken);
                break;
            case Casting.Unclear unclear:
                var why = motion.Secret ? "" : $": {unclear.Why}";
                await AgainAsync("unclear", $"{voter.Name} wrote again, and it cannot be counted{why}.");
                break;
            case Casting.ConfirmFirst confirm:
                await AgainAsync("confirm", $"{confirm.From} too tried to vote in the name of {voter.Name}.");
                break;
        }

        Task AnswerAsync(string kind, Func<Addressee, Uri, BallotMessage> write) =>
            mail.ToVotersAsync(charter, motion, kind, [voter], write, cancellationToken);

        Task<bool> IsFirstAsync(string kind) =>
            notes.ClaimAnswerAsync(motion, voter.Id, kind, from.MessageId, cancellationToken);

        Task AgainAsync(string kind, string what) =>
            TellSecretaryAsync(charter, motion, $"{kind}-{voter.Id}", what, cancellationToken);
    }

    /// <summary>Once for a motion and voter.</summary>
    private Task TellSecretaryAsync(
        Charter charter, Motion motion, string about, string what, CancellationToken cancellationToken) =>
        mail.ToSecretariesAsync(charter, motion, $"again-{about}", what, cancellationToken);
}
