using System.CommandLine;
using System.Text;

namespace BscFlow.Local.Commands;

/// <summary>How the commands on an archive of minutes take it, and print what is JSON.</summary>
internal static class ArchiveArguments
{
    public static Argument<string> Path() => new("PATH") { Description = "A file of minutes, or a folder of *.md." };

    public static Option<string?> Charter() => new("--charter")
    {
        Description = "The committee's charter. Without it: charter.json beside the minutes.",
        HelpName = "FILE",
    };

    public static Option<bool> Git() => new("--git")
    {
        Description = "Ask the git repository of the minutes when each meeting's came into it: days to publication are told by that.",
    };

    /// <param name="write">Writes UTF-8.</param>
    public static async Task WriteJsonAsync(this TextWriter output, Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        await output.WriteLineAsync(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }
}
