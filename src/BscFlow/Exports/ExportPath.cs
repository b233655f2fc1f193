namespace BscFlow.Exports;

/// <summary>Where a blob's file lies in an export.</summary>
internal static class ExportPath
{
    /// <exception cref="ExportException">The name would lead out of the folder.</exception>
    public static string Of(string folder, string container, string name)
    {
        var top = Path.GetFullPath(Path.Combine(folder, container)) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(top, name));
        return path.StartsWith(top, StringComparison.Ordinal)
            ? path
            : throw new ExportException($"{container}/{name}: is no name for a file");
    }
}
