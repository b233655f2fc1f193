using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Wire;
using MimeKit;

namespace BscFlow.GraphEmulator.Transport;

/// <summary>Carries mail from a mailbox, or from outside, to the inbox of every recipient that is here.</summary>
/// <remarks>Every method runs inside a change of the store.</remarks>
internal sealed class Delivery(MailStore store, GraphEmulatorOptions options)
{
    private readonly HashSet<string> _tenant = new(options.TenantDomains, StringComparer.OrdinalIgnoreCase);

    /// <summary>Sends a draft: it leaves the drafts, and is kept in Sent Items unless the client said otherwise.</summary>
    public void SendDraft(Mailbox sender, StoredMessage draft, bool keep)
    {
        var now = store.Now;
        var mime = Composer.Bytes(Composer.Compose(draft, now));
        if (keep)
        {
            sender.Move(
                draft with { IsDraft = false, IsRead = true, Sent = now, Received = now, Mime = mime }, sender.SentItems,
                sent: true);
        }
        else
        {
            sender.Delete(draft);
        }

        Carry(
            sender, mime, sender.Address,
            [.. draft.To, .. draft.Cc, .. draft.Bcc]);
    }

    /// <summary>Sends a mail that a person's own mail program made.</summary>
    /// <param name="automatic">It leaves with an empty return path, so that nothing ever comes back for it (RFC 3834).</param>
    public void Send(Mailbox sender, MimeMessage message, bool keep = true, bool automatic = false)
    {
        var mime = Composer.Bytes(message);
        if (keep)
        {
            sender.Add(Arrival.Read(mime, sender, sender.SentItems, store.Now) with { IsRead = true });
        }

        Carry(
            sender,
            mime,
            automatic ? "" : sender.Address,
            [.. message.GetRecipients().Select(to => Recipient.Of(to.Name ?? "", to.Address))]);
    }

    /// <summary>A mail from a server that is not here.</summary>
    /// <param name="headers">What the receiving server found out, top first.</param>
    public void ReceiveFromOutside(byte[] mime, string returnPath, IEnumerable<string> recipients, IReadOnlyList<string> headers)
    {
        foreach (var (mailbox, address) in Here(recipients.Select(address => Recipient.Of("", address))))
        {
            Arrive(mailbox, Stamp.Put(mime, returnPath, headers, address, store.Now), returnPath);
        }
    }

    private void Carry(Mailbox sender, byte[] mime, string returnPath, IReadOnlyList<Recipient> recipients)
    {
        foreach (var (mailbox, address) in Here(recipients))
        {
            Arrive(mailbox, Stamp.Put(mime, returnPath, Headers(sender, mailbox), address, store.Now), returnPath);
        }

        var unknown = recipients.Select(to => to.Address).Where(address => store.FindRecipient(address) is null).ToList();
        if (unknown.Count > 0 && returnPath.Length > 0)
        {
            var report = Composer.Bytes(NonDelivery.Report(sender, mime, unknown, store.Now));
            Arrive(sender, Stamp.Put(report, "", Stamp.InsideTenant(sender.Domain), sender.Address, store.Now), "");
        }
    }

    private IReadOnlyList<string> Headers(Mailbox sender, Mailbox recipient) =>
        _tenant.Contains(sender.Domain) && _tenant.Contains(recipient.Domain)
            ? Stamp.InsideTenant(sender.Domain)
            : Stamp.FromOutside(sender.Domain, sender.Domain);

    /// <summary>The mailboxes here, each once, with the address by which the mail reached it.</summary>
    private IEnumerable<(Mailbox Mailbox, string Address)> Here(IEnumerable<Recipient> recipients) =>
        recipients.Select(to => (Mailbox: store.FindOrOpenRecipient(to)!, to.Address))
            .Where(found => found.Mailbox is not null)
            .DistinctBy(found => found.Mailbox);

    private void Arrive(Mailbox mailbox, byte[] mime, string returnPath)
    {
        var message = mailbox.Add(Arrival.Read(mime, mailbox, mailbox.Inbox, store.Now));
        Invitations.Process(mailbox, message);
        if (OutOfOffice.Answer(mailbox, message, returnPath, _tenant.Contains(mailbox.Domain), store.Now) is { } answer)
        {
            Send(mailbox, answer, keep: false, automatic: true);
        }
    }
}
