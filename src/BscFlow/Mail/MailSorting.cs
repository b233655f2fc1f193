using BscFlow.Committee;

namespace BscFlow.Mail;

/// <summary>What a mail is taken for, and what is to be done because of it.</summary>
/// <param name="Reason">In words, for the row that the secretary sees.</param>
public abstract record MailTaken(MailKind Kind, string Reason)
{
    /// <summary>What it is about: a meeting's row, a motion, a key of the outbox.</summary>
    public string? About { get; init; }

    /// <summary>Id of the member whose mail it is.</summary>
    public string? Member { get; init; }

    /// <summary>Whether a person should look at it.</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>There is nothing to do but to keep it.</summary>
    public sealed record Kept(MailKind Kind, string Reason) : MailTaken(Kind, Reason);

    /// <summary>Puts these on the next agenda, one line each.</summary>
    public sealed record AgendaItems(IReadOnlyList<string> Items, string By, string Reason) : MailTaken(MailKind.AgendaItem, Reason);

    /// <summary>Opens a motion that the minutes of a meeting ask for.</summary>
    public sealed record OpensMotion(string Meeting, string Motion, string Reason) : MailTaken(MailKind.MotionOpening, Reason);

    /// <summary>Says how the sender's action items stand.</summary>
    /// <param name="Owner">As the register names them.</param>
    public sealed record ActionAnswers(string Owner, string Reason) : MailTaken(MailKind.ActionUpdate, Reason);

    /// <summary>Finds something wrong in minutes that were sent round.</summary>
    /// <param name="Start">Of the meeting, whose row may have gone to another.</param>
    public sealed record Objects(string Meeting, DateTimeOffset Start, string By, string Reason) : MailTaken(MailKind.Objection, Reason);
}

/// <summary>Decides what a mail without a known ballot token is. Pure: the same mail and charter give the same answer.</summary>
public static class MailSorting
{
    /// <summary>Sorts a mail.</summary>
    /// <param name="answered">Key of the mail of ours that it answers or returns; null where it answers none.</param>
    public static MailTaken Sort(IncomingMail mail, Charter charter, string? answered)
    {
        var sender = Correspondent.Find(charter, mail.From, charter.DayOf(mail.Received));
        var taken = mail.Automatic is { } automatic ? SortAutomatic(mail, automatic, charter, sender, answered)
            : IsOurs(mail, charter) ? new MailTaken.Kept(MailKind.AutomaticReply, "it is a mail of ours that came back to us")
            : sender is null ? SortStranger(answered)
            : mail.Sender switch
            {
                SenderTrust.Authenticated => SortKnown(mail, sender, answered),
                SenderTrust.Delegated by => Unclear($"{by.Sender} sent it for {by.Address}, and nobody acts for another here"),
                _ => Unclear($"it says that it is from {sender.Name}, which is not proved: {mail.Sender.Reason}"),
            };
        return taken with { Member = taken.Member ?? sender?.Member?.Id, About = taken.About ?? answered };
    }

    /// <summary>Whether it says that it comes from the mailbox itself, as one does that somebody forwards to it by a rule.</summary>
    public static bool IsOurs(IncomingMail mail, Charter charter) =>
        mail.From.Equals(charter.Mailbox, StringComparison.OrdinalIgnoreCase);

    private static MailTaken.Kept SortAutomatic(
        IncomingMail mail, AutomaticMail automatic, Charter charter, Correspondent? sender, string? answered) => automatic.Kind switch
        {
            AutomaticKind.Bounce when mail.Bounce is { } bounce => Returned(bounce, charter.DayOf(mail.Received), charter, answered),
            AutomaticKind.Bounce => new MailTaken.Kept(MailKind.Bounce, $"{automatic.Reason}, and names nobody who went without"),
            AutomaticKind.Calendar when sender is not null => new MailTaken.Kept(
                MailKind.InvitationAnswer, $"{automatic.Reason}; the answer counts from the calendar"),
            AutomaticKind.List => new MailTaken.Kept(MailKind.List, automatic.Reason),
            AutomaticKind.Calendar => new MailTaken.Kept(MailKind.Stranger, $"{automatic.Reason}, from nobody in the charter"),
            _ => new MailTaken.Kept(MailKind.AutomaticReply, automatic.Reason),
        };

