using BscFlow.Committee;

namespace BscFlow.Mail;

/// <summary>Whose a mail is.</summary>
/// <param name="Answered">Key of the mail of that committee that it answers or returns; null where it answers none.</param>
public sealed record MailRoute(Charter Charter, string? Answered)
{
    /// <summary>Whose address it names as its sender's; null for a stranger.</summary>
    public Correspondent? Sender { get; init; }

    /// <summary>
    /// Title of the motion, or of the call for nominations, that <see cref="Answered"/> is about; null for other mails.
    /// </summary>
    public string? Title { get; init; }

    /// <summary>What the key says; null where it answers none, or one of a kind that nobody answers.</summary>
    public MailKey? Key => MailKey.Read(Answered);

    /// <summary>The sender, where it is proved that they wrote it themselves; null otherwise.</summary>
    public Correspondent? WriterOf(IncomingMail mail) =>
        mail is { Automatic: null, Sender: SenderTrust.Authenticated } && !IsOurs(mail) ? Sender : null;

    /// <summary>Whether it says that it comes from the mailbox itself, as one that is forwarded to it by a rule.</summary>
    public bool IsOurs(IncomingMail mail) => mail.From.Equals(Charter.Mailbox, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a person wrote it to us, whoever they are.</summary>
    public bool IsWritten(IncomingMail mail) => mail.Automatic is null && !IsOurs(mail);
}

/// <summary>Gives a mail to one of the committees that share its mailbox.</summary>
/// <remarks>
/// By its token; else by the mail of ours that it answers; else to the only committee of the mailbox; else to the first one that
/// knows the sender; else to the first one, whose secretary sees it.
/// </remarks>
public sealed class RouteMail(TokenFinder tokens, TitleOfVote titleOf, Outbox outbox)
{
    public async Task<MailRoute> RunAsync(
        SharedMailbox mailbox, IncomingMail mail, string? conversation, CancellationToken cancellationToken)
    {
        var charters = mailbox.Charters;
        var holder = tokens(mail);
        var found = holder is not null && mail.Automatic is null

            // What the token says is asked again by whoever takes the mail.
            ? new(await ByTokenAsync() ?? BySender(), null)
            : await ByAnswerAsync(charters, mail, conversation, cancellationToken)
                ?? new MailRoute(await ByTokenAsync() ?? BySender(), null);
        return found with
        {
            Sender = Correspondent.Find(found.Charter, mail.From, found.Charter.DayOf(mail.Received)),
            Title = found.Key?.Vote is { } vote ? await titleOf(found.Charter.Id, vote, cancellationToken) : null,
        };

        async Task<Charter?> ByTokenAsync() =>
            charters.Count > 1 && holder is not null && await holder(cancellationToken) is { } committee
                ? charters.FirstOrDefault(charter => charter.Id == committee)
                : null;

        Charter BySender() => charters.Count == 1
            ? charters[0]
            : charters.FirstOrDefault(charter => Correspondent.Find(charter, mail.From, charter.DayOf(mail.Received)) is not null)
                ?? charters[0];
    }

    private async Task<MailRoute?> ByAnswerAsync(
        IReadOnlyList<Charter> charters, IncomingMail mail, string? conversation, CancellationToken cancellationToken)
    {
        foreach (var id in mail.Answers)
        {
            foreach (var charter in charters)
            {
                if (await outbox.FindSentAsync(charter.Id, id, cancellationToken) is { } key)
                {
                    return new(charter, key);
                }
            }
        }

        // Some clients drop the threading headers; the mailbox's own threading is then all that is left.
        foreach (var charter in conversation is null ? [] : charters)
        {
            if (await outbox.FindLastInAsync(charter.Id, conversation!, cancellationToken) is { } key)
            {
                return new(charter, key);
            }
        }

        return null;
    }
}
