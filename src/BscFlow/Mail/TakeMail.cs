using System.Globalization;
using System.Text.RegularExpressions;
using BscFlow.Committee;
using BscFlow.Storage;
using BscFlow.Telemetry;
using Microsoft.Extensions.Options;

namespace BscFlow.Mail;

/// <summary>
/// Takes one mail out of the inbox: keeps it as it came, finds out what it is, does what follows, and says so in a row.
/// </summary>
/// <remarks>
/// Raw mail, deed, row, and only then out of the inbox: killed anywhere, it is taken again, and what was done is found done. Each
/// deed knows the mail's id and happens once for it.
/// </remarks>
public sealed partial class TakeMail(
    IMailbox mailbox,
    MailStore store,
    RawMails raws,
    RouteMail route,
    LeaveMail leave,
    IReadOnlyList<MailDeed> deeds,
    SecrecyOfMail isSecret,
    NoteOfReturn noteReturn,
    TellSecretary tellSecretary,
    IOptions<GraphOptions> options)
{
    /// <summary>
    /// A vote is a line; what is larger is kept as it came, with all that is attached to it, and left to a person.
    /// </summary>
    public const int LargestBytes = 10 * 1024 * 1024;

    /// <summary>Takes a mail. One that was taken before is only moved.</summary>
    /// <returns>Ids of the committees for which something may be due now: whose mail it is, and in which it counts.</returns>
    public async Task<IReadOnlyCollection<string>> RunAsync(
        SharedMailbox shared, InboxItem item, CancellationToken cancellationToken)
    {
        var whole = item.IsSparse ? await mailbox.FindItemAsync(shared.Address, item.Id, cancellationToken) : item;
        if (whole is not { Received: { } received }
            || await mailbox.ReadRawAsync(shared.Address, item.Id, LargestBytes + 1, cancellationToken) is not { } raw)
        {
            return [];
        }

        if (Read(raw, received, shared.Address) is not { } mail)
        {
            return [await leave.RunAsync(shared, whole, "its bytes are no mail", cancellationToken)];
        }

        var found = await route.RunAsync(shared, mail, whole.ConversationId, cancellationToken);
        string[]? changed;
        do
        {
            // Null: another message with its Message-ID was recorded meanwhile, and says now what this one is.
            changed = await TakeAsync(shared.Address, whole, raw, mail, found, cancellationToken);
        }
        while (changed is null);

        await mailbox.FileAsync(shared.Address, item.Id, cancellationToken);
        return changed;
    }

    private IncomingMail? Read(byte[] raw, DateTimeOffset received, string mailbox) =>
        (raw.Length > LargestBytes ? IncomingMail.ReadHeaders(raw, received) : IncomingMail.Read(raw, received)) is { } mail
            ? mail with { Sender = mail.Sender.In(mailbox, options.Value.TenantDomains) }
            : null;

    /// <summary>A subject without a ballot token, which is nobody's business at the desk.</summary>
    internal static string WithoutToken(string subject) => Token.Replace(subject, "…");

    /// <returns>Null when it is to be looked at again, because a row came in between; else as <see cref="RunAsync"/>.</returns>
    private async Task<string[]?> TakeAsync(
        string address, InboxItem item, byte[] raw, IncomingMail mail, MailRoute found, CancellationToken cancellationToken)
    {
        var committee = found.Charter.Id;
        var id = Keys.MailId(mail.MessageId);
        var first = await store.FindSeenAsync(committee, id, cancellationToken);
        if (first is not null && first.GraphId != item.Id)
        {
            id = Keys.MailCopyId(mail.MessageId, item.Id);
        }

        if (first?.GraphId == item.Id
            || (first is not null && await store.FindSeenAsync(committee, id, cancellationToken) is not null))
        {
            return Changed(committee, first.CastIn);
        }

        var row = NewRow(committee, address, item, id, mail);
        if (await KeepAsync(row, raw, mail, cancellationToken) is not { } judged)
        {
            row = row with { RawId = Keys.MailCopyId(mail.MessageId, item.Id) };
            judged = await KeepAsync(row, raw, mail, cancellationToken)
                ?? throw new InvalidOperationException($"Two messages of a mailbox of {committee} have the same id.");
        }

        row = NewRow(committee, address, item, id, judged) with { RawId = row.RawId };
        row = first is { Acted: true }
            ? await CopyAsync(row, judged, first, cancellationToken)
            : await ActAsync(row, judged, found, cancellationToken);
        row = await ToldAsync(row, judged, found, cancellationToken);
        if (!await store.TryAddAsync(row, cancellationToken))
        {
            return null;
        }

        Signals.MailsReceived.Add(1, new("committee", committee), new("class", row.Kind.ToString()));
        return Changed(committee, row.CastIn);

        static string[] Changed(string committee, string? castIn) => castIn is null ? [committee] : [committee, castIn];
    }

    /// <summary>Keeps a mail as it came.</summary>
    /// <returns>The mail as kept, which is what is judged; null when another message of the mailbox has this id.</returns>
    private async Task<IncomingMail?> KeepAsync(
        CollectedMail row, byte[] raw, IncomingMail mail, CancellationToken cancellationToken)
    {
        if (!mail.IsWhole)
        {
            var isKept = false;
            var isThere = await mailbox.StreamRawAsync(
                row.Mailbox,
                row.GraphId,
                async (stream, token) => isKept = await raws.KeepAsync(row.Committee, row.RawId, row.GraphId, stream, token),
                cancellationToken);
            return isKept || !isThere ? mail : null;
        }

        var kept = await raws.KeepAsync(row.Committee, row.RawId, row.GraphId, raw, cancellationToken);
        return kept is null ? null
            : ReferenceEquals(kept, raw) ? mail
            : Read(kept, mail.Received, row.Mailbox) ?? mail;
    }

    /// <summary>
    /// A message with the Message-ID of one because of which something was done: the same by another way, or another that its
    /// sender's client gave the same id. A copy of a secret ballot is as secret.
    /// </summary>
    private async Task<CollectedMail> CopyAsync(
        CollectedMail row, IncomingMail mail, SeenMail first, CancellationToken cancellationToken)
    {
        row = row with { Kind = MailKind.Unclear, Reason = "it is a second copy of a mail that was taken already" };
        if (first.Secret)
        {
            return row with { Secret = true, Text = null };
        }

        var raw = await store.FindAsync(row.Committee, first.Id, cancellationToken) is { } taken
            ? await raws.FindAsync(row.Committee, taken.RawId, cancellationToken)
            : null;
        var isOther = raw is not null
            && IncomingMail.Read(raw, first.Received) is { } before
            && before.Reply.Written != mail.Reply.Written;
        return isOther && mail is { Automatic: null, Sender: SenderTrust.Authenticated }
            ? row with
            {
                NeedsPerson = true,
                Reason = "it looks like a second copy of a mail that was taken already, and says something else; "
                    + "nothing was done because of it",
            }
            : row;
    }

    /// <summary>Does what the mail asks for.</summary>
    private async Task<CollectedMail> ActAsync(
        CollectedMail row, IncomingMail mail, MailRoute found, CancellationToken cancellationToken)
    {
        row = await DoneAsync(row, mail, found, cancellationToken);
        row = row with { Member = row.Member ?? found.Sender?.Member?.Id, About = row.About ?? found.Answered };
        if (!found.IsWritten(mail) && await isSecret(mail, found, cancellationToken))
        {
            row = row with { Secret = true, Text = null };
        }

        return mail.IsWhole
            ? row
            : row with
            {
                Reason = $"it is larger than ten megabytes and was not read; {row.Reason}",
                NeedsPerson = row.NeedsPerson
                    || (mail.Automatic is null && row is { Secret: false, Kind: not MailKind.Stranger }),
            };
    }

    private async Task<CollectedMail> DoneAsync(
        CollectedMail row, IncomingMail mail, MailRoute found, CancellationToken cancellationToken)
    {
        foreach (var deed in deeds)
        {
            if (await deed(row, mail, found, cancellationToken) is { } done)
            {
                return done;
            }
        }

        return MailSorting.Rest(row, found);
    }

    /// <summary>Tells the secretary of a mail that a person should look at.</summary>
    private async Task<CollectedMail> ToldAsync(
        CollectedMail row, IncomingMail mail, MailRoute found, CancellationToken cancellationToken)
    {
        if (!IsTold(row))
        {
            return row;
        }

        var proved = row.Kind is MailKind.Bounce || (row.Kind is not MailKind.Ballot && mail.Sender is SenderTrust.Authenticated);
        var returned = await noteReturn(mail, found, cancellationToken);
        await tellSecretary.OfMailAsync(
            found.Charter,
            row,
            returned is not null ? $"unreached-{returned}" : proved ? row.Id : OnceADay(row, found.Charter),
            cancellationToken);
        return row with { Acted = row.Acted || row.Kind is MailKind.Bounce };
    }

    /// <summary>
    /// Of a stranger's mail nobody is told: whoever likes could then fill the secretary's mailbox through ours.
    /// </summary>
    private static bool IsTold(CollectedMail row) =>
        row is { NeedsPerson: true, Kind: MailKind.Ballot or MailKind.Bounce or MailKind.ActionUpdate or MailKind.Unclear };

    /// <summary>
    /// Nobody proved that it is from whom it says; so of all such mails of a day the secretary gets one notice.
    /// </summary>
    private static string OnceADay(CollectedMail row, Charter charter) =>
        string.Create(
            CultureInfo.InvariantCulture, $"doubtful-{row.Member ?? "guest"}-{charter.DayOf(row.Received):yyyyMMdd}");

    private static CollectedMail NewRow(string committee, string address, InboxItem item, string id, IncomingMail mail) => new()
    {
        Committee = committee,
        Id = id,
        MessageId = mail.MessageId,
        Mailbox = address,
        GraphId = item.Id,
        RawId = id,
        Received = mail.Received,
        From = mail.From,
        Subject = WithoutToken(mail.Subject),
        Kind = MailKind.Unclear,
        Reason = "",
        Text = mail.Reply.Text,
    };

    [GeneratedRegex(@"(?<![a-z0-9])v-[a-z2-7]{24}(?![a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Token { get; }
}
