using System.Globalization;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Faults;

/// <summary>Makes a call fail that an armed fault waits for, before or after it did its work.</summary>
internal sealed class FaultFilter(FaultPlan plan) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var fault = plan.Take(
            http.Request.Method,
            GraphPath.WithoutVersion(http.Request),
            FaultKind.TooManyRequests,
            FaultKind.ServiceUnavailable,
            FaultKind.InternalServerError,
            FaultKind.MimeConversionFailed,
            FaultKind.Forbidden,
            FaultKind.GatewayTimeout,
            FaultKind.GatewayTimeoutAfterAcceptance,
            FaultKind.Silence,
            FaultKind.SilenceAfterAcceptance,
            FaultKind.ConnectionReset,
            FaultKind.ConnectionResetAfterAcceptance);
        if (fault is null)
        {
            return await next(context);
        }

        http.Items[typeof(Fault)] = fault;
        if (fault.Kind is FaultKind.GatewayTimeoutAfterAcceptance
            or FaultKind.SilenceAfterAcceptance
            or FaultKind.ConnectionResetAfterAcceptance)
        {
            await next(context);
        }

        switch (fault.Kind)
        {
            case FaultKind.TooManyRequests:
                throw Refusal(fault, 429, "TooManyRequests", "Too many requests");
            case FaultKind.ServiceUnavailable:
                throw Refusal(fault, 503, "ServiceUnavailable", "The service is temporarily unavailable.");
            case FaultKind.InternalServerError:
                throw new GraphRefusal(
                    500, "ErrorInternalServerError", "An internal server error occurred. The operation failed.");
            case FaultKind.MimeConversionFailed:
                throw GraphRefusal.BadRequest("The conversion of the item to MIME failed.", "ErrorMimeContentConversionFailed");
            case FaultKind.Forbidden:
                throw new GraphRefusal(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
            case FaultKind.Silence or FaultKind.SilenceAfterAcceptance:
                await Task.Delay(fault.Delay, http.RequestAborted);
                break;
            case FaultKind.ConnectionReset or FaultKind.ConnectionResetAfterAcceptance:
                http.Abort();
                return Results.Empty;
        }

        throw new GraphRefusal(504, "GatewayTimeout", "The server didn't respond in time.");
    }

    private static GraphRefusal Refusal(Fault fault, int status, string code, string message) => new(status, code, message)
    {
        RetryAfter = ((int)fault.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture),
    };
}
