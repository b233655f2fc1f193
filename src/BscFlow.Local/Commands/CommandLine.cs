using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using BscFlow.Local.Running;
using BscFlow.Telemetry;

namespace BscFlow.Local.Commands;

/// <summary>The command <c>bscflow</c>.</summary>
public static class CommandLine
{
    /// <summary>How long a command may take to end after Ctrl+C: the last steps are finished and storage is saved.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(30);

    /// <returns>0: done, 1: findings, 2: wrong use.</returns>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var parsed = Create().Parse(arguments);
        if (parsed.Errors is [var first, ..])
        {
            return await RefuseAsync([$"{Words(first)} See bscflow --help."]);
        }

        if (parsed.Action is HelpAction)
        {
            return await HelpAsync(parsed, output, cancellationToken);
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = output,
                    Error = error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = Farewell,
                },
                cancellationToken);
        }
        catch (RefusalException refusal)
        {
            return await RefuseAsync(refusal.Lines);
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested && failed is not OperationCanceledException)
        {
            // A command that fails half-way is no stack trace to the person either. What it was is in the type's name.
            return await RefuseAsync(RunStorage.Refusal(failed)?.Lines ?? [ErrorWords.Of(failed).Split('\n')[0]]);
        }

        async Task<int> RefuseAsync(IReadOnlyList<string> lines)
        {
            foreach (var line in lines)
            {
                await error.WriteLineAsync($"bscflow: {line}");
            }

            return ExitCode.WrongUse;
        }
    }

    /// <summary>What the framework says of what is missing does not name it.</summary>
    private static string Words(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0 } option => $"{option.Option.Name}: a value is missing.",
        ArgumentResult { Tokens.Count: 0 } argument => $"{argument.Argument.Name}: a value is missing.",
        _ => error.Message,
    };

    /// <summary>The command is called by its name, whatever the program's file is called.</summary>
    private static async Task<int> HelpAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        using var help = new StringWriter();
        var exit = await parsed.InvokeAsync(new InvocationConfiguration { Output = help }, cancellationToken);
        await output.WriteAsync(
            help.ToString().Replace($"  {RootCommand.ExecutableName} ", "  bscflow ", StringComparison.Ordinal));
        return exit;
    }

    private static RootCommand Create()
    {
        var root = new RootCommand("The secretary of a technical steering committee. Without a command: run.");
        Command[] commands =
        [
            ReadCommand.Create(),
            LintCommand.Create(),
            PublishCommand.Create(),
            ReplyCommand.Create(),
            VerifyCommand.Create(),
            TallyCommand.Create(),
        ];
        foreach (var command in commands)
        {
            root.Subcommands.Add(command);
        }

        return RuntimeFeature.IsDynamicCodeSupported ? AddServices(root) : NativeBuild.RefuseServices(root);
    }

    /// <summary>The commands that need storage, mail or the web.</summary>
    private static RootCommand AddServices(RootCommand root)
    {
        Command[] commands = [RunCommand.Create(), ImportCommand.Create(), ExportCommand.Create(), CostCommand.Create()];
        foreach (var command in commands)
        {
            root.Subcommands.Add(command);
        }

        return RunCommand.AddTo(root);
    }
}
