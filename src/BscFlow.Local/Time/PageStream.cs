namespace BscFlow.Local.Time;

/// <summary>Holds a page back so that it can be changed, and lets everything else through as it is written.</summary>
/// <param name="through">Where everything else goes.</param>
/// <param name="isPage">Asked once, when the first byte is written: by then the headers are set.</param>
internal sealed class PageStream(Stream through, Func<bool> isPage) : Stream
{
    private readonly MemoryStream _held = new();
    private bool? _isPage;

    /// <summary>The page that was held back; null when it was something else or nothing.</summary>
    public byte[]? Page => _isPage == true ? _held.ToArray() : null;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private Stream Target => (_isPage ??= isPage()) ? _held : through;

    public override void Write(byte[] buffer, int offset, int count) => Target.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => Target.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Target.WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        Target.WriteAsync(buffer, cancellationToken);

    public override void Flush() => Target.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => Target.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
