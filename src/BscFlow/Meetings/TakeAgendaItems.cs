using System.Text.RegularExpressions;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Meetings.Messages;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>
/// Takes what a member wants on an agenda: an answer to one, or to the calendar's invitation, or a mail whose subject says so.
/// Its writer hears where it stands, or how to say it.
/// </summary>
public sealed partial class TakeAgendaItems(AddAgendaItem addAgendaItem, MeetingStore meetings, AnswerParticipant answer)
{
    /// <summary>For so long a meeting's invitation is known by its subject.</summary>
    private static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(30);

    /// <inheritdoc cref="MailDeed"/>
    public async Task<CollectedMail?> RunAsync(
        CollectedMail row, IncomingMail mail, MailRoute route, CancellationToken cancellationToken)
    {
        if (route.WriterOf(mail) is not { } sender)
        {
            return null;
        }

        var written = mail.Reply.Written;
        var invited = route.Answered is null ? await InvitedToAsync(route.Charter, mail, cancellationToken) : null;
        var answered = route.Answered ?? invited;
        row = row with { About = invited ?? row.About };
        switch (MailKey.Read(answered))
        {
            case { Kind: MailKey.Agenda or MailKey.Invitation } key when sender.Member is not null
                && AgendaWords.ItemsIn(written, sender.Name) is { } items:
                return await AddAsync(
                    row, route, sender, items, key.Start, answered, $"{sender.Name} answers the {key.Kind}", cancellationToken);
            case { Kind: MailKey.Agenda or MailKey.Invitation } key when !string.IsNullOrWhiteSpace(mail.Reply.Text):
                await answer.OfAgendaAsync(route.Charter, row, [], meeting: null, answered, cancellationToken);
                return MailSorting.Unclear(
                    row, $"{sender.Name} answers the {key.Kind}, and it is not plain what is to stand on the agenda");
            case { Kind: MailKey.AgendaReceipt } when sender.Member is not null
                && AgendaWords.LabelledIn(written) is { } labelled:
                return await AddAsync(
                    row, route, sender, labelled, null, answered, $"{sender.Name} adds to the agenda", cancellationToken);
            case null when sender.Member is not null && AgendaWords.InSubject(mail.Subject) is { } item:
                var reason = $"the subject of {sender.Name}'s mail begins with \"agenda:\"";
                return await AddAsync(row, route, sender, [item], null, answered, reason, cancellationToken);
            default:
                return null;
        }
    }

    /// <summary>The calendar sends invitations, and no outbox knows their ids: what answers one has its subject.</summary>
    /// <returns>A key such as a mail of ours would have.</returns>
    private async Task<string?> InvitedToAsync(Charter charter, IncomingMail mail, CancellationToken cancellationToken)
    {
        if (Answering.Match(mail.Subject) is not { Success: true } answering)
        {
            return null;
        }

        var subject = mail.Subject[answering.Length..].Trim();
        var invited = (await meetings.SinceAsync(charter.Id, mail.Received - InvitationLasts, cancellationToken))
            .FirstOrDefault(meeting => SubjectLine.Of(MeetingFacts.Of(charter, meeting).Title) == subject);
        return invited is null ? null : Keys.MeetingMail(MailKey.Invitation, invited.Row, invited.Start, "everyone");
    }

    private async Task<CollectedMail> AddAsync(
        CollectedMail row,
        MailRoute route,
        Correspondent sender,
        IReadOnlyList<string> items,
        DateTimeOffset? asked,
        string? answered,
        string reason,
        CancellationToken cancellationToken)
    {
        var id = Keys.ShortHash(row.Id);
        var meeting = await addAgendaItem.RunAsync(
            route.Charter,
            [.. items.Select((text, index) => (Keys.AgendaItem(row.Received, index, id), text))],
            sender.Name,
            row.From,
            asked,
            cancellationToken);
        await answer.OfAgendaAsync(route.Charter, row, items, meeting, answered, cancellationToken);
        var where = meeting is null ? "for the next agenda" : $"on the agenda of {meeting.Title()}";
        return row with { Kind = MailKind.AgendaItem, Acted = true, Reason = $"{reason}; {where}: {string.Join("; ", items)}" };
    }

    [GeneratedRegex(@"^\s*(?:(?:re|aw|sv|antw|rif|res|ynt)\s*:\s*)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Answering { get; }
}
