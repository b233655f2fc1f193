using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>What every Graph request passes: the path's spelling, the token, and the form of an error.</summary>
internal sealed class GraphFront(RequestDelegate next, GraphEmulatorOptions options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/v1.0", StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        var request = context.Request.Headers["client-request-id"].ToString() is { Length: > 0 } given ? given : Guid.NewGuid().ToString();
        context.Response.Headers["request-id"] = request;
        context.Response.Headers["client-request-id"] = request;
        context.Request.Path = GraphPath.Plain(context.Request.Path.Value!);
        try
        {
            DemandToken(context.Request);
            await next(context);
        }
        catch (GraphRefusal refusal) when (!context.Response.HasStarted)
        {
            await new GraphAnswer(refusal.Status, refusal.Body(options.Clock.GetUtcNow(), request)).ExecuteAsync(context);
        }
    }

    private static void DemandToken(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || authorization.AsSpan(7).Trim().IsEmpty)
        {
            throw new GraphRefusal(401, "InvalidAuthenticationToken", "Access token is empty.");
        }
    }
}
