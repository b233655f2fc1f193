using System.CommandLine;
using System.Globalization;
using BscFlow.Local.Running;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow run</c>, and <c>bscflow</c> alone.</summary>
internal static class RunCommand
{
    private static readonly Option<string[]> Charter = new("--charter")
    {
        Description = "A charter, or a folder of them; may be given several times. Without it: a sample committee.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Archive = new("--archive")
    {
        Description = "Folder of minutes to import; with several committees, one with a folder for each, named by its id.",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> Git = ArchiveArguments.Git();

    private static readonly Option<string?> Storage = new("--storage")
    {
        Description = "Use this storage account instead of starting Azurite.",
        HelpName = "CONNECTION-STRING",
    };

    private static readonly Option<Uri?> Graph = new("--graph")
    {
        Description = "Use this Microsoft Graph instead of starting the emulator.",
        HelpName = "URL",
        // Whatever was typed; the run says what it may be.
        CustomParser = argument => new Uri(argument.Tokens[0].Value, UriKind.RelativeOrAbsolute),
    };

    private static readonly Option<string?> GraphToken = new("--graph-token")
    {
        Description = "Bearer token for --graph. Without it: the credential of the environment.",
        HelpName = "TOKEN",
    };

    private static readonly NumberOption<int> Port = new("--port", port => port is >= 0 and <= 65535, "a number from 0 to 65535")
    {
        Description = "Port of the site on 127.0.0.1; 0 takes a free one.",
        DefaultValueFactory = _ => 5080,
    };

    private static readonly Option<string?> Now = new("--now")
    {
        Description = "Where the clock begins: 2025-10-01 or 2025-10-01T09:00 in the committee's zone. It never goes back.",
        HelpName = "TIME",
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder in which the run keeps everything.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".bscflow",
    };

    private static readonly Option<bool> Fresh = new("--fresh") { Description = "Forget earlier runs in the data folder." };

    private static readonly Option<string?> ReadyFile = new("--ready-file")
    {
        Description = "Write the addresses of the run to this file, as JSON, when the site is served.",
        HelpName = "FILE",
    };

    public static Command Create() =>
        AddTo(new Command("run", "Run a committee on this machine: site, desk, mailboxes and a clock to move."));

    /// <summary>Makes a command do what <c>run</c> does.</summary>
    public static T AddTo<T>(T command)
        where T : Command
    {
        Option[] options = [Charter, Archive, Git, Storage, Graph, GraphToken, Port, Now, Data, Fresh, ReadyFile];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new RunOptions
        {
            Charters = parsed.GetValue(Charter) ?? [],
            Archive = parsed.GetValue(Archive),
            Git = parsed.GetValue(Git),
            Storage = parsed.GetValue(Storage),
            Graph = parsed.GetValue(Graph),
            GraphToken = parsed.GetValue(GraphToken),
            Port = parsed.GetValue(Port)!.Value,
            Now = parsed.GetValue(Now),
            Data = parsed.GetValue(Data)!,
            Fresh = parsed.GetValue(Fresh),
            ReadyFile = parsed.GetValue(ReadyFile),
        };
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        await LocalRun.RunAsync(options, error, GreetAsync, cancellationToken);
        return ExitCode.Done;

        async Task GreetAsync(RunAddresses addresses)
        {
            if (options.ReadyFile is { } file)
            {
                await addresses.WriteAsync(file, cancellationToken);
            }

            await output.WriteAsync(Welcome(addresses));
            await output.FlushAsync(cancellationToken);
        }
    }

    private static string Welcome(RunAddresses addresses) => string.Create(
        CultureInfo.InvariantCulture,
        $"""

          Site       {addresses.Site}
          Desk       {addresses.Desk}
          Mailboxes  {addresses.Mailboxes?.ToString() ?? $"at {addresses.Graph.Host}"}
          Clock      {addresses.Now:dddd d MMMM yyyy, HH:mm} in {addresses.Zone}; the bar on each page moves it

        Ctrl+C stops.

        """);
}
