using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Storage;
using BscFlow.Telemetry;
using BscFlow.Votes;
using BscFlow.Votes.Nominations;
using BscFlow.Workflow;

namespace BscFlow.Mail;

/// <summary>Takes one mail out of the inbox: keeps it as it came, finds out what it is, does what follows, and says so in a row.</summary>
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
    CastBallot castBallot,
    FollowCalls followCalls,
    SecretVotes secretVotes,
    TakeNomination takeNomination,
    AddAgendaItem addAgendaItem,
    AnswerActions answerActions,
    Objections objections,
    OpenProposedMotion openProposed,
    TellSecretary tellSecretary)
{
    /// <summary>A vote is a line; what is larger is kept as it came, with all that is attached to it, and left to a person.</summary>
    public const int LargestBytes = 10 * 1024 * 1024;

    /// <summary>Takes a mail. One that was taken before is only moved.</summary>
    /// <returns>Ids of the committees for which something may be due now: whose mail it is, and in which it counts.</returns>
    public async Task<IReadOnlyCollection<string>> RunAsync(SharedMailbox shared, InboxItem item, CancellationToken cancellationToken)
    {
        var whole = item.IsSparse ? await mailbox.FindItemAsync(shared.Address, item.Id, cancellationToken) : item;
        if (whole is not { Received: { } received }
            || await mailbox.ReadRawAsync(shared.Address, item.Id, LargestBytes + 1, cancellationToken) is not { } raw)
        {
            return [];
        }

        var mail = raw.Length > LargestBytes ? IncomingMail.ReadHeaders(raw, received) : IncomingMail.Read(raw, received);
        if (mail is null)
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

        if (first?.GraphId == item.Id || (first is not null && await store.FindSeenAsync(committee, id, cancellationToken) is not null))
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
    private async Task<IncomingMail?> KeepAsync(CollectedMail row, byte[] raw, IncomingMail mail, CancellationToken cancellationToken)
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
            : IncomingMail.Read(kept, mail.Received) ?? mail;
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
        var isOther = raw is not null && IncomingMail.Read(raw, first.Received) is { } before && before.Reply.Written != mail.Reply.Written;
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
        row = await DoAsync(row, mail, found, cancellationToken);
        if (IsWrittenByNobody(mail, found.Charter)
            && await secretVotes.MayShowInAsync(row.Committee, mail, found.Answered, cancellationToken))
        {
            row = row with { Secret = true, Text = null };
        }

        return mail.IsWhole
            ? row
            : row with
            {
                Reason = $"it is larger than ten megabytes and was not read; {row.Reason}",
                NeedsPerson = row.NeedsPerson || (mail.Automatic is null && row is { Secret: false, Kind: not MailKind.Stranger }),
            };
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
        var motion = await NoteAsync(found.Charter, mail, found.Answered, cancellationToken);
        await tellSecretary.OfMailAsync(
            found.Charter,
            row,
            motion is not null ? $"unreached-{motion}" : proved ? row.Id : OnceADay(row, found.Charter),
            cancellationToken);
        return row with { Acted = row.Acted || row.Kind is MailKind.Bounce };
    }

    private static bool IsWrittenByNobody(IncomingMail mail, Charter charter) =>
        mail.Automatic is not null || MailSorting.IsOurs(mail, charter);

    private async Task<CollectedMail> DoAsync(
        CollectedMail row, IncomingMail mail, MailRoute found, CancellationToken cancellationToken)
    {
        var charter = found.Charter;
        if (!IsWrittenByNobody(mail, charter) && await castBallot.FromMailAsync(mail, cancellationToken) is { } cast)
        {
            return BallotRow(row, mail, cast);
        }

        if (mail.Automatic is null && await takeNomination.FromMailAsync(mail, cancellationToken) is { } nominated)
        {
            return row with
            {
                Kind = MailKind.Nomination,
                About = nominated.Id,
                Member = nominated.Person,
                Acted = nominated.Acted,
                NeedsPerson = nominated.NeedsPerson,
                Secret = nominated.Secret,
                Text = nominated.Secret ? null : row.Text,
                Reason = nominated.Reason,
            };
        }

        var taken = MailSorting.Sort(mail, charter, found.Answered);
        row = row with
        {
            Kind = taken.Kind,
            Reason = taken.Reason,
            About = taken.About,
            Member = taken.Member,
            NeedsPerson = taken.NeedsPerson,
        };
        return taken switch
        {
            MailTaken.AgendaItems items => await AddAsync(row, charter, items, cancellationToken),
            MailTaken.ActionAnswers answers => await AnswerAsync(row, charter, answers.Owner, mail, cancellationToken),
            MailTaken.OpensMotion opens => await OpenAsync(row, charter, opens, cancellationToken),
            MailTaken.Objects objects => await ObjectAsync(row, charter, objects, cancellationToken),
            _ => row,
        };
    }

    /// <summary>A voter whom a mail did not reach stands on a list of the motion; of all of them the secretary gets one notice.</summary>
    private async Task<string?> NoteAsync(
        Charter charter, IncomingMail mail, string? answered, CancellationToken cancellationToken) =>
        mail.Bounce is { } bounce && answered is not null
            ? await followCalls.NoteAsync(
                charter.Id, answered, bounce.Recipients[0], bounce.Diagnostic ?? "it came back", mail.Received, cancellationToken)
            : null;

    /// <summary>Of a stranger's mail nobody is told: whoever likes could then fill the secretary's mailbox through ours.</summary>
    private static bool IsTold(CollectedMail row) =>
        row is { NeedsPerson: true, Kind: MailKind.Ballot or MailKind.Bounce or MailKind.ActionUpdate or MailKind.Unclear };

    /// <summary>Nobody proved that it is from whom it says; so of all such mails of a day the secretary gets one notice.</summary>
    private static string OnceADay(CollectedMail row, Charter charter) =>
        string.Create(
            CultureInfo.InvariantCulture, $"doubtful-{row.Member ?? "guest"}-{charter.DayOf(row.Received):yyyyMMdd}");

    private async Task<CollectedMail> AddAsync(
        CollectedMail row, Charter charter, MailTaken.AgendaItems taken, CancellationToken cancellationToken)
    {
        foreach (var (index, text) in taken.Items.Index())
        {
            var number = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Id} {index}")).AsSpan(0, 16));
            await addAgendaItem.RunAsync(
                charter, Keys.AgendaItem(row.Received, number), text, taken.By, row.From, cancellationToken);
        }

        return row with { Acted = true, Reason = $"{row.Reason}; for the next agenda: {string.Join("; ", taken.Items)}" };
    }

    private async Task<CollectedMail> AnswerAsync(
        CollectedMail row, Charter charter, string owner, IncomingMail mail, CancellationToken cancellationToken)
    {
        var (understood, needsPerson) = await answerActions.RunAsync(
            charter, owner, mail.Reply, row.From, charter.DayOf(mail.Received), cancellationToken);
        return row with
        {
            Kind = understood.Count == 0 ? MailKind.Unclear : MailKind.ActionUpdate,
            Acted = understood.Count > 0,
            NeedsPerson = needsPerson,
            Reason = understood.Count == 0
                ? $"{row.Reason}, and says of none of them how it stands"
                : $"{row.Reason}: {string.Join("; ", understood.Select(answer => $"{answer.Item} {InWords(answer.Standing)}"))}",
        };
    }

    private async Task<CollectedMail> OpenAsync(
        CollectedMail row, Charter charter, MailTaken.OpensMotion taken, CancellationToken cancellationToken) =>
        await openProposed.RunAsync(
            charter, taken.Meeting, taken.Motion, rule: null, consensus: false, subject: null, row.From, cancellationToken) switch
        {
            MotionChange.Made => row with { Acted = true },
            MotionChange.Refused refused => row with { NeedsPerson = true, Reason = $"{row.Reason}; it is not opened: {refused.Reason}" },
            _ => row with { NeedsPerson = true, Reason = $"{row.Reason}; the minutes do not ask for it any more" },
        };

    private async Task<CollectedMail> ObjectAsync(
        CollectedMail row, Charter charter, MailTaken.Objects taken, CancellationToken cancellationToken) =>
        await objections.RaiseAsync(charter, taken, row.Id, row.Text ?? "", cancellationToken) switch
        {
            ObjectionOutcome.Holds => row with { Acted = true, Reason = $"{row.Reason}; they are not published until it is settled" },
            ObjectionOutcome.TooLate => row with { Acted = true, Reason = $"{row.Reason}, after they were published" },
            _ => row with { Kind = MailKind.Unclear, Reason = $"{row.Reason}; these minutes are not open to objections" },
        };

    private static CollectedMail BallotRow(CollectedMail row, IncomingMail mail, MailedBallot cast)
    {
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
                Casting.Accepted when cast.Secret => $"the ballot of {cast.Name}, counted",
                Casting.Accepted accepted => $"the ballot of {cast.Name}, counted: {accepted.Ballot.Vote}",

                // Why a ballot is not clear may repeat what stands in it.
                Casting.Unclear when cast.Secret => $"from {cast.Name}, not counted and answered",
                Casting.Unclear unclear => $"from {cast.Name}, not counted and answered: {unclear.Why}",
                Casting.ConfirmFirst confirm => $"the token of {cast.Name} from {confirm.From}; {cast.Name} is asked whether it is theirs",
                Casting.TooLate late => $"the ballot of {cast.Name}, received at {late.Received:u}, after the vote had ended",
                Casting.Refused refused => $"the token of {cast.Name}, not counted: {refused.Reason}",
                _ => throw new InvalidOperationException($"No reason for {cast.Casting}."),
            },
        };
        return cast is { Secret: true, Casting: Casting.Accepted }
            ? row with { EraseAfter = Keys.MotionMail($"receipt-{Keys.ShortHash(mail.MessageId)}", cast.Motion, voter) }
            : row;
    }

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

    private static string InWords(ActionStanding standing) => standing switch
    {
        ActionStanding.Done => "is done",
        ActionStanding.Later => "comes later",
        _ => "is somebody else's",
    };

    [GeneratedRegex(@"(?<![a-z0-9])v-[a-z2-7]{24}(?![a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Token { get; }
}
