using BscFlow.Actions.Messages;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Storage;

namespace BscFlow.Actions;

/// <summary>Once a week: to each owner the items that are open; no mail to who has none.</summary>
public sealed class RemindOwners(
    CommitteeStateStore states, ActionStore actions, MailRenderer renderer, Outbox outbox, SiteLinks links, TimeProvider clock)
{
    /// <param name="monday">Of the week for which the step was planned; a late step is for the week that it runs in.</param>
    public async Task RunAsync(Charter charter, DateOnly monday, CancellationToken cancellationToken)
    {
        var state = await states.GetAsync(charter.Id, cancellationToken);
        if (state.OwnersRemindedFor >= monday)
        {
            return;
        }

        var today = charter.DayOf(clock.GetUtcNow());
        var week = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var mails = new List<OutgoingMail>();
        foreach (var (owner, items) in ActionDigest.For(charter, await actions.OpenAsync(charter.Id, cancellationToken), today))
        {
            var mail = await renderer.RenderAsync(new ActionDigestMail
            {
                Reader = owner.Reader,
                Committee = charter.Name,
                Items = items,
                Today = today,
                Page = links.Actions(charter),
                MyPage = links.MyPage(charter, owner.Member, clock.GetUtcNow()),
            });
            mails.Add(mail.To(Keys.DigestMail(week, owner.Key), owner.Recipient, owner.PlainText));
        }

        await outbox.QueueAsync(charter.Id, mails, cancellationToken);
        await states.TryUpdateAsync(state with { OwnersRemindedFor = week }, cancellationToken);
    }
}
