using System.CommandLine;
using BscFlow.Local.Files;
using BscFlow.Local.Running;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow import</c>: takes an archive into storage.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var path = ArchiveArguments.Path();
        var charter = ArchiveArguments.Charter();
        var storage = StoredApp.Storage("Import into this storage account instead of the data folder of a run.");
        var data = StoredApp.Data();
        var command = new Command("import", "Take minutes into storage; what is there already stays.") { path, charter, storage, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var minutes = parsed.GetRequiredValue(path);
            var file = LocalCharter.Of(parsed.GetValue(charter), minutes);
            var committees = Committees.Read(file, minutes);
            using var folder = await DataFolder.TakeAsync(parsed.GetRequiredValue(data), fresh: false, cancellationToken);
            await using var started = await RunStorage.StartAsync(
                parsed.GetValue(storage), folder, parsed.InvocationConfiguration.Error, cancellationToken);
            await using var app = StoredApp.Build(started.ConnectionString, folder);
            await RunStorage.EnsureAsync(app.Services, cancellationToken);
            var imported = await Takeover.RunAsync(committees, app.Services, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{file.Charter.Name}: {imported} meetings imported");
            return ExitCode.Done;
        });
        return command;
    }
}
