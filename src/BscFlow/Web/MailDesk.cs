using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Votes;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>Incoming mail on the desk: plain forms over the same use cases as the programming interface.</summary>
internal static class MailDesk
{
    public static Task<IResult> ListAsync(
        InForce inForce, [FromQuery] string? show, MailStore store, MotionStore motions, CancellationToken cancellationToken) =>
        PageAsync(inForce.Charter, show == "all", null, null, store, motions, cancellationToken);

    public static async Task<IResult> SettleAsync(
        InForce inForce,
        Actor who,
        string mail,
        [FromForm] string? how,
        SettleMail settle,
        CancellationToken cancellationToken)
    {
        // The page's own field takes no more than a line.
        if (!TypedText.TryReadOptionalLine(how, out var line))
        {
            return TypedResults.BadRequest();
        }

        return await settle.RunAsync(inForce.Charter, mail, line ?? "", who.Name, cancellationToken) is SettleOutcome.Settled
            ? Back(inForce)
            : TypedResults.NotFound();
    }

    public static async Task<IResult> CountAsync(
        InForce inForce,
        Actor who,
        string mail,
        [FromForm] string? motion,
        [FromForm] string? voter,
        [FromForm] string? vote,
        SettleMail settle,
        MailStore store,
        MotionStore motions,
        CancellationToken cancellationToken)
    {
        var outcome = TypedText.TryReadVote(vote, out var read)
            ? await settle.CountAsync(
                inForce.Charter, mail, motion ?? "", voter ?? "", read, comment: null, who.Name, cancellationToken)
            : new SettleOutcome.NotCounted(null);
        return outcome switch
        {
            SettleOutcome.Settled => Back(inForce),
            SettleOutcome.NotCounted not => await PageAsync(
                inForce.Charter, all: true, mail, MailApi.WhyNotCounted(not), store, motions, cancellationToken),
            _ => TypedResults.NotFound(),
        };
    }

    private static RedirectHttpResult Back(InForce inForce) => TypedResults.Redirect($"/desk/{inForce.Id}/mail");

    private static async Task<IResult> PageAsync(
        Charter charter,
        bool all,
        string? mistaken,
        string? problem,
        MailStore store,
        MotionStore motions,
        CancellationToken cancellationToken) => new RazorComponentResult<MailDeskPage>(new
        {
            Charter = charter,
            All = all,
            Mails = await MailApi.List(store, charter.Id, open: !all, cancellationToken).ToListAsync(cancellationToken),
            Motions = (await motions.PendingAsync(charter.Id, cancellationToken))
                .Where(motion => motion.IsOpen).Select(motion => motion.Id).ToList(),
            Mistaken = mistaken,
            Problem = problem,
        })
        {
            StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
}
