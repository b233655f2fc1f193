using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BscFlow.Telemetry;

/// <summary>A span for each request, by its route: paths and queries hold what opens things, so no path is told.</summary>
internal static class RequestTrace
{
    public static IApplicationBuilder UseRequestTrace(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        using var activity = Signals.Source.StartActivity("request", ActivityKind.Server);
        if (activity is null)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            // Known once the request has been routed.
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
            activity.DisplayName = $"{context.Request.Method} {route}".TrimEnd();
            activity.SetTag("http.request.method", context.Request.Method);
            activity.SetTag("http.route", route);
            activity.SetTag("http.response.status_code", context.Response.StatusCode);
            activity.SetStatus(context.Response.StatusCode >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }
    });
}
