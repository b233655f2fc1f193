using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BscFlow.Web;

/// <summary>A header that answers of a status have, for the description of a route.</summary>
internal sealed record AnswerHeader(int Status, string Name, string Description);

/// <summary>Says of routes of the programming interface what they answer; <c>openapi.json</c> is made of it.</summary>
internal static class ApiDescription
{
    /// <summary>What any of them may answer.</summary>
    public static RouteGroupBuilder DescribeAll(this RouteGroupBuilder routes) => routes
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .WithMetadata(new AnswerHeader(StatusCodes.Status429TooManyRequests, "Retry-After", "After how many seconds to try again."));

    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, string summary) =>
        route.WithSummary(summary).Produces<T>();

    /// <summary>A page of a list, of as many as <see cref="ApiPage.InRangeAsync"/> lets one ask for.</summary>
    public static RouteHandlerBuilder Lists<T>(this RouteHandlerBuilder route, string summary) => route
        .Gives<IReadOnlyList<T>>(summary)
        .AddEndpointFilter(ApiPage.InRangeAsync)
        .ProducesValidationProblem()
        .WithMetadata(new AnswerHeader(
            StatusCodes.Status200OK, "Link", "Where the next page is, with rel=\"next\" (RFC 8288); not on the last one."));

    /// <summary>Done, and there is nothing more to say of it.</summary>
    public static RouteHandlerBuilder Does(
        this RouteHandlerBuilder route, string summary, int status = StatusCodes.Status204NoContent) =>
        route.WithSummary(summary).Produces(status);

    /// <summary>A body, and what is answered where it cannot be read or a field of it may not be so.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route) => route
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    /// <summary>What is asked for can be understood and not be done as things stand.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, int status = StatusCodes.Status409Conflict) =>
        route.ProducesProblem(status);

    /// <summary>Answers and the version of the text that they are about.</summary>
    public static RouteHandlerBuilder WithVersion(this RouteHandlerBuilder route, int status) =>
        route.WithMetadata(new AnswerHeader(status, "ETag", "The version of the minutes."));
}
