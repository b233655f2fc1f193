using System.CommandLine;
using System.Security.Cryptography;
using BscFlow.Exports;
using BscFlow.Local.Files;
using BscFlow.Local.Running;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow import</c>: takes minutes into storage, or a folder that <c>bscflow export</c> has written.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH")
        {
            Description = "A file of minutes, or a folder of *.md; or a folder that bscflow export has written.",
        };
        var charter = ArchiveArguments.Charter();
        var storage = StorageArguments.Storage();
        var data = StorageArguments.Data();
        var command = new Command(
            "import",
            "Take minutes into storage, where what is there already stays; or take a whole export, where its committee must be new.")
        {
            path, charter, storage, data,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var source = parsed.GetRequiredValue(path);
            var work = RestoreCommittee.IsExport(source)
                ? Restore(source, parsed.GetValue(charter), cancellationToken)
                : TakeOver(LocalCharter.Of(parsed.GetValue(charter), source), source, cancellationToken);
            var done = await StorageArguments.ChangeAsync(
                parsed.GetValue(storage),
                parsed.GetRequiredValue(data),
                parsed.InvocationConfiguration.Error,
                work,
                cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(done);
            return ExitCode.Done;
        });
        return command;
    }

    private static Func<IServiceProvider, Task<string>> TakeOver(
        LocalCharter charter, string minutes, CancellationToken cancellationToken)
    {
        var committees = Committees.Read(charter, minutes);
        return async services =>
            $"{charter.Charter.Name}: {await Takeover.RunAsync(committees, services, cancellationToken)} meetings imported";
    }

    private static Func<IServiceProvider, Task<string>> Restore(
        string folder, string? charter, CancellationToken cancellationToken)
    {
        if (charter is not null)
        {
            throw new RefusalException($"--charter: {folder} is an export and brings its charter along");
        }

        return async services =>
        {
            try
            {
                var (committee, rows, blobs) = await services.GetRequiredService<RestoreCommittee>().RunAsync(
                    folder, cancellationToken);
                return $"{committee}: {rows} rows and {blobs} files imported";
            }
            catch (ExportException e) when (e.InnerException is CryptographicException)
            {
                throw new RefusalException(
                    $"{e.Message}; give that of the storage that it came from in {StorageArguments.DeskKeyVariable}, and a new --data",
                    e);
            }
            catch (ExportException e)
            {
                throw new RefusalException(e.Message, e);
            }
        };
    }
}
