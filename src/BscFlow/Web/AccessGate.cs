using BscFlow.Committee;
using BscFlow.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Web;

/// <summary>Closes the desk and the programming interface, before anything of a request is read, to those without right.</summary>
/// <remarks>
/// It goes by the path alone, so that no route below <c>/desk</c> or <c>/api</c> can be open by being forgotten: what follows
/// <c>/desk/</c> is a committee, and its charter says who may pass.
/// </remarks>
internal static class AccessGate
{
    /// <summary>No more than this path: below it is the desk of a committee, if one is called so.</summary>
    private static readonly PathString Enter = "/desk/enter";

    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Request.Path.StartsWithSegments("/api") ? LetProgramInAsync(context, next)
        : context.Request.Path.StartsWithSegments("/desk") && !context.Request.Path.Equals(Enter, StringComparison.OrdinalIgnoreCase)
            ? LetPersonInAsync(context, next)
            : next(context));

    private static async Task LetProgramInAsync(HttpContext context, RequestDelegate next)
    {
        if (context.RequestServices.GetRequiredService<Access>().FindProgram(context) is not { } program)
        {
            await TypedResults
                .Problem($"Send a key in the header {Access.KeyHeader}.", statusCode: StatusCodes.Status401Unauthorized)
                .ExecuteAsync(context);
        }
        else if (await FindCommitteeAsync(context) is { } charter && program.For(charter) is null)
        {
            await TypedResults
                .Problem("This key is for another committee.", statusCode: StatusCodes.Status403Forbidden)
                .ExecuteAsync(context);
        }
        else
        {
            context.Features.Set(program);
            await next(context);
        }
    }

    private static async Task LetPersonInAsync(HttpContext context, RequestDelegate next)
    {
        var access = context.RequestServices.GetRequiredService<Access>();
        if (await access.FindPersonAsync(context, context.RequestAborted) is not { } person)
        {
            await RefuseAsync(context, null, access.SignsPeopleIn, StatusCodes.Status401Unauthorized);
        }
        else if (await FindCommitteeAsync(context) is { } charter && person.For(charter) is null)
        {
            await RefuseAsync(context, charter, access.SignsPeopleIn, StatusCodes.Status403Forbidden);
        }
        else
        {
            context.Features.Set(person);
            await next(context);
        }
    }

    /// <summary>Null for a path of no committee, or of one that is not here: a handler says so then.</summary>
    private static async Task<Charter?> FindCommitteeAsync(HttpContext context)
    {
        var segments = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments is [_, var id, ..] && CharterValues.IsId(id)
            ? await context.RequestServices.GetRequiredService<CharterStore>().FindAsync(id, context.RequestAborted)
            : null;
    }

    private static Task RefuseAsync(HttpContext context, Charter? charter, bool signsIn, int status) =>
        new RazorComponentResult<ClosedDeskPage>(new { Charter = charter, SignsIn = signsIn, Asked = context.Request.Path })
        {
            StatusCode = status,
        }.ExecuteAsync(context);
}
