using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Publishing;
using BscFlow.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Web;

/// <summary>The public archive, as it was published to the site container.</summary>
internal static class SitePages
{
    /// <summary>Answers from memory, before anything else is looked at, where a file was read of late.</summary>
    public static IApplicationBuilder UseSiteCache(this IApplicationBuilder app)
    {
        var cache = app.ApplicationServices.GetRequiredService<SiteCache>();
        return app.Use(next => context =>
        {
            var method = context.Request.Method;
            return (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
                && context.Request.Path.Value is { } path && cache.TryGet(path) is { } file
                    ? SiteResponse.SendAsync(context, file)
                    : next(context);
        });
    }

    /// <summary>The committees of this deployment; with one alone, its archive.</summary>
    public static async Task<IResult> IndexAsync(CharterStore charters, CancellationToken cancellationToken)
    {
        var committees = new List<Charter>();
        await foreach (var id in charters.ListAsync(cancellationToken))
        {
            if (await charters.FindAsync(id, cancellationToken) is { } charter)
            {
                committees.Add(charter);
            }
        }

        return committees is [var only]
            ? TypedResults.Redirect($"/{only.Id}/")
            : new RazorComponentResult<CommitteesPage>(new { Committees = committees });
    }

    public static async Task<IResult> GetAsync(
        InForce inForce,
        string? path,
        HttpContext context,
        SiteCache cache,
        PublishSite publishSite,
        CancellationToken cancellationToken)
    {
        // Links on the pages are relative to the committee's folder.
        var asked = context.Request.Path.Value!;
        if (path is null && !asked.EndsWith('/'))
        {
            return TypedResults.Redirect($"/{inForce.Id}/", permanent: true);
        }

        var file = string.IsNullOrEmpty(path) || path.EndsWith('/') ? $"{path}index.html" : path;
        var found = await cache.FindAsync(asked, inForce.Id, file, cancellationToken);
        if (found is null && file == SitePath.Front)
        {
            // A charter that was just put in force; from then on each step publishes.
            await publishSite.RunAsync(inForce.Charter, cancellationToken);
            found = await cache.FindAsync(asked, inForce.Id, file, cancellationToken);
        }

        return found is not null
            ? new SiteFileResult(found)
            : new RazorComponentResult<MissingPage>(new { context.Request.Path }) { StatusCode = StatusCodes.Status404NotFound };
    }

    private sealed class SiteFileResult(CachedFile file) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => SiteResponse.SendAsync(httpContext, file);
    }
}
