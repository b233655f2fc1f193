using BscFlow.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Web;

/// <summary>
/// Has the clock look at a committee once a request has changed something of it, so that what is due by the change, mails that it
/// queued above all, does not wait for the hour. The request does not wait for the look. On every route but those that say
/// <see cref="ByItself"/>.
/// </summary>
internal sealed class LookAfterChange : IEndpointFilter
{
    /// <summary>Metadata of a route whose requests seldom change anything that is due; its handler asks for the look when one does.</summary>
    public static object ByItself { get; } = new ByItselfMark();

    private sealed class ByItselfMark;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)
            && result is not IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest }
            && http.Features.Get<InForce>() is { } inForce
            && http.GetEndpoint()?.Metadata.GetMetadata<ByItselfMark>() is null)
        {
            await http.RequestServices.GetRequiredService<LookSoon>().RunAsync(inForce.Id);
        }

        return result;
    }
}
