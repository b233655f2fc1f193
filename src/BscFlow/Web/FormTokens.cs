using BscFlow.Web.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>Refuses a form whose token is missing or not this browser's, also where no handler reads the form.</summary>
/// <remarks>The framework looks at the token for each such endpoint, but only a handler that binds a field hears of it.</remarks>
internal static class FormTokens
{
    public static IApplicationBuilder UseFormTokens(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? new RazorComponentResult<StaleFormPage>(new { })
            {
                StatusCode = StatusCodes.Status400BadRequest,
            }.ExecuteAsync(context)
            : next(context));
}
