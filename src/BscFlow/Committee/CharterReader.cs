namespace BscFlow.Committee;

/// <summary>One thing wrong with a charter.</summary>
/// <param name="Field">Path of the field, such as <c>members[2].addresses[0]</c>.</param>
public sealed record CharterError(string Field, string Message)
{
    public override string ToString() => $"{Field}: {Message}";
}

/// <summary>A charter that cannot be used, with everything that is wrong with it.</summary>
public sealed class InvalidCharterException(IReadOnlyList<CharterError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<CharterError> Errors { get; } = errors;
}

/// <summary>Reads <c>charter.json</c> and checks all of it.</summary>
public static class CharterReader
{
    /// <exception cref="InvalidCharterException">Names every field that is wrong.</exception>
    public static Charter Read(ReadOnlySpan<byte> json) => throw new InvalidCharterException([new("", "not read yet")]);
}
