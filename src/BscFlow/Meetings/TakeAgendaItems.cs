using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BscFlow.Mail;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Takes what a member wants on the next agenda: an answer to the last one, or a mail whose subject says so.</summary>
public sealed class TakeAgendaItems(AddAgendaItem addAgendaItem)
{
    /// <inheritdoc cref="MailDeed"/>
    public async Task<CollectedMail?> RunAsync(
        CollectedMail row, IncomingMail mail, MailRoute route, CancellationToken cancellationToken)
    {
        if (route.WriterOf(mail) is not { } sender)
        {
            return null;
        }

        switch (route.Key)
        {
            case { Kind: MailKey.Agenda } when sender.Member is not null
                && AgendaWords.ItemsIn(mail.Reply.Written, sender.Name) is { } items:
                return await AddAsync(row, route, sender, items, $"{sender.Name} answers the agenda", cancellationToken);
            case { Kind: MailKey.Agenda } when !string.IsNullOrWhiteSpace(mail.Reply.Text):
                return MailSorting.Unclear(row, $"{sender.Name} answers the agenda, and it is not plain what is to stand on it");
            case null when sender.Member is not null && AgendaWords.InSubject(mail.Subject) is { } item:
                var reason = $"the subject of {sender.Name}'s mail begins with \"agenda:\"";
                return await AddAsync(row, route, sender, [item], reason, cancellationToken);
            default:
                return null;
        }
    }

    private async Task<CollectedMail> AddAsync(
        CollectedMail row,
        MailRoute route,
        Correspondent sender,
        IReadOnlyList<string> items,
        string reason,
        CancellationToken cancellationToken)
    {
        foreach (var (index, text) in items.Index())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{row.Id} {index}");
            var number = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
            await addAgendaItem.RunAsync(
                route.Charter, Keys.AgendaItem(row.Received, number), text, sender.Name, row.From, cancellationToken);
        }

        return row with
        {
            Kind = MailKind.AgendaItem,
            Acted = true,
            Reason = $"{reason}; for the next agenda: {string.Join("; ", items)}",
        };
    }
}
