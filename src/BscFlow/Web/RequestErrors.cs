using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>A request that cannot be read gets its own status instead of 500, with what was wrong as problem details.</summary>
internal sealed class RequestErrors(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return false;
        }

        if (ErrorPages.WantsPage(httpContext.Request))
        {
            await ErrorPages.ShowAsync(httpContext, bad.StatusCode);
            return true;
        }

        httpContext.Response.StatusCode = bad.StatusCode;
        return await problems.TryWriteAsync(new()
        {
            HttpContext = httpContext,
            ProblemDetails = new() { Status = bad.StatusCode, Detail = bad.Message },
        });
    }
}
