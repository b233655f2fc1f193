namespace BscFlow.Minutes;

/// <summary>The bytes are no text, so no minutes can be in them.</summary>
/// <param name="offset">Where the first byte stands (0-based) that no text has.</param>
/// <param name="isNul">It is a NUL, which UTF-8 has and text has not.</param>
public sealed class NotTextException(int offset, bool isNul)
    : FormatException(isNul ? $"Not a text file: byte {offset} is a NUL." : $"Not a text file: byte {offset} is not UTF-8.")
{
    /// <summary>Offset of the first byte that is in no text, 0-based.</summary>
    public int Offset { get; } = offset;
}
