namespace BscFlow.Minutes;

/// <summary>The bytes are no UTF-8 text, so no minutes can be in them.</summary>
/// <param name="offset">Where the first byte stands (0-based) that no UTF-8 text has.</param>
public sealed class NotTextException(int offset) : FormatException($"Not a text file: byte {offset} is not UTF-8.")
{
    /// <summary>Offset of the first byte that is not UTF-8, 0-based.</summary>
    public int Offset { get; } = offset;
}
