using System.Diagnostics;

namespace BscFlow.Benchmarks.Tallies;

/// <summary>A whole process, from its start to its end.</summary>
/// <param name="Peak">The most memory that it held at once, in bytes, as far as it was seen in steps of some
/// milliseconds.</param>
/// <param name="Processor">Time that all its threads ran.</param>
internal sealed record TimedRun(TimeSpan Elapsed, TimeSpan Processor, long Peak)
{
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static TimedRun Of(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        long peak = 0;
        var processor = TimeSpan.Zero;
        while (!process.WaitForExit(2))
        {
            process.Refresh();
            try
            {
                peak = Math.Max(peak, process.PeakWorkingSet64);
                processor = process.TotalProcessorTime;
            }
            catch (InvalidOperationException)
            {
                // It ended meanwhile.
            }
        }

        var elapsed = watch.Elapsed;
        return process.ExitCode == 0
            ? new TimedRun(elapsed, processor, peak)
            : throw new InvalidOperationException($"{program} failed: {error.Result}");
    }
}
