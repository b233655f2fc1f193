using BscFlow.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>For probes and for whoever wonders why nothing happens.</summary>
internal static class HealthPages
{
    /// <summary>The process is up; nothing else is asked.</summary>
    public static ContentHttpResult Up() => TypedResults.Text("up");

    /// <summary>503 when a part is ill, and in both cases which and why.</summary>
    public static async Task<JsonHttpResult<Readiness>> ReadyAsync(CheckReadiness check, CancellationToken cancellationToken)
    {
        var readiness = await check.RunAsync(cancellationToken);
        return TypedResults.Json(
            readiness,
            ApiJson.Default.Readiness,
            statusCode: readiness.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
