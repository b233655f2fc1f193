using BscFlow.Votes;
using BscFlow.Votes.Nominations;
using BscFlow.Web.Pages;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>
/// What a voter's link shows until the vote is opened, and a nominee's: a form whose button nominates, or answers. And what the
/// desk and programs see of it.
/// </summary>
internal static class NominationPages
{
    /// <summary>Null for a link of no nominations.</summary>
    public static async Task<IResult?> GetAsync(
        InForce inForce, string token, TakeNomination take, CancellationToken cancellationToken) =>
        await FindAsync(inForce, token, take, cancellationToken) is { } page ? Page(page, written: null, noted: null) : null;

    /// <inheritdoc cref="GetAsync"/>
    public static async Task<IResult?> PostAsync(
        InForce inForce, string token, IFormCollection form, TakeNomination take, CancellationToken cancellationToken)
    {
        if (await FindAsync(inForce, token, take, cancellationToken) is not { } page)
        {
            return null;
        }

        var written = form["written"].ToString();
        var noted = await take.FromPageAsync(page, written, cancellationToken);
        return Page(
            await FindAsync(inForce, token, take, cancellationToken) ?? page, noted.Acted ? null : written, noted);
    }

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

    public static async Task<IResult> AskAsync(
        InForce inForce, Actor who, NominationInput request, OpenNominations open, TimeProvider time, CancellationToken cancellationToken)
    {
        var (id, errors) = await request.OpenAsync(
            inForce.Charter, who.Name, open, time.GetUtcNow(), new Dictionary<string, string[]>(), cancellationToken);
        return id is not null
            ? TypedResults.Created($"/api/{inForce.Id}/nominations/{id}")
            : TypedResults.ValidationProblem(errors);
    }

    public static Task<IResult> DeskAsync(
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
        string[] names = (order ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return await open.WithChairAsync(inForce.Charter, motion, names, who.Name, cancellationToken) is { } refusal
            ? await DeskPageAsync(inForce, motion, order, $"The vote is not opened: {refusal}.", nominations, cancellationToken)
            : TypedResults.Redirect($"/desk/{inForce.Id}/motions/{motion}");
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

    public static async Task<IResult> ReadAsync(
        InForce inForce, string motion, NominationStore nominations, CancellationToken cancellationToken) =>
        await nominations.FindAsync(inForce.Id, motion, cancellationToken) is { } call
            ? TypedResults.Ok(NominationView.Of(call, await nominations.NomineesAsync(inForce.Id, motion, cancellationToken)))
            : TypedResults.NotFound();

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

    private static async Task<NominationPage?> FindAsync(
        InForce inForce, string token, TakeNomination take, CancellationToken cancellationToken) =>
        PageToken.Parse(token) is { } read
        && await take.OpenPageAsync(read, cancellationToken) is { } page
        && page.Charter.Id == inForce.Id
            ? page
            : null;

    private static RazorComponentResult<NominatePage> Page(NominationPage page, string? written, Noted? noted) =>
        new(new { Page = page, Written = written, Noted = noted })
        {
            StatusCode = noted is { Acted: false } ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
}

/// <summary>Nominations as the programming interface gives them.</summary>
/// <param name="Outcome">What came of them, in words; null while they go on.</param>
public sealed record NominationView(
    string Id,
    string Title,
    DateTimeOffset NominateUntil,
    DateTimeOffset AnswerUntil,
    string? Outcome,
    IReadOnlyList<NomineeView> Nominees)
{
    public static NominationView Of(NominationCall call, IReadOnlyList<Nominee> nominees) => new(
        call.Id,
        call.Draft.Title,
        call.NominateUntil,
        call.AnswerUntil,
        call.Outcome,
        [.. nominees.Select(nominee => new NomineeView(
            nominee.Name, nominee.Address, nominee.Affiliation, nominee.By, nominee.Answer))]);
}

/// <summary>A nominee as the programming interface gives them.</summary>
/// <param name="By">Ids of those who nominated.</param>
public sealed record NomineeView(string Name, string Address, string? Affiliation, IReadOnlyList<string> By, NomineeAnswer Answer);
