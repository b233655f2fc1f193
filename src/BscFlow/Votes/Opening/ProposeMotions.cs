using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Meetings.Messages;
using BscFlow.Minutes;
using BscFlow.Storage;
using BscFlow.Votes.Mails.Messages;

namespace BscFlow.Votes.Opening;

/// <summary>
/// Puts to the chair what the minutes of a meeting leave to a vote by mail: votes that they announce, and decisions of a meeting
/// without quorum. Each is a mail of its own, and opened by one click or one reply.
/// </summary>
public sealed class ProposeMotions(
    MeetingStore meetings,
    MinutesStore minutes,
    MotionStore motions,
    MailRenderer renderer,
    Outbox outbox,
    SiteLinks links,
    AuditLog audit,
    TimeProvider clock)
{
    /// <param name="row">Of a meeting whose minutes were circulated or published.</param>
    public async Task RunAsync(Charter charter, string row, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken) is not { } meeting)
        {
            return;
        }

        foreach (var proposed in await FindAsync(charter, meeting, cancellationToken))
        {
            await TellAsync(charter, meeting, proposed, cancellationToken);
        }

        await meetings.TryUpdateAsync(meeting with { MotionsProposedAt = clock.GetUtcNow() }, cancellationToken);
    }

    /// <summary>What the minutes of a meeting leave to a vote by mail and nobody has opened.</summary>
    public async Task<IReadOnlyList<ProposedMotion>> FindAsync(
        Charter charter, Meeting meeting, CancellationToken cancellationToken)
    {
        var day = charter.DayOf(meeting);
        if (await minutes.FindAsync(charter.Id, day.Year, meeting.Row, cancellationToken) is not { } stored)
        {
            return [];
        }

        var document = MinutesReader.Read(stored.Text);
        List<ProposedMotion> unopened = [];
        foreach (var proposed in document.Meetings.SelectMany(held => ProposedMotion.In(document, held, charter, day)))
        {
            if (await motions.FindAsync(charter.Id, proposed.Id, cancellationToken) is null)
            {
                unopened.Add(proposed);
            }
        }

        return unopened;
    }

    private async Task TellAsync(
        Charter charter, Meeting meeting, ProposedMotion proposed, CancellationToken cancellationToken)
    {
        var rule = Rule.Of(charter, proposed.Rule);
        var electorate = Electorate.On(new Roster(charter), charter.DayOf(clock.GetUtcNow()));
        List<OutgoingMail> mails = [];
        foreach (var addressee in Chair(charter, meeting))
        {
            var mail = await renderer.RenderAsync(new ProposedMotionMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Meeting = MeetingFacts.Of(charter, meeting),
                Motion = proposed.Title,
                Wording = proposed.Text,
                Reason = proposed.Reason,
                Rule = proposed.Rule,
                Needs = RuleWords.NeedsAndThen(RuleWords.Needs(rule, electorate), rule.RatifiedBy),
                Open = links.ProposedMotion(charter, meeting.Row, proposed.Id),
                MyPage = links.MyPage(charter, addressee.Member, clock.GetUtcNow()),
            });
            var key = Keys.MotionMail($"{MailKey.Proposal}|{meeting.Row}", proposed.Id, addressee.Key);
            mails.Add(mail.To(key, addressee.Recipient, addressee.PlainText));
        }

        await outbox.QueueAsync(charter.Id, mails, cancellationToken);
        await audit.AppendOnceAsync(
            charter.Id, "motion-proposed", proposed.Id, "clock", $"{meeting.Row}: {proposed.Text}", cancellationToken);
    }

    private static IEnumerable<Addressee> Chair(Charter charter, Meeting meeting) =>
        new Roster(charter).ById(meeting.Chair ?? "") is { } chair
            ? [Addressee.Of(chair)]
            : charter.Secretaries.Select(secretary => Addressee.OfSecretary(charter, secretary));
}
