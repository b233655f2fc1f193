namespace BscFlow.Exports;

/// <summary>A file of lines, which are written as they come. It is made with the first of them.</summary>
internal sealed class LineFile(string path) : IAsyncDisposable
{
    private FileStream? _stream;

    /// <summary>How many lines it has.</summary>
    public int Count { get; private set; }

    /// <param name="line">Without its end.</param>
    public async Task AppendAsync(byte[] line, CancellationToken cancellationToken)
    {
        _stream ??= File.Create(path);
        await _stream.WriteAsync(line, cancellationToken);
        _stream.WriteByte((byte)'\n');
        Count++;
    }

    public ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? ValueTask.CompletedTask;
}
