using System.CommandLine;
using BscFlow.Committee;
using BscFlow.Local.Files;
using BscFlow.Votes;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow verify</c>: whether anything on record was changed behind the committee's back.</summary>
internal static class VerifyCommand
{
    private const string Tally = "tally.json";

    public static Command Create()
    {
        var site = new Argument<string?>("SITE")
        {
            Description = "Folder of a published site, whose tallies are counted again. Without it: what a run or an account stores.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var storage = StorageArguments.Storage();
        var data = StorageArguments.Data();
        var command = new Command("verify", "Check the audit log and every published tally; exit code 1 when one was changed.")
        {
            site, storage, data,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(site) is { } folder)
            {
                return await CheckSiteAsync(folder, output);
            }

            var path = parsed.GetRequiredValue(data);
            if (parsed.GetValue(storage) is null && !Directory.Exists(path))
            {
                throw new RefusalException($"{path}: there is no such folder; give the data folder of a run with --data");
            }

            return await StorageArguments.WithAsync(
                parsed.GetValue(storage),
                path,
                parsed.InvocationConfiguration.Error,
                services => CheckStorageAsync(services, output, cancellationToken),
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> CheckStorageAsync(
        IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        var code = ExitCode.Done;
        await foreach (var committee in services.GetRequiredService<CharterStore>().ListAsync(cancellationToken))
        {
            var found = await services.GetRequiredService<VerifyRecords>().RunAsync(committee, cancellationToken);
            foreach (var fault in found.Faults)
            {
                await output.WriteLineAsync($"{committee}: {fault.Where}: {fault.What}");
                code = ExitCode.Findings;
            }

            if (found.Faults.Count == 0)
            {
                await output.WriteLineAsync($"{committee}: {found.Events} events and {found.Tallies} tallies are as they were written");
            }
        }

        return code;
    }

    private static async Task<int> CheckSiteAsync(string folder, TextWriter output)
    {
        if (!Directory.Exists(folder))
        {
            throw new RefusalException($"{folder}: there is no such folder");
        }

        var files = Directory.EnumerateFiles(folder, Tally, SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var code = ExitCode.Done;
        foreach (var file in files)
        {
            if (Recount.Of(FileBytes.Read(file)) is Recount.Broken broken)
            {
                foreach (var fault in broken.Faults)
                {
                    await output.WriteLineAsync($"{file}: {fault}");
                }

                code = ExitCode.Findings;
            }
        }

        if (code == ExitCode.Done)
        {
            await output.WriteLineAsync($"{folder}: {files.Count} tallies are as they were written");
        }

        return code;
    }
}
