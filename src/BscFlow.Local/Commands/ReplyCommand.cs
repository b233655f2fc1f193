using System.CommandLine;
using BscFlow.Local.Files;
using BscFlow.Mail;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow reply</c>: what a person wrote in a mail.</summary>
internal static class ReplyCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A mail (*.eml), or the text of one." };
        var command = new Command("reply", "Print what a person wrote in a mail, without quotes and signatures.") { file };
        command.SetAction(async (parsed, _) =>
        {
            var path = parsed.GetRequiredValue(file);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Extract(path));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Extract(string path)
    {
        var bytes = FileBytes.Read(path);
        if (bytes.Contains((byte)0))
        {
            throw new RefusalException($"{path}: is neither a mail nor the text of one");
        }

        try
        {
            return ReplyText.ExtractFile(
                bytes, isMime: Path.GetExtension(path).Equals(".eml", StringComparison.OrdinalIgnoreCase));
        }
        catch (FormatException e)
        {
            throw new RefusalException($"{path}: is not a mail ({e.Message.TrimEnd('.')})", e);
        }
    }
}
