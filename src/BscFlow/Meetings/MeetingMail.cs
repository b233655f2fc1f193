using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Writes one mail about a meeting to each who takes part, and queues them; the same mail is queued once.</summary>
public sealed class MeetingMail(MailRenderer renderer, Outbox outbox, SiteLinks links, TimeProvider clock)
{
    /// <summary>The first mail of a meeting's thread.</summary>
    public const string Agenda = "agenda";

    public const string Reminder = "reminder";

    public SiteLinks Links { get; } = links;

    /// <summary>The members in office on the day of the meeting, and the guests who gave an address.</summary>
    public static IReadOnlyList<Addressee> Addressees(Charter charter, Meeting meeting) =>
    [
        .. new Roster(charter).On(charter.DayOf(meeting)).Select(Addressee.Of),
        .. charter.Guests
            .Where(guest => guest.Address is not null)
            .Select(Addressee.Of),
    ];

    /// <param name="kind">
    /// First part of the key: <c>agenda</c>, <c>reminder</c>. These two are of no use once the meeting has begun.
    /// </param>
    /// <param name="write">What each of them is told.</param>
    public async Task QueueAsync(
        Charter charter,
        Meeting meeting,
        string kind,
        IEnumerable<Addressee> addressees,
        Func<Addressee, Message> write,
        CancellationToken cancellationToken)
    {
        var mails = new List<OutgoingMail>();
        foreach (var addressee in addressees)
        {
            var page = Links.MyPage(charter, addressee.Member, clock.GetUtcNow());
            var mail = await renderer.RenderAsync(write(addressee) with { MyPage = page });
            var key = Keys.MeetingMail(kind, meeting.Row, meeting.Start, addressee.Key);
            mails.Add(mail.To(key, addressee.Recipient, addressee.PlainText) with
            {
                NotAfter = kind is Agenda or Reminder ? meeting.Start : null,
                InThreadOf = kind == Agenda ? null : Keys.MeetingMail(Agenda, meeting.Row, meeting.Start, addressee.Key),
            });
        }

        await outbox.QueueAsync(charter.Id, mails, cancellationToken);
    }

    /// <summary>The text of the calendar entry.</summary>
    public async Task<RenderedMail> RenderAsync(Message message) => await renderer.RenderAsync(message);
}
