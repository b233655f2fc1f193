using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Wire;
using MimeKit;

namespace BscFlow.GraphEmulator.Transport;

/// <summary>The automatic reply of a mailbox whose owner is away.</summary>
internal static class OutOfOffice
{
    /// <param name="honoursSuppress">
    /// Whether the server heeds X-Auto-Response-Suppress: Exchange does, most others know nothing of it.
    /// </param>
    /// <returns>Null when no answer is due: switched off, answered before, or the mail is itself automatic (RFC 3834).</returns>
    public static MimeMessage? Answer(
        Mailbox mailbox, StoredMessage message, string returnPath, bool honoursSuppress, DateTimeOffset now)
    {
        if (mailbox.Settings.AutomaticReply is not { } reply
            || returnPath.Length == 0
            || reply.Answered.Contains(returnPath, StringComparer.OrdinalIgnoreCase)
            || string.Equals(returnPath, mailbox.Address, StringComparison.OrdinalIgnoreCase)
            || IsAutomatic(message, honoursSuppress))
        {
            return null;
        }

        mailbox.Keep(mailbox.Settings with { AutomaticReply = reply with { Answered = [.. reply.Answered, returnPath] } });
        var answer = new MimeMessage { Date = now, Subject = $"Automatic reply: {message.Subject}" };
        answer.MessageId = Ids.NewMessageId(mailbox.Domain).Trim('<', '>');
        answer.From.Add(new MailboxAddress(mailbox.DisplayName, mailbox.Address));
        answer.To.Add(MailboxAddress.Parse(message.ReplyTo.Count > 0 ? message.ReplyTo[0].Address : returnPath));
        answer.Headers.Add("In-Reply-To", message.InternetMessageId);
        answer.Headers.Add("References", message.InternetMessageId);
        answer.Headers.Add("Auto-Submitted", "auto-replied");
        answer.Headers.Add("X-Auto-Response-Suppress", "All");
        answer.Body = new TextPart("plain") { Text = reply.Text };
        return answer;
    }

    private static bool IsAutomatic(StoredMessage message, bool honoursSuppress) =>
        message.Header("Auto-Submitted") is { } submitted && !submitted.Trim().Equals("no", StringComparison.OrdinalIgnoreCase)
        || message.Header("Precedence")?.Trim().ToLowerInvariant() is "bulk" or "list" or "junk" or "auto_reply"
        || message.Header("List-Id") is not null
        || message.Meeting is { Type: not MeetingMessageType.MeetingRequest }
        || (honoursSuppress && Suppresses(message.Header("X-Auto-Response-Suppress")));

    private static bool Suppresses(string? header) =>
        (header ?? "").Split(',', StringSplitOptions.TrimEntries).Any(word => word.ToLowerInvariant() is "all" or "oof");
}
