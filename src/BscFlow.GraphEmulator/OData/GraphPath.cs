using System.Text.RegularExpressions;

namespace BscFlow.GraphEmulator.OData;

/// <summary>One spelling for the several that Graph takes in a path.</summary>
internal static partial class GraphPath
{
    /// <summary>Where Graph's paths start.</summary>
    public const string Version = "/v1.0";

    public static string WithoutVersion(HttpRequest request) => request.Path.Value![Version.Length..];

    /// <summary>
    /// <c>users('a')/mailFolders('inbox')/messages/microsoft.graph.delta()</c> is
    /// <c>users/a/mailFolders/inbox/messages/delta</c>.
    /// </summary>
    public static string Plain(string path) =>
        Call().Replace(
            Key().Replace(path, match => $"/{match.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal)}"), "/$1");

    [GeneratedRegex(@"\('((?:[^']|'')*)'\)")]
    private static partial Regex Key();

    [GeneratedRegex(@"/(?:microsoft\.graph\.)?(\w+)\(\)(?=/|$)")]
    private static partial Regex Call();
}
