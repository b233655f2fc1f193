using System.Security.Cryptography;

namespace BscFlow.Publishing;

/// <summary>When a file is put in place: a stage begins when the one before is there, so that no link leads nowhere.</summary>
public enum SiteStage
{
    /// <summary>Style sheet, icon, data: what pages use.</summary>
    Asset,

    /// <summary>The page of one thing.</summary>
    Page,

    /// <summary>A page that lists others.</summary>
    Index,
}

/// <summary>One file of a committee's public site, rendered when it is asked for.</summary>
/// <param name="path">From the committee's folder, with forward slashes, such as <c>meetings/0062.html</c>.</param>
/// <param name="made">A hash of all that the content is made of, see <see cref="Made"/>.</param>
/// <param name="render">May be called on any thread.</param>
public sealed class SiteFile(
    string path, string contentType, SiteStage stage, Func<string> made, Func<ValueTask<ReadOnlyMemory<byte>>> render)
{
    private string? _made;

    /// <summary>A file whose content is at hand.</summary>
    public SiteFile(string path, string contentType, SiteStage stage, ReadOnlyMemory<byte> content)
        : this(path, contentType, stage, () => HashOf(content.Span), () => ValueTask.FromResult(content))
    {
    }

    /// <summary>A file that lies elsewhere and may be large.</summary>
    /// <param name="open">Opens it there; whoever asks closes it.</param>
    public SiteFile(
        string path, string contentType, SiteStage stage, Func<string> made, Func<CancellationToken, Task<Stream>> open)
        : this(path, contentType, stage, made, () => WholeAsync(open)) => OpenAsync = open;

    public string Path => path;

    /// <summary>Passes it on piece by piece, so that it need not be held; null where there is nothing but <see cref="RenderAsync"/>.</summary>
    public Func<CancellationToken, Task<Stream>>? OpenAsync { get; }

    public string ContentType => contentType;

    public SiteStage Stage => stage;

    /// <summary>
    /// Two files of one path that are made of the same have the same bytes, so that what is in place need not be rendered to be
    /// told from what should be. Not a hash of the content: pages name what they are made of.
    /// </summary>
    public string Made => _made ??= made();

    public ValueTask<ReadOnlyMemory<byte>> RenderAsync() => render();

    private static async ValueTask<ReadOnlyMemory<byte>> WholeAsync(Func<CancellationToken, Task<Stream>> open)
    {
        await using var file = await open(CancellationToken.None);
        using MemoryStream whole = new();
        await file.CopyToAsync(whole, CancellationToken.None);
        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }

    /// <summary>In lower-case hexadecimal.</summary>
    internal static string HashOf(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}
