using System.Globalization;
using BscFlow.Benchmarks.Tallies;

namespace BscFlow.Benchmarks.Publishing;

/// <summary>
/// A whole site beside Hugo, from the same text, as whole processes that write to memory: all of it, and again after one meeting
/// changed. Pages are counted on both sides; Hugo is told to build pages that are dated in the future.
/// </summary>
internal static class PublishingComparison
{
    public const string Usage =
        "Give the path of the program bscflow: dotnet publish src/BscFlow.Local -r linux-x64 -p:PublishAot=true.";

    private const int Seed = 7;
    private const int Runs = 3;

    /// <param name="arguments">The command <c>bscflow</c> as it is shipped: the path of its program.</param>
    public static void Run(IReadOnlyList<string> arguments)
    {
        if (arguments is not [var bscflow])
        {
            throw new ArgumentException(Usage);
        }

        foreach (var meetings in (int[])[100, 1_000, 10_000])
        {
            var folder = Directory.CreateDirectory($"/dev/shm/bscflow-bench-{Environment.ProcessId}-{meetings}").FullName;
            try
            {
                PublishingCorpus.Write(Seed, meetings, folder);
                Compare(bscflow, meetings, folder);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void Compare(string bscflow, int meetings, string folder)
    {
        string[] publish = ["publish", "minutes", "--charter", "charter.json", "--now", "2026-01-02"];
        string[] plain = [.. publish, "--out", "plain", "--plain"];
        string[] rich = [.. publish, "--out", "rich"];
        string[] hugo = ["--buildFuture", "--quiet", "--source", "hugo", "--destination", "../public"];
        List<TimedRun> ours = [], theirs = [], all = [], oursAgain = [], theirsAgain = [];
        for (var run = 0; run < Runs; run++)
        {
            foreach (var output in (string[])["plain", "rich", "public"])
            {
                if (Directory.Exists(Path.Combine(folder, output)))
                {
                    Directory.Delete(Path.Combine(folder, output), recursive: true);
                }
            }

            ours.Add(TimedRun.Of(bscflow, plain, folder));
            theirs.Add(TimedRun.Of("hugo", hugo, folder));
            all.Add(TimedRun.Of(bscflow, rich, folder));
            Change(folder, meetings);
            oursAgain.Add(TimedRun.Of(bscflow, plain, folder));
            theirsAgain.Add(TimedRun.Of("hugo", hugo, folder));
        }

        Console.WriteLine($"{meetings} meetings: pages {Pages(folder, "plain")} here, {Pages(folder, "public")} by Hugo");
        Print("  pages and feed", ours);
        Print("  Hugo", theirs);
        Print("  with data, search, calendar and compression", all);
        Print("  one meeting changed", oursAgain);
        Print("  Hugo, one meeting changed", theirsAgain);
    }

    private static void Change(string folder, int meetings)
    {
        const string added = "\n  - one more point\n";
        File.AppendAllText(Directory.GetFiles(Path.Combine(folder, "minutes")).Order(StringComparer.Ordinal).Last(), added);
        File.AppendAllText(Path.Combine(folder, "hugo", "content", "meetings", $"{meetings:D5}.md"), added);
    }

    private static int Pages(string folder, string output) =>
        Directory.GetFiles(Path.Combine(folder, output), "*.html", SearchOption.AllDirectories).Length;

    private static void Print(string what, List<TimedRun> runs)
    {
        var best = runs.MinBy(run => run.Elapsed)!;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-48} {best.Elapsed.TotalSeconds,7:0.00} s, {best.Processor.TotalSeconds,6:0.00} s of processor, {best.Peak / 1_000_000.0,6:0} MB"));
    }
}
