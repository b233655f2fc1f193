using System.Text.RegularExpressions;
using BscFlow.Committee;
using BscFlow.Mail.Messages;
using BscFlow.Meetings;
using BscFlow.Storage;
using BscFlow.Votes;

namespace BscFlow.Mail;

/// <summary>Whose a mail is.</summary>
/// <param name="Answered">Key of the mail of that committee that it answers or returns; null where it answers none.</param>
public sealed record MailRoute(Charter Charter, string? Answered);

/// <summary>Gives a mail to one of the committees that share its mailbox.</summary>
/// <remarks>
/// By its token; else by the mail of ours that it answers, or the meeting whose invitation; else to the only committee of the mailbox; else to the first one that
/// knows the sender; else to the first one, whose secretary sees it.
/// </remarks>
public sealed partial class RouteMail(TokenStore tokens, Outbox outbox, MeetingStore meetings)
{
    /// <summary>For so long a meeting's invitation is known by its subject.</summary>
    private static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(30);

    public async Task<MailRoute> RunAsync(
        SharedMailbox mailbox, IncomingMail mail, string? conversation, CancellationToken cancellationToken)
    {
        var charters = mailbox.Charters;
        var carried = BallotToken.Find(mail.Recipients, mail.Subject);
        if (carried.Count > 0 && mail.Automatic is null)
        {
            // What the token says is asked again by who casts the ballot.
            return new(charters.Count == 1 ? charters[0] : await ByTokenAsync(charters, carried, cancellationToken) ?? BySender(), null);
        }

        return await ByAnswerAsync(charters, mail, conversation, cancellationToken)
            ?? await ByInvitationAsync(charters, mail, cancellationToken)
            ?? new(
                charters.Count > 1 && await ByTokenAsync(charters, carried, cancellationToken) is { } holder ? holder : BySender(), null);

        Charter BySender() => charters.Count == 1
            ? charters[0]
            : charters.FirstOrDefault(charter => Correspondent.Find(charter, mail.From, charter.DayOf(mail.Received)) is not null)
                ?? charters[0];
    }

    private async Task<Charter?> ByTokenAsync(
        IReadOnlyList<Charter> charters, IReadOnlyList<BallotToken> carried, CancellationToken cancellationToken)
    {
        foreach (var token in carried)
        {
            if (await tokens.FindAsync(token, cancellationToken) is { } holder)
            {
                return charters.FirstOrDefault(charter => charter.Id == holder.Committee);
            }
        }

        return null;
    }

    private async Task<MailRoute?> ByAnswerAsync(
        IReadOnlyList<Charter> charters, IncomingMail mail, string? conversation, CancellationToken cancellationToken)
    {
        foreach (var id in mail.Answers)
        {
            foreach (var charter in charters)
            {
                if (await outbox.FindSentAsync(charter.Id, id, cancellationToken) is { } key)
                {
                    return new(charter, key);
                }
            }
        }

        // Some clients drop the threading headers; the mailbox's own threading is then all that is left.
        foreach (var charter in conversation is null ? [] : charters)
        {
            if (await outbox.FindLastInAsync(charter.Id, conversation!, cancellationToken) is { } key)
            {
                return new(charter, key);
            }
        }

        return null;
    }

    /// <summary>
    /// The calendar sends invitations, and no outbox knows their ids: what answers one has its subject. Whoever is not invited may
    /// write such a subject too.
    /// </summary>
    private async Task<MailRoute?> ByInvitationAsync(
        IReadOnlyList<Charter> charters, IncomingMail mail, CancellationToken cancellationToken)
    {
        if (mail.Automatic is not null || Answering.Match(mail.Subject) is not { Success: true } answering)
        {
            return null;
        }

        var subject = mail.Subject[answering.Length..].Trim();
        foreach (var charter in charters.Where(charter => Correspondent.Find(charter, mail.From, charter.DayOf(mail.Received)) is not null))
        {
            var invited = (await meetings.SinceAsync(charter.Id, mail.Received - InvitationLasts, cancellationToken))
                .FirstOrDefault(meeting => SubjectLine.Of(MeetingFacts.Of(charter, meeting).Title) == subject);
            if (invited is not null)
            {
                return new(charter, Keys.MeetingMail(MailKey.Invitation, invited.Row, invited.Start, "everyone"));
            }
        }

        return null;
    }

    [GeneratedRegex(@"^\s*(?:(?:re|aw|sv|antw|rif|res|ynt)\s*:\s*)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Answering { get; }
}
