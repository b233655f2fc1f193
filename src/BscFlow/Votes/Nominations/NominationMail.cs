using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Storage;
using BscFlow.Votes.Mails.Messages;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Nominations;

/// <summary>Writes the mails about nominations and queues them; the same mail is queued once.</summary>
public sealed class NominationMail(MailRenderer renderer, Outbox outbox, SiteLinks links, VotingKeys keys)
{
    /// <summary>First part of the key of a call to nominate.</summary>
    public const string Call = "nominate";

    private const int MailsAtOnce = 50;

    /// <summary>Asks voters to nominate.</summary>
    public async Task CallAsync(
        Charter charter, NominationCall call, IEnumerable<Member> voters, CancellationToken cancellationToken)
    {
        foreach (var some in voters.Chunk(MailsAtOnce))
        {
            List<OutgoingMail> mails = [];
            foreach (var voter in some)
            {
                var mail = await WriteAsync(charter, call, Addressee.Of(voter), Call, page => new NominationCallMail
                {
                    Reader = Addressee.Of(voter).Reader,
                    Committee = charter.Name,
                    Election = Facts(charter, call),
                    Page = page,
                });
                mails.Add(mail with
                {
                    NotAfter = call.NominateUntil,
                    Bulk = call.Electorate.Size > MailPace.AMinute ? call.Opened : null,
                });
            }

            await outbox.QueueAsync(charter.Id, mails, cancellationToken);
        }
    }

    /// <summary>Tells a nominee, who answers by this mail or on the page.</summary>
    public Task NomineeAsync(
        Charter charter, NominationCall call, Nominee nominee, string nominator, CancellationToken cancellationToken) =>
        SendAsync(charter, call, AddresseeOf(nominee), "nominee", page => new NomineeMail
        {
            Reader = AddresseeOf(nominee).Reader,
            Committee = charter.Name,
            Election = Facts(charter, call),
            Nominator = nominator,
            Page = page,
        }, cancellationToken);

    /// <summary>Says to a voter or a nominee what their mail was taken for.</summary>
    /// <param name="evidence">What it answers; each is answered once.</param>
    public Task NoteAsync(
        Charter charter,
        NominationCall call,
        Addressee to,
        string evidence,
        IReadOnlyList<string> lines,
        CancellationToken cancellationToken) =>
        SendAsync(charter, call, to, $"noted-{Keys.ShortHash(evidence)}", page => new NominationNoteMail
        {
            Reader = to.Reader,
            Committee = charter.Name,
            Election = Facts(charter, call),
            Lines = lines,
            Page = page,
        }, cancellationToken);

    /// <summary>A nominee as somebody who gets mail; the key tells them from voters.</summary>
    public static Addressee AddresseeOf(Nominee nominee) => new(
        Keys.NomineeHolder(nominee.Key),
        new Reader(nominee.Name, ReaderRole.Nominee),
        nominee.Address,
        PlainText: false,
        Member: null);

    private async Task SendAsync(
        Charter charter,
        NominationCall call,
        Addressee to,
        string kind,
        Func<Uri, Message> write,
        CancellationToken cancellationToken) =>
        await outbox.QueueAsync(charter.Id, [await WriteAsync(charter, call, to, kind, write)], cancellationToken);

    private async Task<OutgoingMail> WriteAsync(
        Charter charter, NominationCall call, Addressee to, string kind, Func<Uri, Message> write)
    {
        var token = keys.NominationToken(charter.Id, call.Id, to.Key);
        var page = links.Ballot(charter, keys.PageToken(charter.Id, call.Id, to.Key).Reveal());
        var mail = (await renderer.RenderAsync(write(page)))
            .To(Keys.MotionMail(kind, call.Id, to.Key), to.Recipient, to.PlainText);
        return mail with { Subject = token.Subject(mail.Subject), ReplyTo = token.ReplyTo(charter.Mailbox) };
    }

    private static NominationFacts Facts(Charter charter, NominationCall call) => new(
        call.Draft.Title, call.Draft.Text, call.NominateUntil, call.AnswerUntil, charter.TimeZone);
}
