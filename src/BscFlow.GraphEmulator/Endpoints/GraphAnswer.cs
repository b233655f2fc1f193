using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>An answer in the dress that Graph's answers wear.</summary>
internal sealed class GraphAnswer(int status, JsonNode? body = null) : IResult
{
    public static string Type =>
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

    public static GraphAnswer Accepted { get; } = new(StatusCodes.Status202Accepted);

    public static GraphAnswer NoContent { get; } = new(StatusCodes.Status204NoContent);

    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        if (body is null)
        {
            return;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            body.WriteTo(writer);
        }

        response.ContentType = Type;
        response.ContentLength = buffer.Length;
        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), httpContext.RequestAborted);
    }
}
