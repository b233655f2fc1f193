using System.CommandLine;
using System.Runtime.CompilerServices;
using BscFlow.Committee;
using BscFlow.Local.Files;
using BscFlow.Votes;
using BscFlow.Votes.Tallies;

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
        var receipt = ReceiptWord.Create();
        var command = new Command("verify", "Check the audit log and every published tally; exit code 1 when one was changed.")
        {
            site, storage, data, receipt,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var word = parsed.GetValue(receipt);
            var progress = ProgressLine.On(parsed.InvocationConfiguration.Error, "events and ballots read");
            if (parsed.GetValue(site) is { } folder)
            {
                return await CheckSiteAsync(folder, word, output, progress, cancellationToken);
            }

            if (!RuntimeFeature.IsDynamicCodeSupported)
            {
                throw NativeBuild.Refusal("verify without SITE");
            }

            return await StorageArguments.ReadAsync(
                parsed.GetValue(storage),
                parsed.GetRequiredValue(data),
                parsed.InvocationConfiguration.Error,
                services => CheckStorageAsync(services, word, output, progress, cancellationToken),
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> CheckStorageAsync(
        IServiceProvider services, string? word, TextWriter output, ProgressLine? progress, CancellationToken cancellationToken)
    {
        var (motions, tallies) = (services.GetRequiredService<MotionStore>(), services.GetRequiredService<TallyStore>());
        var (isWhole, isFound) = (true, false);
        await foreach (var committee in services.GetRequiredService<CharterStore>().ListAsync(cancellationToken))
        {
            var found = await services.GetRequiredService<VerifyRecords>().RunAsync(
                committee, ReadFor(progress), cancellationToken);
            progress?.Clear();
            foreach (var fault in found.Faults)
            {
                await output.WriteLineAsync($"{committee}: {fault.Where}: {fault.What}");
                isWhole = false;
            }

            if (found.Faults.Count > 0)
            {
                continue;
            }

            await output.WriteLineAsync(
                $"{committee}: {found.Events} events and {found.Tallies} tallies are as they were written");
            foreach (var end in word is null ? [] : await motions.EndsAsync(committee, cancellationToken))
            {
                if (end.TallyHash is not null
                    && await motions.FindAsync(committee, end.Id, cancellationToken) is { Secret: true } motion)
                {
                    await using var tally = await tallies.OpenAsync(motion, cancellationToken);
                    isFound |= await ReceiptWord.FindAsync(word!, tally, $"{committee}: {motion.Id}", output, cancellationToken);
                }
            }
        }

        return await EndAsync(isWhole, word is null || isFound, output);
    }

    private static async Task<int> CheckSiteAsync(
        string folder, string? word, TextWriter output, ProgressLine? progress, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new RefusalException($"{folder}: there is no such folder");
        }

        var (isWhole, isFound, files) = (true, false, 0);
        foreach (var path in Directory.EnumerateFiles(folder, Tally, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            files++;
            await using var file = FileBytes.Open(path);
            var recount = await Recount.OfAsync(file, ReadFor(progress), cancellationToken);
            progress?.Clear();
            if (recount is Recount.Broken broken)
            {
                foreach (var fault in broken.Faults)
                {
                    await output.WriteLineAsync($"{path}: {fault}");
                }

                isWhole = false;
            }
            else if (word is not null)
            {
                isFound |= await ReceiptWord.FindAsync(word, file, path, output, cancellationToken);
            }
        }

        if (files == 0)
        {
            throw new RefusalException($"{folder}: there is no {Tally} in it or below it");
        }

        if (isWhole)
        {
            await output.WriteLineAsync($"{folder}: {files} tallies are as they were written");
        }

        return await EndAsync(isWhole, word is null || isFound, output);
    }

    private static RecordsRead? ReadFor(ProgressLine? progress) => progress is null ? null : new RecordsRead(progress);

    private static async Task<int> EndAsync(bool isWhole, bool isFound, TextWriter output)
    {
        if (!isFound)
        {
            await output.WriteLineAsync("no line of a tally is made by this word");
        }

        return isWhole && isFound ? ExitCode.Done : ExitCode.Findings;
    }
}
