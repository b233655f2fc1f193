using System.Globalization;
using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Transport;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Pages;

// What the pages show, taken inside the store's lock and rendered outside it. Public because components' parameters are.

public sealed record MailboxLine(string Address, string Name, int Unread, int Total, bool Away);

public sealed record FolderLine(string Name, string Label, int Unread, bool Current);

/// <param name="Who">The sender, or in Sent Items the recipients.</param>
public sealed record MessageLine(string Key, string Who, string Subject, DateTimeOffset Received, bool IsRead, bool IsMeeting);

/// <param name="Older">How many newer ones a page with older mail skips; null when there are none.</param>
/// <param name="Away">Text of the automatic reply; null when it is off.</param>
public sealed record FolderView(
    string Address,
    string Name,
    string Folder,
    bool IsOutgoing,
    IReadOnlyList<FolderLine> Folders,
    IReadOnlyList<MessageLine> Messages,
    int? Older,
    string? Away);

public sealed record AttachmentLine(string Id, string Name, int Bytes);

/// <param name="Answer">What the mailbox's owner answered so far, in a word.</param>
public sealed record InvitationView(DateTimeOffset Start, DateTimeOffset End, string? Place, string Answer);

/// <param name="Html">Null for a plain-text mail.</param>
/// <param name="Show">Which of html, text and source is shown.</param>
/// <param name="Done">What was just done, in words.</param>
public sealed record MessageView(
    string Address,
    string Name,
    string Key,
    string Subject,
    string From,
    string To,
    string Cc,
    string ReplyTo,
    DateTimeOffset Received,
    string? Html,
    string Text,
    string Source,
    IReadOnlyList<AttachmentLine> Attachments,
    InvitationView? Invitation,
    string Show,
    string? Done)
{
    internal static MessageView Of(Mailbox mailbox, StoredMessage message, StoredEvent? invited, string? show, string? done)
    {
        var html = message.Body.ContentType == BodyType.Html ? message.Body.Content : null;
        return new(
            mailbox.Address,
            mailbox.DisplayName,
            message.Key,
            message.Subject,
            PageText.Names(message.From is { } from ? [from] : []),
            PageText.Names(message.To),
            PageText.Names(message.Cc),
            PageText.Names(message.ReplyTo),
            message.Received,
            html,
            Quote.Text(message),
            System.Text.Encoding.UTF8.GetString(message.Mime ?? []),
            [.. message.Attachments.Select(file => new AttachmentLine(file.Id, file.Name, file.Bytes.Length))],
            invited is null ? null : new(
                invited.Start, invited.End, invited.Location?.DisplayName, PageText.Answer(invited.Response.Response)),
            show ?? (html is null ? "text" : "html"),
            done);
    }
}

public sealed record WriteView(string Address, string Name, IReadOnlyList<string> Known);

/// <summary>Addresses and dates as the pages write them.</summary>
internal static class PageText
{
    public static string MailboxPath(string address) => $"/mailboxes/{Uri.EscapeDataString(address)}";

    public static string MessagePath(string address, string key) => $"{MailboxPath(address)}/messages/{key}";

    /// <summary>Without its zone, which the page names once.</summary>
    public static string Time(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    public static string Subject(string subject) => subject.Length > 0 ? subject : "(no subject)";

    public static string Names(IEnumerable<Recipient> recipients) =>
        string.Join(", ", recipients.Select(one => one.Name == one.Address ? one.Address : $"{one.Name} <{one.Address}>"));

    public static string Answer(ResponseType response) => response switch
    {
        ResponseType.Accepted => "accepted",
        ResponseType.Declined => "declined",
        ResponseType.TentativelyAccepted => "tentative",
        _ => "none yet",
    };
}
