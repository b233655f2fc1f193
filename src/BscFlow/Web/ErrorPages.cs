using BscFlow.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>Answers a person's request that cannot be met with a page; a program gets problem details.</summary>
internal static class ErrorPages
{
    /// <summary>Also where a handler says no more than a status.</summary>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) => app.UseStatusCodePages(async context =>
    {
        var status = context.HttpContext.Response.StatusCode;
        await (WantsPage(context.HttpContext.Request)
            ? ShowAsync(context.HttpContext, status)
            : TypedResults.Problem(statusCode: status).ExecuteAsync(context.HttpContext));
    });

    public static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public static Task ShowAsync(HttpContext context, int status) => status == StatusCodes.Status404NotFound
        ? new RazorComponentResult<MissingPage>(new { context.Request.Path }) { StatusCode = status }.ExecuteAsync(context)
        : new RazorComponentResult<RefusedPage>(new { Status = status }) { StatusCode = status }.ExecuteAsync(context);
}
