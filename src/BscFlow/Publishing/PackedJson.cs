using System.Buffers;
using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BscFlow.Publishing;

/// <summary>What a publication leaves for the next one, as compressed JSON.</summary>
internal static class PackedJson
{
    /// <summary>Of Brotli: whoever publishes waits for it.</summary>
    private const int Quality = 0;

    private const int Window = 22;

    public static byte[] Write<T>(T value, JsonTypeInfo<T> form)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            JsonSerializer.Serialize(writer, value, form);
        }

        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(text.WrittenCount)];
        return BrotliEncoder.TryCompress(text.WrittenSpan, packed, out var length, Quality, Window)
            ? packed[..length]
            : throw new UnreachableException();
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
