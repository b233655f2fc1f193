using BscFlow.Committee;

namespace BscFlow.Mail;

/// <summary>What a mail is for which no other room has a use. Pure: the same mail and route give the same answer.</summary>
public static class MailSorting
{
    /// <summary>A mail that no person wrote, or a stranger, or of which it is not proved who did. Null for all others.</summary>
    public static CollectedMail? OfNobody(CollectedMail row, IncomingMail mail, MailRoute route) =>
        mail.Automatic is { } automatic ? OfMachine(row, mail, automatic, route)
        : route.IsOurs(mail) ? row with { Kind = MailKind.AutomaticReply, Reason = "it is a mail of ours that came back to us" }
        : route.Sender is not { } sender ? OfStranger(row, route)
        : mail.Sender switch
        {
            SenderTrust.Authenticated => null,
            SenderTrust.Delegated by => Unclear(row, $"{by.Sender} sent it for {by.Address}, and nobody acts for another here"),
            _ => Unclear(row, $"it says that it is from {sender.Name}, which is not proved: {mail.Sender.Reason}"),
        };

    /// <summary>A mail in which nothing was written that can be read. Null for all others.</summary>
    public static CollectedMail? Empty(CollectedMail row, IncomingMail mail) =>
        string.IsNullOrWhiteSpace(mail.Reply.Text) ? Unclear(row, "nothing was written in it") : null;

    /// <summary>A mail of somebody whom the charter knows, which asks for nothing that is known here.</summary>
    public static CollectedMail Rest(CollectedMail row, MailRoute route)
    {
        var name = route.Sender?.Name ?? "somebody";
        return Unclear(row, route.Key switch
        {
            { Start: null } key => $"{name} answers {key.InWords(route.Title)}, and no token came back with it",
            { } key => $"{name} answers {key.InWords(route.Title)}, which asks for no answer",
            null => $"{name} wrote it, and it answers no mail of ours",
        });
    }

    /// <summary>Leaves a mail to a person.</summary>
    /// <param name="reason">In words, for the row that the secretary sees.</param>
    public static CollectedMail Unclear(CollectedMail row, string reason) =>
        row with { Kind = MailKind.Unclear, Reason = reason, NeedsPerson = true };

    private static CollectedMail OfMachine(CollectedMail row, IncomingMail mail, AutomaticMail automatic, MailRoute route)
    {
        var (kind, reason) = automatic.Kind switch
        {
            AutomaticKind.Bounce => (MailKind.Bounce, $"{automatic.Reason}, and names nobody who went without"),
            AutomaticKind.Calendar when route.Sender is not null =>
                (MailKind.InvitationAnswer, $"{automatic.Reason}; the answer counts from the calendar"),
            AutomaticKind.List => (MailKind.List, automatic.Reason),
            AutomaticKind.Calendar => (MailKind.Stranger, $"{automatic.Reason}, from nobody in the charter"),
            _ => (MailKind.AutomaticReply, automatic.Reason),
        };
        return kind is MailKind.Bounce && mail.Bounce is { } bounce
            ? Returned(row, bounce, route.Charter.DayOf(mail.Received), route)
            : row with { Kind = kind, Reason = reason };
    }

    private static CollectedMail Returned(CollectedMail row, Bounce bounce, DateOnly day, MailRoute route)
    {
        var whose = string.Join(", ", bounce.Recipients.Select(
            address => Correspondent.Find(route.Charter, address, day) is { } known ? $"{known.Name} ({address})" : address));
        var what = route.Key?.InWords(route.Title) ?? "a mail that is not known here";
        return row with
        {
            Kind = MailKind.Bounce,
            Reason = $"{whose} did not get {what}{(bounce.Diagnostic is { } said ? $": {said}" : "")}",
            Member = bounce.Recipients
                .Select(address => Correspondent.Find(route.Charter, address, day)?.Member?.Id)
                .FirstOrDefault(id => id is not null),
            NeedsPerson = route.Answered is not null,
        };
    }

    /// <summary>
    /// Whoever answers a mail of ours from an address that is not in the charter may be a member at another desk.
    /// </summary>
    private static CollectedMail OfStranger(CollectedMail row, MailRoute route) => row with
    {
        Kind = MailKind.Stranger,
        Reason = route.Answered is null
            ? "nobody in the charter has this address"
            : "it answers a mail of ours, and nobody in the charter has this address",
        NeedsPerson = route.Answered is not null,
    };
}
