using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.GraphEmulator.Faults;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Subscribing;
using BscFlow.GraphEmulator.Transport;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>What a test does behind Graph's back, over HTTP: under /_emulator, without a token.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/_emulator");
        control.MapGet("faults", (FaultPlan faults) => Results.Json(faults.Armed, ControlJson.Default.IReadOnlyListFault));
        control.MapPost("faults", ArmAsync);
        control.MapDelete("faults", (FaultPlan faults) =>
        {
            faults.Clear();
            return Results.NoContent();
        });
        control.MapGet("requests", (RequestLog log) => Results.Json(log.All, ControlJson.Default.IReadOnlyListLoggedRequest));
        control.MapDelete("requests", (RequestLog log) =>
        {
            log.Clear();
            return Results.NoContent();
        });
        control.MapPost("delta/expire", (MailStore store) =>
        {
            store.ExpireDeltaLinks();
            return Results.NoContent();
        });
        control.MapPost("subscriptions/{id}/lifecycle/{what}", (Lifecycle lifecycle, string id, string what) =>
            Enum.TryParse<LifecycleEvent>(what, ignoreCase: true, out var told) && lifecycle.Raise(id, told)
                ? Results.Accepted()
                : Results.NotFound());
        control.MapPost("deliver", DeliverAsync);
    }

    private static async Task<IResult> ArmAsync(HttpRequest request, FaultPlan faults)
    {
        try
        {
            var fault = await JsonSerializer.DeserializeAsync(
                request.Body, ControlJson.Default.Fault, request.HttpContext.RequestAborted);
            faults.Arm(fault!);
            return Results.Json(fault!, ControlJson.Default.Fault, statusCode: StatusCodes.Status201Created);
        }
        catch (JsonException error)
        {
            return Results.Problem(error.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>
    /// The body is the raw message; <c>to</c> (several), <c>from</c>, <c>results</c> (several) and <c>authAs</c> stand in the
    /// query.
    /// </summary>
    private static async Task<IResult> DeliverAsync(HttpRequest request, MailStore store, Delivery delivery)
    {
        var query = request.Query;
        var stamps = Stamp.Chosen(query["results"].OfType<string>(), query["authAs"]);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        store.Change(
            () => delivery.ReceiveFromOutside(body.ToArray(), query["from"].ToString(), query["to"].OfType<string>(), stamps));
        return Results.Accepted();
    }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(IReadOnlyList<Fault>))]
[JsonSerializable(typeof(IReadOnlyList<LoggedRequest>))]
internal sealed partial class ControlJson : JsonSerializerContext;
