using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BscFlow.Publishing;

/// <summary>What a publication leaves for the next one, as compressed JSON.</summary>
internal static class PackedJson
{
    /// <summary>Brotli at its fastest, as whoever publishes waits for it.</summary>
    private static readonly BrotliCompressionOptions Packing = new() { Quality = 0 };

    public static byte[] Write<T>(T value, JsonTypeInfo<T> form)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, Packing, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, value, form);
        }

        return packed.ToArray();
    }

    /// <returns>Null where it is none that can be read.</returns>
    public static T? Read<T>(byte[]? written, JsonTypeInfo<T> form)
        where T : class
    {
        if (written is null)
        {
            return null;
        }

        try
        {
            using var brotli = new BrotliStream(new MemoryStream(written), CompressionMode.Decompress);
            return JsonSerializer.Deserialize(brotli, form);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or InvalidDataException)
        {
            return null;
        }
    }
}
