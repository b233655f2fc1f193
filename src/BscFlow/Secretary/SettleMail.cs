using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Meetings.Messages;
using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Receiving;

namespace BscFlow.Secretary;

/// <summary>What came of putting a mail right.</summary>
public abstract record SettleOutcome
{
    private SettleOutcome()
    {
    }

    /// <summary>The mail as it is now.</summary>
    public sealed record Settled(CollectedMail Mail) : SettleOutcome;

    /// <summary>Nothing was done.</summary>
    /// <param name="Casting">Why the ballot is not counted; null when there is no such motion or voter.</param>
    public sealed record NotCounted(Casting? Casting) : SettleOutcome;

    public sealed record NoSuchMail : SettleOutcome;
}

/// <summary>
/// The secretary puts an incoming mail right: is done with it, counts it as somebody's ballot, or puts it on an agenda.
/// </summary>
public sealed class SettleMail(
    MailStore store,
    RawMails raws,
    IMailbox mailbox,
    MotionStore motions,
    CastBallot castBallot,
    Objections objections,
    AddAgendaItem addAgendaItem,
    AnswerParticipant answer,
    AuditLog audit,
    TimeProvider clock)
{
    /// <summary>Of the audit; its subject begins with the mail's id.</summary>
    public const string Event = "mail-settled";

    /// <summary>A person has looked at it. Minutes that it objects to wait for it no longer.</summary>
    /// <param name="how">What was made of it, in words; may be empty.</param>
    public async Task<SettleOutcome> RunAsync(
        Charter charter, string id, string how, string who, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(charter.Id, id, cancellationToken) is not { } mail)
        {
            return new SettleOutcome.NoSuchMail();
        }

        if (mail is { Kind: MailKind.Objection, About: { } meeting })
        {
            await objections.SettleAsync(charter, meeting, id, who, how, cancellationToken);
            await answer.OfObjectionAsync(charter, mail, meeting, ObjectionStage.Settled, how, cancellationToken);
        }

        if (!await IsSecretAsync(mail, cancellationToken))
        {
            return await SaveAsync(mail, known => Settled(known, how, who), cancellationToken);
        }

        await EraseAsync(mail, cancellationToken);
        return await SaveAsync(
            mail, known => Settled(known, how, who) with { Text = null, HasRaw = false }, cancellationToken);
    }

    /// <summary>Counts a mail as the ballot of a member, received when it was and with itself as evidence.</summary>
    public async Task<SettleOutcome> CountAsync(
        Charter charter,
        string id,
        string motion,
        string voter,
        Vote vote,
        string? comment,
        string who,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(charter.Id, id, cancellationToken) is not { } mail)
        {
            return new SettleOutcome.NoSuchMail();
        }

        var ballot = new Ballot
        {
            Voter = voter,
            Vote = vote,
            Comment = comment,
            Received = mail.Received,
            Source = BallotSource.Mail,
            Evidence = mail.MessageId,
        };
        var casting = await castBallot.EnterAsync(charter, motion, ballot, who, cancellationToken);
        if (casting is not Casting.Accepted { Ballot: var counted })
        {
            return new SettleOutcome.NotCounted(casting);
        }

        var voted = (await motions.FindAsync(charter.Id, motion, cancellationToken))!;
        var (secret, name) = (voted.Secret, voted.Electorate.NameOf(voter));
        if (secret)
        {
            await EraseAsync(mail, cancellationToken);
        }

        var how = secret ? $"counted as the ballot of {name}" : $"counted as the ballot of {name}: {counted.Vote}";
        return await SaveAsync(
            mail,
            known => Settled(known, how, who) with
            {
                Kind = MailKind.Ballot,
                About = motion,
                Member = voter,
                Acted = true,
                Text = secret ? null : known.Text,
                HasRaw = known.HasRaw && !secret,
            },
            cancellationToken);
    }

    /// <summary>
    /// Puts what a mail asks for on the agenda of the meeting that it answers, or of the next one, and tells its sender.
    /// </summary>
    /// <param name="text">One line of plain text.</param>
    public async Task<SettleOutcome> PutOnAgendaAsync(
        Charter charter, string id, string text, string who, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(charter.Id, id, cancellationToken) is not { } mail)
        {
            return new SettleOutcome.NoSuchMail();
        }

        var meeting = await addAgendaItem.RunAsync(
            charter,
            [(Keys.AgendaItem(mail.Received, 0, Keys.ShortHash(id)), text)],
            Correspondent.Find(charter, mail.From, charter.DayOf(mail.Received))?.Name,
            who,
            MailKey.Read(mail.About)?.Start,
            cancellationToken);
        await answer.OfAgendaAsync(charter, mail, [text], meeting, mail.About, cancellationToken);
        var where = meeting is null ? "for the next agenda" : $"on the agenda of {meeting.Title()}";
        return await SaveAsync(
            mail,
            known => Settled(known, $"{where}: {text}", who) with { Kind = MailKind.AgendaItem, Acted = true },
            cancellationToken);
    }

    /// <summary>Whether it answers a mail about a secret motion, and may so hold a vote, or a receipt that says one.</summary>
    private async Task<bool> IsSecretAsync(CollectedMail mail, CancellationToken cancellationToken) =>
        MailKey.Read(mail.About) is { Start: null, Subject: var motion }
        && await motions.FindAsync(mail.Committee, motion, cancellationToken) is { Secret: true };

    private async Task EraseAsync(CollectedMail mail, CancellationToken cancellationToken)
    {
        await mailbox.EraseAsync(mail.Mailbox, mail.GraphId, cancellationToken);
        await raws.EraseAsync(mail.Committee, mail.RawId, cancellationToken);
    }

    private CollectedMail Settled(CollectedMail mail, string how, string who) => mail with
    {
        SettledAt = clock.GetUtcNow(),
        SettledBy = who,
        Settlement = how,
    };

    private async Task<SettleOutcome> SaveAsync(
        CollectedMail mail, Func<CollectedMail, CollectedMail> change, CancellationToken cancellationToken)
    {
        for (var known = mail; known is not null; known = await store.FindAsync(mail.Committee, mail.Id, cancellationToken))
        {
            // On record before the row, under the version of the row that it was decided on: done again after a crash, it is written
            // once and not lost.
            var settled = change(known);
            if (known.SettledAt is null || known.SettledBy != settled.SettledBy || known.Settlement != settled.Settlement)
            {
                await audit.AppendOnceAsync(
                    mail.Committee,
                    Event,
                    $"{mail.Id} {Keys.ShortHash(known.ETag.ToString())}",
                    settled.SettledBy!,
                    settled.Settlement ?? "",
                    cancellationToken);
            }

            if (await store.TryUpdateAsync(settled, cancellationToken) is { } saved)
            {
                return new SettleOutcome.Settled(saved);
            }
        }

        return new SettleOutcome.NoSuchMail();
    }
}
