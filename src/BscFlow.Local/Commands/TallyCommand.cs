using System.CommandLine;
using BscFlow.Local.Files;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Files;
using BscFlow.Votes.Tallies;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow tally</c>: counts a file of ballots, or counts a published tally again.</summary>
internal static class TallyCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "Ballots: a CSV table with a column an option and a row a ballot, a Debian tally sheet, a BLT or "
                + "PrefLib file. Or a tally.json, which is counted again.",
        };
        var options = new TallyOptions();
        var command = new Command("tally", "Count ballots over several options, or a published tally again.") { file };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            var output = parsed.InvocationConfiguration.Output;
            using var stream = Open(path);
            if (IsJson(stream))
            {
                options.RequireNoneOfCounting(parsed);
                return await RecountAsync(
                    stream, path, options.Receipt(parsed), options.IsJson(parsed), output, cancellationToken);
            }

            options.RequireNoReceipt(parsed);

            var result = InFile(path, () => Count(stream, options, parsed));
            if (options.IsJson(parsed))
            {
                await output.WriteJsonAsync(json => RankedResultJson.Write(json, result));
            }
            else
            {
                await output.WriteAsync(RankedResultText.Write(result));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static RankedResult Count(Stream stream, TallyOptions options, ParseResult parsed)
    {
        var method = options.Method(parsed);
        var file = BallotFile.Open(stream, method);
        if (file.HoldsRanks && method == CountingMethod.Score)
        {
            throw new BallotFormatException(0, "it holds ranks, and --method score counts scores");
        }

        var rules = options.Rules(parsed, file.Seats);
        var count = BallotCount.Create(rules, file.OptionCount);
        file.CountInto(count);
        return count.Result(options.Details(parsed, rules, file.Options));
    }

    private static async Task<int> RecountAsync(
        Stream file, string path, string? word, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        var recount = await Recount.OfAsync(file, read: null, cancellationToken);
        if (json)
        {
            await output.WriteJsonAsync(stream => RecountJson.Write(stream, recount));
            return recount is Recount.Holds ? ExitCode.Done : ExitCode.Findings;
        }

        if (recount is Recount.Broken broken)
        {
            foreach (var fault in broken.Faults)
            {
                await output.WriteLineAsync($"{path}: {fault}");
            }

            return ExitCode.Findings;
        }

        await output.WriteLineAsync($"{path}: it is whole, and its count is right");
        if (word is null || await ReceiptWord.FindAsync(word, file, path, output, cancellationToken))
        {
            return ExitCode.Done;
        }

        await output.WriteLineAsync($"{path}: no line of it is made by this word");
        return ExitCode.Findings;
    }

    /// <summary>Runs what reads a file; what is wrong with it becomes a line with its name.</summary>
    internal static T InFile<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (BallotFormatException e)
        {
            throw new RefusalException(e.Line > 0 ? $"{path}:{e.Line}: {e.Message}" : $"{path}: {e.Message}", e);
        }
    }

    internal static Stream Open(string path) => FileBytes.Open(path);

    private static bool IsJson(Stream stream)
    {
        int first;
        do
        {
            first = stream.ReadByte();
        }
        while (first is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF);

        stream.Position = 0;
        return first == '{';
    }
}
