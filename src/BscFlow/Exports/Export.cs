using System.Text.Json;
using System.Text.Json.Serialization;

namespace BscFlow.Exports;

/// <summary>What an export says of itself: <c>export.json</c> at its top.</summary>
/// <param name="V">Version of its form.</param>
internal sealed record Export(int V, string Committee)
{
    public const int Version = 1;

    public const string File = "export.json";
    public const string Tables = "tables";
    public const string Blobs = "blobs.jsonl";
    public const string SealedProperty = "sealed";

    public static string PathOf(string folder) => Path.Combine(folder, File);
}

/// <summary>One blob of an export, whose content is the file of the same name.</summary>
internal sealed record ExportedBlob(
    string Container, string Name, string? ContentType, IDictionary<string, string> Metadata, string Sha256);

/// <summary>An export that cannot be made or taken in, in words for a person.</summary>
public sealed class ExportException(string message, Exception? innerException = null) : Exception(message, innerException);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Export))]
[JsonSerializable(typeof(ExportedBlob))]
internal sealed partial class ExportJson : JsonSerializerContext;
