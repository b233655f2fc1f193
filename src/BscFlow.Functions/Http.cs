using BscFlow.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BscFlow.Functions;

/// <summary>
/// The doors of the web. The host asks them in the order of their names and takes the first whose route fits,
/// so the one that takes everything sorts last.
/// </summary>
public sealed class Http(Pipeline pipeline)
{
    [Function("Api")]
    public Task Api([HttpTrigger(AuthorizationLevel.Function, Route = "api/{*path}")] HttpRequest request) =>
        pipeline.RunWithKeyAsync(request.HttpContext);

    /// <summary>Anonymous to the host: the library asks who comes.</summary>
    [Function("Desk")]
    public Task Desk([HttpTrigger(AuthorizationLevel.Anonymous, Route = "desk/{*path}")] HttpRequest request) =>
        pipeline.RunAsync(request.HttpContext);

    [Function("GraphLifecycle")]
    public Task GraphLifecycle(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "notifications/graph/lifecycle")] HttpRequest request) =>
        pipeline.RunAsync(request.HttpContext);

    /// <summary>Graph has no key; each notification proves itself by its client state.</summary>
    [Function("GraphNotifications")]
    public Task GraphNotifications(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "notifications/graph")] HttpRequest request) =>
        pipeline.RunAsync(request.HttpContext);

    [Function("Site")]
    public Task Site([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) =>
        pipeline.RunAsync(request.HttpContext);
}
