using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Meetings.Messages;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Puts a meeting into the calendars of all who take part in it.</summary>
public sealed class InviteToMeeting(IMailbox mailbox, MeetingMail mail)
{
    /// <returns>
    /// Id of the event; the same one however often it is asked for, also once the meeting has given its number back.
    /// </returns>
    public async Task<string> RunAsync(Charter charter, Meeting meeting, CancellationToken cancellationToken)
    {
        var text = await mail.RenderAsync(new InvitationNote
        {
            Reader = Reader.Everyone,
            Committee = charter.Name,
            Meeting = MeetingFacts.Of(charter, meeting),
            Quorum = QuorumOf(charter, meeting),
            Page = mail.Links.Meeting(charter, meeting),
        });
        var row = (meeting with { Number = meeting.Number ?? meeting.FormerNumber }).Row;
        return await mailbox.InviteAsync(
            charter.Mailbox,
            new Invitation
            {
                TransactionId = $"{charter.Id}-{row}-{Keys.Instant(meeting.Start)}",
                Subject = text.Subject,
                Html = text.Html,
                Start = meeting.Start,
                End = meeting.End,
                TimeZone = charter.TimeZone,
                Place = charter.Meetings.Place,
                Attendees =
                [
                    .. MeetingMail
                        .Addressees(charter, meeting)
                        .Select(addressee => new Recipient(addressee.Reader.Name, addressee.Address)),
                ],
            },
            cancellationToken);
    }

    /// <summary>What the meeting needs to decide, if nobody joins or leaves before it.</summary>
    internal static QuorumNeed QuorumOf(Charter charter, Meeting meeting)
    {
        var inOffice = new Roster(charter).Size(charter.DayOf(meeting));
        return new QuorumNeed(charter.Quorum.Needed(inOffice), inOffice);
    }
}
