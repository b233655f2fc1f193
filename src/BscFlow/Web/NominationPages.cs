using BscFlow.Votes.Nominations;
using BscFlow.Votes.Tokens;
using BscFlow.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>
/// What a voter's link shows until the vote is opened, and a nominee's: a form whose button nominates, or answers.
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
