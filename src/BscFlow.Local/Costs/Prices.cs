using System.Text.Json;
using System.Text.Json.Serialization;

namespace BscFlow.Local.Costs;

/// <summary>What Azure asks: <c>prices.json</c> beside this file, with where and when it was looked up.</summary>
internal sealed record Prices(
    string Source,
    DateOnly Date,
    decimal BlobWritesPer10000,
    decimal BlobReadsPer10000,
    decimal TableOperationsPer10000,
    decimal QueueOperationsPer10000,
    decimal ExecutionsPerMillion,
    long FreeExecutions,
    decimal GigabyteSecond,
    decimal FreeGigabyteSeconds,
    decimal InstanceGigabytes,
    decimal SecondsPerExecutionAtLeast)
{
    public static Prices Read() => JsonSerializer.Deserialize(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Costs", "prices.json")), PricesJson.Default.Prices)!;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Prices))]
internal sealed partial class PricesJson : JsonSerializerContext;
