using System.IO.Compression;

namespace BscFlow.Publishing;

/// <summary>Files as they go over the wire: once compressed, often sent.</summary>
public static class Compression
{
    /// <summary>Brotli's level: a page in a fraction of a millisecond, and nearly as small as it gets.</summary>
    private const int BrotliQuality = 6;

    private const int BrotliWindow = 20;

    /// <summary>Bytes below which a header costs more than is saved.</summary>
    private const int Least = 256;

    /// <summary>Endings of the compressed files beside a file.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".br", ".gz"];

    /// <param name="ending">One of <see cref="Endings"/>.</param>
    /// <returns>False where the file would not get smaller, or is of a kind that does not.</returns>
    public static bool TryCompress(string contentType, ReadOnlySpan<byte> content, string ending, out ReadOnlySpan<byte> smaller)
    {
        smaller = default;
        if (content.Length < Least || !IsText(contentType))
        {
            return false;
        }

        smaller = ending == ".br" ? Brotli(content) : GZip(content);
        return smaller.Length < content.Length;
    }

    private static bool IsText(string contentType) =>
        contentType.StartsWith("text/", StringComparison.Ordinal)
        || contentType.Contains("json", StringComparison.Ordinal)
        || contentType.Contains("xml", StringComparison.Ordinal);

    private static ReadOnlySpan<byte> Brotli(ReadOnlySpan<byte> content)
    {
        var target = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, target, out var written, BrotliQuality, BrotliWindow)
            ? target.AsSpan(0, written)
            : content;
    }

    private static ReadOnlySpan<byte> GZip(ReadOnlySpan<byte> content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return target.GetBuffer().AsSpan(0, (int)target.Length);
    }
}
