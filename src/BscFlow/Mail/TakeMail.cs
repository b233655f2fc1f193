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
    CastBallot castBallot,
    FollowCalls followCalls,
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
            || await mailbox.ReadRawAsync(shared.Address, item.Id, cancellationToken) is not { } raw)
        {
            return [];
        }

        if (raw.Length > LargestBytes)
        {
            await KeepUnreadAsync(shared, whole, raw, "it is larger than ten megabytes", cancellationToken);
            return [shared.Charters[0].Id];
        }

        if (IncomingMail.Read(raw, received) is not { } mail)
        {
            await KeepUnreadAsync(shared, whole, raw, "its bytes are no mail", cancellationToken);
            return [shared.Charters[0].Id];
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

    /// <summary>Gives up on a mail that makes the program fail: it waits for a person, as it came.</summary>
    public async Task GiveUpAsync(SharedMailbox shared, InboxItem item, Exception failure, CancellationToken cancellationToken)
    {
        if (await mailbox.ReadRawAsync(shared.Address, item.Id, cancellationToken) is { } raw)
        {
            await KeepUnreadAsync(
                shared, item, raw, $"it could not be taken: {failure.GetType().Name}: {failure.Message}", cancellationToken);
        }
    }

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

        var rawId = id;
        var kept = await raws.KeepAsync(committee, rawId, item.Id, raw, cancellationToken);
        if (kept is null)
        {
            rawId = Keys.MailCopyId(mail.MessageId, item.Id);
            kept = await raws.KeepAsync(committee, rawId, item.Id, raw, cancellationToken)
                ?? throw new InvalidOperationException($"Two messages of {address} have the same id.");
        }

        var judged = ReferenceEquals(kept, raw) ? mail : IncomingMail.Read(kept, mail.Received) ?? mail;
        var row = NewRow(committee, address, item, id, judged) with { RawId = rawId };
        row = first is { Acted: true }
            ? row with { Kind = MailKind.Unclear, Reason = "it is a second copy of a mail that was taken already" }
            : await ActAsync(row, judged, found, cancellationToken);
        if (!await store.TryAddAsync(row, cancellationToken))
        {
            return null;
        }

        Signals.MailsReceived.Add(1, new("committee", committee), new("class", row.Kind.ToString()));
        return Changed(committee, row.CastIn);

        static string[] Changed(string committee, string? castIn) => castIn is null ? [committee] : [committee, castIn];
    }

    private async Task<CollectedMail> ActAsync(
        CollectedMail row, IncomingMail mail, MailRoute found, CancellationToken cancellationToken)
    {
        var charter = found.Charter;
        if (mail.Automatic is null && !MailSorting.IsOurs(mail, charter) && await castBallot.FromMailAsync(mail, cancellationToken) is { } cast)
        {
            var ballot = BallotRow(row, mail, cast);
            if (ballot.NeedsPerson)
            {
                await tellSecretary.OfMailAsync(charter, ballot, OnceADay(ballot, charter), cancellationToken);
            }

            return ballot;
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
        row = taken switch
        {
            MailTaken.AgendaItems items => await AddAsync(row, charter, items, cancellationToken),
            MailTaken.ActionAnswers answers => await AnswerAsync(row, charter, answers.Owner, mail, cancellationToken),
            MailTaken.OpensMotion opens => await OpenAsync(row, charter, opens, cancellationToken),
            MailTaken.Objects objects => await ObjectAsync(row, charter, objects, cancellationToken),
            _ => row,
        };
        if (IsTold(row))
        {
            var proved = row.Kind is MailKind.Bounce || mail.Sender is SenderTrust.Authenticated;
            var motion = await NoteAsync(charter, mail, found.Answered, cancellationToken);
            await tellSecretary.OfMailAsync(
                charter,
                row,
                motion is not null ? $"unreached-{motion}" : proved ? row.Id : OnceADay(row, charter),
                cancellationToken);
            row = row with { Acted = row.Acted || row.Kind is MailKind.Bounce };
        }

        return row;
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
        row is { NeedsPerson: true, Kind: MailKind.Bounce or MailKind.ActionUpdate or MailKind.Unclear };

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
            charter, taken.Meeting, taken.Motion, rule: null, consensus: false, row.From, cancellationToken) switch
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
                Casting.Accepted when cast.Secret => $"the ballot of {voter}, counted",
                Casting.Accepted accepted => $"the ballot of {voter}, counted: {accepted.Ballot.Vote}",
                Casting.Unclear when cast.Secret => $"from {voter}, not counted and answered",
                Casting.Unclear unclear => $"from {voter}, not counted and answered: {unclear.Why}",
                Casting.ConfirmFirst confirm => $"the token of {voter} from {confirm.From}; {voter} is asked whether it is theirs",
                Casting.TooLate late => $"the ballot of {voter}, received at {late.Received:u}, after the vote had ended",
                Casting.Refused refused => $"the token of {voter}, not counted: {refused.Reason}",
                _ => throw new InvalidOperationException($"No reason for {cast.Casting}."),
            },
        };
        return cast.Secret && AnswerVoter.KindOf(cast.Casting, mail.MessageId) is { } answer
            ? row with { EraseAfter = Keys.MotionMail(answer, cast.Motion, voter) }
            : row;
    }

    private async Task KeepUnreadAsync(
        SharedMailbox shared, InboxItem item, byte[] raw, string reason, CancellationToken cancellationToken)
    {
        var committee = shared.Charters[0].Id;
        var messageId = item.InternetMessageId?.Trim('<', '>') ?? item.Id;
        var id = Keys.MailCopyId(messageId, item.Id);
        await raws.KeepAsync(committee, id, item.Id, raw, cancellationToken);
        await store.TryAddAsync(
            new CollectedMail
            {
                Committee = committee,
                Id = id,
                MessageId = messageId,
                Mailbox = shared.Address,
                GraphId = item.Id,
                RawId = id,
                Received = item.Received ?? DateTimeOffset.UnixEpoch,
                From = "",
                Subject = "",
                Kind = MailKind.Unclear,
                Reason = reason,
                NeedsPerson = true,
            },
            cancellationToken);
        await mailbox.FileAsync(shared.Address, item.Id, cancellationToken);
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
        From = Cut(mail.From, 320),
        Subject = Cut(Token.Replace(mail.Subject, "…"), 500),
        Kind = MailKind.Unclear,
        Reason = "",
        Text = Cut(mail.Reply.Text, CollectedMail.LongestText),
    };

    private static string Cut(string text, int longest) => text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");

    private static string InWords(ActionStanding standing) => standing switch
    {
        ActionStanding.Done => "is done",
        ActionStanding.Later => "comes later",
        _ => "is somebody else's",
    };

    /// <summary>A ballot token, which is nobody's business at the desk.</summary>
    [GeneratedRegex(@"(?<![a-z0-9])v-[a-z2-7]{24}(?![a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Token { get; }
}
