using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BscFlow.Workflow;

/// <summary>A step on the queue, with what an operator wants to follow it by.</summary>
/// <param name="Trace">In which it was queued, as <c>traceparent</c> of W3C says it.</param>
/// <param name="Queued">When it may be received for the first time.</param>
internal sealed record StepMessage(string Committee, StepKind Kind, string Subject, string? Trace, DateTimeOffset? Queued)
{
    [JsonIgnore]
    public Step Step => new(Committee, Kind, Subject);

    public static string Write(Step step, DateTimeOffset queued) => JsonSerializer.Serialize(
        new StepMessage(step.Committee, step.Kind, step.Subject, Activity.Current?.Id, queued),
        StepMessageJson.Default.StepMessage);

    /// <remarks>A message that an older version queued has neither.</remarks>
    /// <exception cref="JsonException">The message is not a step.</exception>
    public static StepMessage Read(string message) =>
        JsonSerializer.Deserialize(message, StepMessageJson.Default.StepMessage) ?? throw new JsonException(
            "The message is empty.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StepMessage))]
internal sealed partial class StepMessageJson : JsonSerializerContext;
