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
            ? TypedResults.Redirect($"/desk/{inForce.Id}/nominations/{id}")
            : await ListPageAsync(inForce, form, errors, nominations, cancellationToken);
    }

    public static async Task<IResult> GetAsync(
        InForce inForce, string motion, NominationStore nominations, CancellationToken cancellationToken) =>
        await nominations.FindAsync(inForce.Id, motion, cancellationToken) is { } call
            ? new RazorComponentResult<NominationDeskPage>(new
            {
                inForce.Charter,
                Call = call,
                Nominees = await nominations.NomineesAsync(inForce.Id, motion, cancellationToken),
            })
            : throw new BadHttpRequestException("There are no such nominations here.", StatusCodes.Status404NotFound);

    private static async Task<IResult> ListPageAsync(
        InForce inForce,
        NominationForm form,
        Dictionary<string, string[]> errors,
        NominationStore nominations,
        CancellationToken cancellationToken) => new RazorComponentResult<NominationsDeskPage>(new
        {
            inForce.Charter,
            Calls = await nominations.AllAsync(inForce.Id, cancellationToken),
            Form = form,
            Errors = errors,
        })
        {
            StatusCode = errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
}
