using System.CommandLine;
using BscFlow.Local.Files;
using BscFlow.Local.Running;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow import</c>: takes an archive into storage.</summary>
internal static class ImportCommand
{
    /// <summary>An import opens no page and sends no mail; the address stands nowhere.</summary>
    private static readonly Uri NoSite = new("http://127.0.0.1/");

    public static Command Create()
    {
        var path = ArchiveArguments.Path();
        var charter = ArchiveArguments.Charter();
        var storage = new Option<string?>("--storage")
        {
            Description = "Import into this storage account instead of the data folder of a run.",
            HelpName = "CONNECTION-STRING",
        };
        var data = new Option<string>("--data")
        {
            Description = "Data folder of the run.",
            HelpName = "DIR",
            DefaultValueFactory = _ => ".bscflow",
        };
        var command = new Command("import", "Take minutes into storage; what is there already stays.") { path, charter, storage, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var minutes = parsed.GetRequiredValue(path);
            var file = LocalCharter.Of(parsed.GetValue(charter), minutes);
            var committees = Committees.Read(file, minutes);
            using var folder = await DataFolder.TakeAsync(parsed.GetRequiredValue(data), fresh: false, cancellationToken);
            await using var started = await RunStorage.StartAsync(
                parsed.GetValue(storage), folder, parsed.InvocationConfiguration.Error, cancellationToken);
            await using var services = Services(started.ConnectionString, folder);
            await RunStorage.EnsureAsync(services, cancellationToken);
            var imported = await Takeover.RunAsync(committees, services, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{file.Charter.Name}: {imported} meetings imported");
            return ExitCode.Done;
        });
        return command;
    }

    private static ServiceProvider Services(string connectionString, DataFolder folder)
    {
        var services = new ServiceCollection();
        services.AddLogging();

        // Razor components ask for it, to render the pages that an import publishes.
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddBscFlow(settings =>
        {
            settings.Storage = connectionString;
            settings.SiteAddress = NoSite;
            settings.DeskKey = folder.Secret("desk-key");
        });
        return services.BuildServiceProvider();
    }
}
