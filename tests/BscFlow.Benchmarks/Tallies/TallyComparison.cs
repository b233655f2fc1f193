using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace BscFlow.Benchmarks.Tallies;

/// <summary>
/// <c>bscflow tally</c> beside other programs on the same files: whole processes, run by turns, so that a busy moment of the
/// machine hits all of them.
/// </summary>
/// <remarks>
/// schulze-method is installed from npm. elekto and apache/steve are no packages; they run from a checkout that is named by
/// <c>--elekto DIR</c> and <c>--steve DIR</c>.
/// </remarks>
internal static class TallyComparison
{
    private const int Runs = 5;

    public static void Run(string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("bscflow-tally-benchmark-").FullName;
        try
        {
            TimedRun.Of("npm", ["install", "--silent", "--prefix", folder, "schulze-method@2.0.0"], folder);
            var million = Write(folder, voters: 1_000_000, options: 10);
            var fifty = Write(folder, voters: 100_000, options: 50);
            Compare("1,000,000 ballots, 10 options, Schulze", folder,
            [
                Ours(million, "schulze"),
                new("schulze-method", "node", [Beside("schulze-method.js"), million]),
                .. Checkout("--elekto", arguments, checkout => new Contender(
                    "elekto", "python3", [Beside("elekto.py"), checkout, million], Runs: 1)),
            ]);
            Compare("100,000 ballots, 50 options, Schulze", folder,
            [
                Ours(fifty, "schulze"),
                new("schulze-method", "node", [Beside("schulze-method.js"), fifty]),
            ]);
            Compare("1,000,000 ballots, 10 options, single transferable vote, 3 seats", folder,
            [
                Ours(million, "stv", "--seats", "3"),
                Ours(million, "scottish", "--seats", "3"),
                .. Checkout("--steve", arguments, checkout => new Contender(
                    "apache/steve", "python3", [Beside("steve.py"), checkout, million, "3"], Runs: 3)),
            ]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(string what, string folder, IReadOnlyList<Contender> contenders)
    {
        Console.WriteLine(what);
        var runs = contenders.ToDictionary(contender => contender, _ => new List<TimedRun>());
        for (var run = 0; run < Runs; run++)
        {
            foreach (var contender in contenders.Where(contender => run < contender.Runs))
            {
                runs[contender].Add(TimedRun.Of(contender.Program, contender.Arguments, folder));
            }
        }

        var ours = Median(runs[contenders[0]], run => run.Elapsed.TotalSeconds);
        foreach (var contender in contenders)
        {
            var elapsed = Median(runs[contender], run => run.Elapsed.TotalSeconds);
            var processor = Median(runs[contender], run => run.Processor.TotalSeconds);
            var peak = runs[contender].Max(run => run.Peak) / 1e6;
            var times = string.Create(CultureInfo.InvariantCulture, $"{elapsed,6:0.00} s {elapsed / ours,6:0.0} x");
            var took = string.Create(CultureInfo.InvariantCulture, $"{processor,6:0.00} s of processor {peak,5:0} MB");
            Console.WriteLine($"  {contender.Name,-20} {times} {took}");
        }
    }

    private static double Median(List<TimedRun> runs, Func<TimedRun, double> of) =>
        runs.Select(of).Order().ElementAt(runs.Count / 2);

    private static Contender Ours(string file, string method, params string[] more) => new(
        $"bscflow {method}",
        Path.Combine(Repository(), "src", "BscFlow.Local", "bin", "Release", "net10.0", "BscFlow.Local"),
        ["tally", file, "--method", method, .. more]);

    private static IEnumerable<Contender> Checkout(string option, string[] arguments, Func<string, Contender> contender)
    {
        var at = Array.IndexOf(arguments, option);
        if (at >= 0 && at + 1 < arguments.Length)
        {
            return [contender(Path.GetFullPath(arguments[at + 1]))];
        }

        Console.WriteLine($"{option} DIR is not given: its program is left out.");
        return [];
    }

    /// <summary>Each ballot ranks all options, every order as likely as any other.</summary>
    private static string Write(string folder, int voters, int options)
    {
        var path = Path.Combine(folder, $"{voters}-{options}.csv");
        var random = new Random(2026);
        int[] ranks = [.. Enumerable.Range(1, options)];
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        file.NewLine = "\n";
        file.WriteLine(string.Join(',', ranks.Select(option => $"Option {option}")));
        for (var voter = 0; voter < voters; voter++)
        {
            random.Shuffle(ranks);
            file.WriteLine(string.Join(',', ranks));
        }

        return path;
    }

    private static string Beside(string name, [CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, name);

    private static string Repository([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    private sealed record Contender(
        string Name, string Program, IReadOnlyList<string> Arguments, int Runs = TallyComparison.Runs);
}