    private static MailTaken.Kept Returned(Bounce bounce, DateOnly day, Charter charter, string? answered)
    {
        var whose = string.Join(", ", bounce.Recipients.Select(
            address => Correspondent.Find(charter, address, day) is { } known ? $"{known.Name} ({address})" : address));
        var what = MailKey.Read(answered)?.InWords ?? "a mail that is not known here";
        return new(MailKind.Bounce, $"{whose} did not get {what}{(bounce.Diagnostic is { } said ? $": {said}" : "")}")
        {
            Member = bounce.Recipients
                .Select(address => Correspondent.Find(charter, address, day)?.Member?.Id)
                .FirstOrDefault(id => id is not null),
            NeedsPerson = answered is not null,
        };
    }

    /// <summary>Whoever answers a mail of ours from an address that is not in the charter may be a member at another desk.</summary>
    private static MailTaken.Kept SortStranger(string? answered) => answered is null
        ? new(MailKind.Stranger, "nobody in the charter has this address")
        : new(MailKind.Stranger, "it answers a mail of ours, and nobody in the charter has this address") { NeedsPerson = true };

    private static MailTaken SortKnown(IncomingMail mail, Correspondent sender, string? answered)
    {
        var written = mail.Reply.Written;
        switch (MailKey.Read(answered))
        {
            case { Kind: MailKey.Circulation, Subject: var meeting } when AgreeingWords.Are(written, sender.Name):
                return new MailTaken.Kept(MailKind.Assent, $"{sender.Name} agrees with the minutes") { About = meeting };

            // Whoever attaches a correction, or writes it between the lines of the quote, has perhaps written nothing that is read.
            case { Kind: MailKey.Circulation, Start: { } start, Subject: var meeting }:
                return new MailTaken.Objects(meeting, start, sender.Name, $"{sender.Name} answers the minutes that were sent round")
                {
                    About = meeting,
                    NeedsPerson = true,
                };
            case var _ when string.IsNullOrWhiteSpace(mail.Reply.Text) && AgendaWords.InSubject(mail.Subject) is null:
                return Unclear("nothing was written in it");
            case { Kind: MailKey.Digest, Reader: var owner } when !owner.Equals(sender.Key, StringComparison.OrdinalIgnoreCase):
                return Unclear($"{sender.Name} answers the action items of {owner}");
            case { Kind: MailKey.Digest }:
                return new MailTaken.ActionAnswers(
                    sender.Member?.Id ?? sender.Name, $"{sender.Name} answers the list of action items");
            case { Kind: MailKey.Proposal } proposal:
                return SortOpening(written, sender, proposal);
            case { Kind: MailKey.Agenda } when sender.Member is not null && AgendaWords.ItemsIn(written, sender.Name) is { } items:
                return new MailTaken.AgendaItems(items, sender.Name, $"{sender.Name} answers the agenda");
            case { Kind: MailKey.Agenda }:
                return Unclear($"{sender.Name} answers the agenda, and it is not plain what is to stand on it");
            case { Start: null } motion:
                return Unclear($"{sender.Name} answers {motion.InWords}, and no token came back with it");
            case { } other:
                return Unclear($"{sender.Name} answers {other.InWords}, which asks for no answer");
            case null when AgendaWords.InSubject(mail.Subject) is { } item && sender.Member is not null:
                return new MailTaken.AgendaItems([item], sender.Name, $"the subject of {sender.Name}'s mail begins with \"agenda:\"");
            default:
                return Unclear($"{sender.Name} wrote it, and it answers no mail of ours");
        }
    }

    /// <summary>Only whoever was asked opens a motion: the chair, or a secretary where nobody was in the chair.</summary>
    private static MailTaken SortOpening(string written, Correspondent sender, MailKey proposal)
    {
        var first = written.Split('\n', 2, StringSplitOptions.TrimEntries)[0];
        return !proposal.Reader.Equals(sender.Key, StringComparison.OrdinalIgnoreCase)
                ? Unclear($"{sender.Name} answers a question that {proposal.Reader} was asked")
            : proposal.Subject.Split('|') is not [var meeting, var motion]
                ? Unclear($"{sender.Name} answers {proposal.InWords}")
            : OpeningWords.Open(first)
                ? new MailTaken.OpensMotion(meeting, motion, $"{sender.Name} opens it") { About = motion }
            : OpeningWords.LeaveClosed(first)
                ? new MailTaken.Kept(MailKind.MotionOpening, $"{sender.Name} does not open it") { About = motion }
            : Unclear($"{sender.Name} answers whether to open {motion}, and it is not plain what");
    }

    private static MailTaken.Kept Unclear(string reason) => new(MailKind.Unclear, reason) { NeedsPerson = true };
}
