using BscFlow.GraphEmulator.Mailboxes;
using MimeKit;

namespace BscFlow.GraphEmulator.Transport;

/// <summary>The report that comes back when a recipient does not exist (RFC 3464), in the words of Exchange.</summary>
internal static class NonDelivery
{
    public static MimeMessage Report(Mailbox sender, byte[] mime, IReadOnlyList<string> failed, DateTimeOffset now)
    {
        using var stream = new MemoryStream(mime);
        var original = MimeMessage.Load(stream);
        var report = new MimeMessage { Date = now, Subject = $"Undeliverable: {original.Subject}" };
        report.MessageId = Ids.NewMessageId(sender.Domain).Trim('<', '>');
        report.From.Add(
            new MailboxAddress("Microsoft Outlook", $"MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@{sender.Domain}"));
        report.To.Add(new MailboxAddress(sender.DisplayName, sender.Address));
        if (original.Headers[HeaderId.MessageId] is { } answered)
        {
            report.Headers.Add("In-Reply-To", answered);
            report.Headers.Add("References", answered);
        }

        report.Headers.Add("Auto-Submitted", "auto-generated");
        report.Headers.Add("X-Auto-Response-Suppress", "All");
        report.Headers.Add("X-MS-Exchange-Message-Is-Ndr", "");

        var status = new MessageDeliveryStatus();
        status.StatusGroups.Add(new() { { "Reporting-MTA", "dns;mail.prod.outlook.com" } });
        foreach (var address in failed)
        {
            status.StatusGroups.Add(new()
            {
                { "Final-Recipient", $"rfc822;{address}" },
                { "Action", "failed" },
                { "Status", "5.1.10" },
                { "Diagnostic-Code", "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found" },
            });
        }

        var words = new TextPart("plain")
        {
            Text = $"Your message to {string.Join(", ", failed)} couldn't be delivered.\r\n\r\n"
                + "The address wasn't found. It may have been misspelled, or it may not exist any more.\r\n",
        };
        report.Body = new MultipartReport("delivery-status", words, status, new MessagePart { Message = original });
        return report;
    }
}
