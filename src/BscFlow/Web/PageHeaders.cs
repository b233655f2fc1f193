using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BscFlow.Web;

/// <summary>Marks an endpoint of BscFlow; a front may have others beside it, with headers of their own.</summary>
internal sealed class OwnEndpoint;

/// <summary>Tells browsers what pages may do: load from here alone, run no script but files from here, be in no frame.</summary>
internal static class PageHeaders
{
    /// <summary>No <c>unsafe-inline</c>: neither a style nor a script stands in a page.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string TwoYears = "max-age=63072000; includeSubDomains";

    public static IApplicationBuilder UsePageHeaders(this IApplicationBuilder app)
    {
        var site = app.ApplicationServices.GetRequiredService<IOptions<BscFlowOptions>>().Value.SiteAddress!;
        return app.Use((context, next) =>
        {
            // TLS may have ended in front of this process.
            context.Request.Scheme = site.Scheme;
            context.Response.OnStarting(
                state =>
                {
                    Set((HttpContext)state, site);
                    return Task.CompletedTask;
                },
                context);
            return next(context);
        });
    }

    private static void Set(HttpContext context, Uri site)
    {
        if (context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<OwnEndpoint>() is null)
        {
            return;
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";

        // Links in mails open what they lead to; no other site is to see one.
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (site.Scheme == Uri.UriSchemeHttps)
        {
            headers.StrictTransportSecurity = TwoYears;
        }

        if (IsPrivate(context.Request.Path) && headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }
    }

    private static bool IsPrivate(PathString path) =>
        path.StartsWithSegments("/desk") || path.StartsWithSegments("/write") || path.StartsWithSegments("/my")
        || path.StartsWithSegments("/vote") || path.StartsWithSegments("/propose")
        || path.StartsWithSegments("/api");
}
