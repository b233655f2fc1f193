namespace BscFlow.GraphEmulator.Transport;

/// <summary>What a browser says of where a request comes from.</summary>
public static class OtherSites
{
    /// <summary>
    /// Whether a page of another site has the browser send it; it is not to play with what runs on this machine.
    /// </summary>
    public static bool IsFromElsewhere(this HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site, ..] && site is not ("same-origin" or "none");

    /// <summary>Refuses what would change something and comes from elsewhere.</summary>
    public static async Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.IsFromElsewhere() && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("Only this site's own pages change anything here.", context.RequestAborted);
            return;
        }

        await next(context);
    }
}
