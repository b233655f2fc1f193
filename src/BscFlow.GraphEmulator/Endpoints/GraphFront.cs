using BscFlow.GraphEmulator.Faults;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>What every Graph request passes: the path's spelling, the token, the form of an error, and the log.</summary>
internal sealed class GraphFront(RequestDelegate next, GraphEmulatorOptions options, RequestLog log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments(GraphPath.Version, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        var id = request.Headers["client-request-id"].ToString() is { Length: > 0 } given ? given : Guid.NewGuid().ToString();
        context.Response.Headers["request-id"] = id;
        context.Response.Headers["client-request-id"] = id;
        request.Path = GraphPath.Plain(request.Path.Value!);
        var at = options.Clock.GetUtcNow();
        try
        {
            DemandToken(request);
            await next(context);
        }
        catch (GraphRefusal refusal) when (!context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = refusal.RetryAfter;
            await new GraphAnswer(refusal.Status, refusal.Body(at, id)).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody is left to answer.
        }

        catch (Exception error) when (!context.Response.HasStarted)
        {
            // A bug of the emulator's own: whoever is testing must see it, not a bare 500 that looks like Graph's.
            await new GraphAnswer(
                500,
                new GraphRefusal(500, "EmulatorError", error.ToString()).Body(at, id)).ExecuteAsync(context);
        }

        log.Add(new(
            at,
            request.Method,
            GraphPath.WithoutVersion(request),
            Uri.UnescapeDataString(request.QueryString.Value ?? ""),
            context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode,
            (context.Items[typeof(Fault)] as Fault)?.Kind));
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
