using BscFlow.Votes.Nominations;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>Nominations on the desk: asked for by a form, and followed.</summary>
internal static class NominationDesk
{
    public static Task<IResult> ListAsync(
        InForce inForce, NominationStore nominations, CancellationToken cancellationToken) =>
        ListPageAsync(inForce, new NominationForm(), [], nominations, cancellationToken);

    public static async Task<IResult> OpenAsync(
        InForce inForce,
        Actor who,
        [FromForm] NominationForm form,
        OpenNominations open,
        NominationStore nominations,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var wrong = new Dictionary<string, string[]>();
        var (id, errors) = await form.Read(wrong).OpenAsync(
            inForce.Charter, who.Name, open, time.GetUtcNow(), wrong, cancellationToken);
        return id is not null
            ? DoneWords.Redirect($"/desk/{inForce.Id}/nominations/{id}", Done.NominationsOpened)
            : await ListPageAsync(inForce, form, errors, nominations, cancellationToken);
    }

    public static Task<IResult> GetAsync(
        InForce inForce, string motion, NominationStore nominations, CancellationToken cancellationToken) =>
        DeskPageAsync(inForce, motion, order: null, problem: null, nominations, cancellationToken);

    /// <summary>Puts the order in which the chair decides ties on record, and opens the vote.</summary>
    public static async Task<IResult> ChairAsync(
        InForce inForce,
        string motion,
        Actor who,
        [FromForm] string? order,
        OpenNominated open,
        NominationStore nominations,
        CancellationToken cancellationToken)
    {
        var names = TypedText.Lines(order);
        return await open.WithChairAsync(inForce.Charter, motion, names, who.Name, cancellationToken) is { } refusal
            ? await DeskPageAsync(inForce, motion, order, $"The vote is not opened: {refusal}.", nominations, cancellationToken)
            : DoneWords.Redirect($"/desk/{inForce.Id}/motions/{motion}", Done.OrderKept);
    }

    private static async Task<IResult> DeskPageAsync(
        InForce inForce, string motion, string? order, string? problem, NominationStore nominations, CancellationToken cancellationToken) =>
        await nominations.FindAsync(inForce.Id, motion, cancellationToken) is { } call
            ? new RazorComponentResult<NominationDeskPage>(new
            {
                inForce.Charter,
                Call = call,
                Nominees = await nominations.NomineesAsync(inForce.Id, motion, cancellationToken),
                Order = order,
                Problem = problem,
            })
            {
                StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            }
            : throw new BadHttpRequestException("There are no such nominations here.", StatusCodes.Status404NotFound);

    private static async Task<IResult> ListPageAsync(
        InForce inForce,
        NominationForm form,
        Dictionary<string, string[]> errors,
        NominationStore nominations,
        CancellationToken cancellationToken)
    {
        var calls = new List<NominationCall>();
        foreach (var id in await nominations.AllAsync(inForce.Id, cancellationToken))
        {
            if (await nominations.FindAsync(inForce.Id, id, cancellationToken) is { } call)
            {
                calls.Add(call);
            }
        }

        return new RazorComponentResult<NominationsDeskPage>(new
        {
            inForce.Charter,
            Calls = calls,
            Form = form,
            Errors = errors,
        })
        {
            StatusCode = errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}
