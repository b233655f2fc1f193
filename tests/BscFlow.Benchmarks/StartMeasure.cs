using System.Diagnostics;
using System.Globalization;
using System.Text;
using BscFlow.Committee;
using BscFlow.Local.Azurite;
using BscFlow.Publishing;
using BscFlow.Storage;
using BscFlow.Web;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BscFlow.Benchmarks;

/// <summary>
/// The library's part of a cold start in Azure: from <c>AddBscFlow</c> to the first page, to a page that is made on the spot, and
/// to the end of the first tick of the clock. Each in a process of its own, by turns, of this program as it was published in
/// different ways.
/// </summary>
internal static class StartMeasure
{
    /// <summary>What the program is told that is to start once.</summary>
    public const string Once = "start-once";

    private const int Runs = 11;
    private const string Committee = "tidewater";

    private const string Tick = "tick";

    private static readonly string[] Paths = [$"/{Committee}/", $"/{Committee}/nowhere", Tick];

    /// <param name="programs">
    /// Programs as <c>dotnet publish tests/BscFlow.Benchmarks</c> makes them, with and without ReadyToRun.
    /// </param>
    public static async Task RunAsync(IReadOnlyList<string> programs, CancellationToken cancellationToken)
    {
        if (programs is [])
        {
            throw new ArgumentException(
                "Give programs to compare: dotnet publish tests/BscFlow.Benchmarks -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o DIR.");
        }

        var folder = Directory.CreateTempSubdirectory("bscflow-start-");
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(folder.FullName, Console.Error, cancellationToken);
            await PublishAsync(azurite.ConnectionString, cancellationToken);
            foreach (var path in Paths)
            {
                var took = programs.ToDictionary(program => program, _ => new List<(double Elapsed, double Processor)>());
                for (var run = 0; run < Runs; run++)
                {
                    foreach (var program in programs)
                    {
                        took[program].Add(await RunAsync(program, azurite.ConnectionString, path, cancellationToken));
                    }
                }

                foreach (var (program, all) in took)
                {
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{path}: {program}: {Median(all.Select(run => run.Elapsed)):0} ms, {Median(all.Select(run => run.Processor)):0} ms of processor (medians of {Runs})"));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Elapsed, double Processor)> RunAsync(
        string program, string storage, string path, CancellationToken cancellationToken)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, [Once, storage, path]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 && output.Split(' ') is [var elapsed, var processor]
            ? (double.Parse(elapsed, CultureInfo.InvariantCulture), double.Parse(processor, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{program} failed.");
    }

    /// <summary>
    /// Starts once, and writes the milliseconds from before <c>AddBscFlow</c> to the answer: by the clock, and of processor.
    /// </summary>
    public static async Task RunOnceAsync(string storage, string path, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var (before, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await using var app = Build(builder, storage);
        await (path == Tick
            ? app.Services.GetRequiredService<Clock>().TickAsync(cancellationToken)
            : AskAsync(app.Services, path));

        var took = Stopwatch.GetElapsedTime(before);
        Console.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{took.TotalMilliseconds} {(Environment.CpuUsage.TotalTime - used).TotalMilliseconds}"));
    }

    private static async Task AskAsync(IServiceProvider services, string path)
    {
        var pipeline = new Pipeline(services, app => app.UseBscFlow());
        await using var scope = services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (context.Request.Method, context.Request.Scheme, context.Request.Path) = (HttpMethods.Get, "https", path);
        context.Request.Host = new HostString("committee.example");
        context.Request.Headers.Accept = "text/html";
        using var body = new MemoryStream();
        context.Response.Body = body;
        await pipeline.RunAsync(context);
        if (body.Length == 0)
        {
            throw new InvalidOperationException($"{path} answered {context.Response.StatusCode} and no page.");
        }
    }

    private static WebApplication Build(WebApplicationBuilder builder, string storage)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddBscFlow(options =>
        {
            options.Storage = storage;
            options.SiteAddress = new Uri("https://committee.example/");
            options.DeskKey = "0123456789abcdef0123456789abcdef";
        });
        return builder.Build();
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Runs / 2);

    private static async Task PublishAsync(string storage, CancellationToken cancellationToken)
    {
        await using var app = Build(WebApplication.CreateSlimBuilder(), storage);
        await app.Services.GetRequiredService<StorageSetup>().EnsureAsync(cancellationToken);
        var json = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Samples", "default", "charter.json"), cancellationToken);
        var charter = await app.Services.GetRequiredService<CharterStore>().TakeOverAsync(
            Encoding.UTF8.GetBytes(json), cancellationToken);
        await app.Services.GetRequiredService<PublishSite>().RunAsync(charter, cancellationToken);
    }
}
