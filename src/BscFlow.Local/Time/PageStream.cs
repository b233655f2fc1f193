namespace BscFlow.Local.Time;

/// <summary>What becomes of the bytes of an answer.</summary>
internal enum Passage
{
    /// <summary>They go on as they are written.</summary>
    Through,

    /// <summary>They are held, to be changed.</summary>
    Held,

    /// <summary>What is to be sent is known already.</summary>
    Dropped,
}

/// <summary>Holds a page back so that it can be changed, and lets everything else through as it is written.</summary>
/// <param name="through">Where everything else goes.</param>
/// <param name="passage">Asked once, when the first byte is written: by then the headers are set.</param>
internal sealed class PageStream(Stream through, Func<Passage> passage) : Stream
{
    private MemoryStream? _held;
    private Stream? _target;

    /// <summary>The page that was held back; null when it was something else or nothing.</summary>
    public ReadOnlyMemory<byte>? Page => _held?.GetBuffer().AsMemory(0, (int)_held.Length);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private Stream Target => _target ??= passage() switch
    {
        Passage.Held => _held = new MemoryStream(),
        Passage.Dropped => Null,
        _ => through,
    };

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
