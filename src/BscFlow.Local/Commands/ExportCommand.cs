using System.CommandLine;
using BscFlow.Committee;
using BscFlow.Exports;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow export</c>: everything of a committee as plain files.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder to write to; empty, or not there yet." };
        var committee = new Option<string?>("--committee")
        {
            Description = "Id of the committee, where storage holds several.",
            HelpName = "ID",
        };
        var storage = StorageArguments.Storage();
        var data = StorageArguments.Data();
        var command = new Command(
            "export",
            $"Write everything of a committee as plain files, for bscflow import. How somebody voted in secret stays closed under the desk key (with --storage: {StorageArguments.DeskKeyVariable}).")
        {
            folder, committee, storage, data,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = parsed.GetRequiredValue(folder);
            var done = await StorageArguments.ReadAsync(
                parsed.GetValue(storage),
                parsed.GetRequiredValue(data),
                parsed.InvocationConfiguration.Error,
                services => ExportAsync(
                    services,
                    parsed.GetValue(committee),
                    target,
                    StorageArguments.KnowsDeskKey(parsed.GetValue(storage)),
                    cancellationToken),
                cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(done);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<string> ExportAsync(
        IServiceProvider services, string? committee, string folder, bool knowsDeskKey, CancellationToken cancellationToken)
    {
        try
        {
            var id = committee ?? await OnlyOneAsync(services.GetRequiredService<CharterStore>(), cancellationToken);
            var export = services.GetRequiredService<ExportCommittee>();
            if (!knowsDeskKey && await export.HasSecretsAsync(id, cancellationToken))
            {
                throw new ExportException(
                    $"{id} has voted in secret, and its ballots are closed under the desk key of the account: "
                    + $"give it in {StorageArguments.DeskKeyVariable}");
            }

            var (rows, blobs) = await export.RunAsync(id, folder, cancellationToken);
            return $"{id}: {rows} rows and {blobs} files exported to {folder}";
        }
        catch (ExportException e)
        {
            throw new RefusalException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"{folder}: {e.Message}", e);
        }
    }

    private static async Task<string> OnlyOneAsync(CharterStore charters, CancellationToken cancellationToken) =>
        await charters.ListAsync(cancellationToken).ToListAsync(cancellationToken) switch
        {
            [var only] => only,
            [] => throw new ExportException("storage holds no committee"),
            var several =>
                throw new ExportException(
                    $"storage holds several committees; name one with --committee: {string.Join(", ", several)}"),
        };
}
