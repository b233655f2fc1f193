using System.CommandLine;
using BscFlow.Local.Files;
using BscFlow.Minutes;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow lint</c>: what a careful secretary would flag.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var path = ArchiveArguments.Path();
        var charter = ArchiveArguments.Charter();
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        var command = new Command("lint", "Say what is wrong or missing in minutes; exit code 1 when something is.") { path, charter, json };
        command.SetAction(async (parsed, _) =>
        {
            var minutes = parsed.GetRequiredValue(path);
            var committee = LocalCharter.Of(parsed.GetValue(charter), minutes).Charter;
            var files = MinutesFiles.Read(minutes).Select(file => (file.Name, file.Minutes)).ToList();
            var findings = MinutesLinter.Lint(files, committee);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteJsonAsync(stream => FindingReport.WriteJson(stream, findings));
            }
            else
            {
                FindingReport.WriteText(output, findings);
            }

            return findings.Count > 0 ? ExitCode.Findings : ExitCode.Done;
        });
        return command;
    }
}
