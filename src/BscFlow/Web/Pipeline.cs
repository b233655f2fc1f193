using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>
/// The web of BscFlow as one delegate, for a host that has routed the request already, as the Functions worker does:
/// what that host's routing left in the request is taken out, and the request is routed anew.
/// </summary>
public sealed class Pipeline
{
    private static readonly PathString KeyedPath = "/api";

    private readonly RequestDelegate _run;

    public Pipeline(IServiceProvider services, Action<IApplicationBuilder> configure)
    {
        var app = new ApplicationBuilder(services);
        configure(app);
        _run = app.Build();
    }

    /// <summary>Runs a request of anyone. It never reaches <c>/api</c>, by whichever route the host let it in: 404.</summary>
    public Task RunAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(KeyedPath))
        {
            return RunWithKeyAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Runs a request whose key the host has checked.</summary>
    public Task RunWithKeyAsync(HttpContext context)
    {
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        return _run(context);
    }
}
