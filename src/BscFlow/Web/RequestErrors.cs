using BscFlow.Telemetry;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BscFlow.Web;

/// <summary>
/// A request that cannot be read gets its own status instead of 500, with what was wrong as problem details. Any other error is
/// logged here, in words without addresses and secrets, so that the framework does not log it with all that it holds.
/// </summary>
internal sealed partial class RequestErrors(IProblemDetailsService problems, ILogger<RequestErrors> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var bad = exception as BadHttpRequestException;
        var status = bad?.StatusCode ?? StatusCodes.Status500InternalServerError;
        if (bad is null)
        {
            var error = ErrorWords.WithTrace(exception);
            LogFailed(httpContext.Request.Method, error);
        }

        if (ErrorPages.WantsPage(httpContext.Request))
        {
            await ErrorPages.ShowAsync(httpContext, status);
            return true;
        }

        httpContext.Response.StatusCode = status;
        return await problems.TryWriteAsync(new()
        {
            HttpContext = httpContext,
            ProblemDetails = new() { Status = status, Detail = bad is null ? null : RequestWords.Of(bad) },
        });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A {Method} failed: {Error}")]
    private partial void LogFailed(string method, string error);
}
