using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Meetings.Messages;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Somebody finds something wrong in minutes that were sent round.</summary>
/// <param name="Meeting">Row of the meeting.</param>
/// <param name="Start">Of the meeting, whose row may have gone to another.</param>
/// <param name="By">Name of who objects.</param>
/// <param name="Mail">Id of the mail that objects.</param>
/// <param name="Words">What it says.</param>
public sealed record Objection(string Meeting, DateTimeOffset Start, string By, string Mail, string Words);

/// <summary>What came of an objection.</summary>
public enum ObjectionOutcome
{
    /// <summary>The minutes are not published until it is settled.</summary>
    Holds,

    /// <summary>The minutes are published already, or are being so.</summary>
    TooLate,

    /// <summary>There are no such minutes any more, or they were not sent round.</summary>
    NoMinutes,
}

/// <summary>
/// Keeps minutes from being published while an objection to them is open, and tells the chair and the secretaries.
/// </summary>
public sealed class Objections(
    MeetingStore meetings, MailRenderer renderer, Outbox outbox, SiteLinks links, AuditLog audit, TimeProvider clock)
{
    /// <summary>Takes an objection; taken again, it changes nothing and mails nothing twice.</summary>
    public async Task<ObjectionOutcome> RaiseAsync(Charter charter, Objection objection, CancellationToken cancellationToken)
    {
        var mail = objection.Mail;
        while (true)
        {
            if (await meetings.FindAsync(charter.Id, objection.Meeting, cancellationToken) is not { } meeting
                || Keys.Instant(meeting.Start) != Keys.Instant(objection.Start)
                || meeting.State is not (MeetingState.Circulated or MeetingState.Published))
            {
                return ObjectionOutcome.NoMinutes;
            }

            var tooLate = meeting.PublishedAt is not null || meeting.State is MeetingState.Published;
            if (!tooLate && !meeting.Objections.Contains(mail)
                && await meetings.TryUpdateAsync(
                    meeting with { Objections = [.. meeting.Objections, mail] }, cancellationToken) is null)
            {
                continue;
            }

            await TellAsync(charter, meeting, objection.By, mail, objection.Words, tooLate, cancellationToken);
            await audit.AppendOnceAsync(
                charter.Id,
                "minutes-objected",
                $"{meeting.Row} {mail}",
                objection.By,
                tooLate ? "too late" : "",
                cancellationToken);
            return tooLate ? ObjectionOutcome.TooLate : ObjectionOutcome.Holds;
        }
    }

    /// <summary>The secretary is done with an objection; after the last one the minutes go their way.</summary>
    /// <param name="row">Of the meeting.</param>
    public async Task SettleAsync(
        Charter charter, string row, string mail, string who, string how, CancellationToken cancellationToken)
    {
        while (await meetings.FindAsync(charter.Id, row, cancellationToken) is { } meeting && meeting.Objections.Contains(mail))
        {
            if (await meetings.TryUpdateAsync(
                meeting with { Objections = [.. meeting.Objections.Where(other => other != mail)] },
                cancellationToken) is not null)
            {
                break;
            }
        }

        await audit.AppendOnceAsync(charter.Id, "objection-settled", $"{row} {mail}", who, how, cancellationToken);
    }

    private async Task TellAsync(
        Charter charter, Meeting meeting, string by, string mail, string words, bool tooLate, CancellationToken cancellationToken)
    {
        var chair = meeting.Chair is { } id ? new Roster(charter).ById(id) : null;
        List<OutgoingMail> mails = [];
        var secretaries = charter.Secretaries.Select(secretary => Addressee.OfSecretary(charter, secretary));
        foreach (var addressee in secretaries.Append(chair is null ? null : Addressee.Of(chair)))
        {
            if (addressee is null || mails.Any(other => other.To[0].Address == addressee.Address))
            {
                continue;
            }

            var rendered = await renderer.RenderAsync(new ObjectionMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Meeting = MeetingFacts.Of(charter, meeting),
                By = by,
                Objection = words,
                TooLate = tooLate,
                Minutes = addressee.Reader.Role is ReaderRole.Secretary ? links.DeskMinutes(charter, meeting)
                    : tooLate ? links.Meeting(charter, meeting)
                    : links.MinutesForm(charter, meeting),
                Desk = addressee.Reader.Role is ReaderRole.Secretary ? links.DeskMail(charter) : null,
                MyPage = links.MyPage(charter, addressee.Member, clock.GetUtcNow()),
            });
            mails.Add(rendered.To(
                Keys.MailAboutMail("objection", mail, addressee.Key), addressee.Recipient, addressee.PlainText));
        }

        await outbox.QueueAsync(charter.Id, mails, cancellationToken);
    }
}
