using System.Globalization;
using System.Text.Json.Nodes;

namespace BscFlow.GraphEmulator.Wire;

/// <summary>
/// A request that Graph would refuse: the status and the code that it answers. Turned into the body in one place.
/// </summary>
internal sealed class GraphRefusal(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Seconds; null when the client need not wait.</summary>
    public string? RetryAfter { get; init; }

    public static GraphRefusal BadRequest(string message, string code = "BadRequest") => new(400, code, message);

    public static GraphRefusal ItemNotFound() =>
        new(404, "ErrorItemNotFound", "The specified object was not found in the store.");

    public JsonObject Body(DateTimeOffset now, string requestId) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = Code,
            ["message"] = Message,
            ["innerError"] = new JsonObject
            {
                ["date"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
                ["request-id"] = requestId,
                ["client-request-id"] = requestId,
            },
        },
    };
}
