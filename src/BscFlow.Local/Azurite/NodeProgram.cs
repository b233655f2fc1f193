using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace BscFlow.Local.Azurite;

/// <summary>Node.js and npm, as they are found on the path.</summary>
internal static class NodeProgram
{
    /// <summary>The oldest Node.js that this Azurite was seen to work with.</summary>
    public const int OldestMajor = 20;

    /// <summary>How to go on without Azurite.</summary>
    public const string Otherwise = "Or use a storage account: --storage <connection string>";

    /// <summary>Starts a program with all three standard streams as pipes.</summary>
    /// <exception cref="AzuriteUnavailableException">It is not installed.</exception>
    public static Process Start(string program, string? folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new AzuriteUnavailableException(
                $"{Path.GetFileNameWithoutExtension(program)} was not found: install Node.js {OldestMajor} or newer, with npm. "
                + Otherwise,
                e);
        }
    }

    /// <exception cref="AzuriteUnavailableException">Node.js is missing or too old.</exception>
    public static async Task RequireAsync(CancellationToken cancellationToken)
    {
        using var node = Start("node", folder: null, ["--version"]);
        var version = (await node.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
        await node.WaitForExitAsync(cancellationToken);
        if (MajorOf(version) is not { } major || major < OldestMajor)
        {
            throw new AzuriteUnavailableException(
                $"Node.js {OldestMajor} or newer is needed and this is '{version}': install it. {Otherwise}");
        }
    }

    /// <param name="version">Such as <c>v22.4.1</c>.</param>
    private static int? MajorOf(string version) =>
        int.TryParse(version.TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : null;
}
