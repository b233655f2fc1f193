using BscFlow.Local.Commands;

namespace BscFlow.Tests.Local.Commands;

/// <summary>What a command that was typed printed, and its exit code.</summary>
internal sealed record Typed(int ExitCode, string Output, string Error)
{
    public static async Task<Typed> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.InvokeAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return new Typed(exitCode, output.ToString(), error.ToString());
    }
}
