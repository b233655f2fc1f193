namespace BscFlow.Local;

/// <summary>
/// Something that whoever typed the command can put right. Each line says what and where, a file as <c>name:line</c>, and is
/// all that they see.
/// </summary>
public sealed class RefusalException(IReadOnlyList<string> lines, Exception? inner = null)
    : Exception(string.Join(Environment.NewLine, lines), inner)
{
    public RefusalException(string line, Exception? inner = null)
        : this([line], inner)
    {
    }

    public IReadOnlyList<string> Lines { get; } = lines;
}
