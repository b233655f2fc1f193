using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using BscFlow.Benchmarks.Publishing;
using BscFlow.Local.Running;

namespace BscFlow.Benchmarks.Serving;

/// <summary>
/// Files of the sample committee's site from <c>bscflow run</c> beside nginx, which sends the very bytes from its disk: by turns,
/// asked for by <c>wrk</c>. A page comes as a browser gets it on one machine, with the bar that moves the clock, and compressed.
/// </summary>
internal static partial class ServingComparison
{
    /// <summary>Of the sample that comes with the program.</summary>
    private const string Committee = "tidewater";

    private const int Rounds = 5;

    private static readonly string[] Load = ["-t1", "-c16", "-d4s", "--latency"];

    /// <summary>Only a browser, which accepts HTML by name, gets a page with the bar of the clock compressed.</summary>
    private static readonly (string What, string Path, string Encoding, string Accept)[] Requests =
    [
        ("style sheet", "style.css", "identity", "*/*"),
        ("page, compressed", "index.html", "gzip", "*/*"),
        ("page with the bar of the clock", "figures.html", "gzip", "text/html"),
    ];

    /// <param name="arguments">The command <c>bscflow</c> as it is shipped: the path of its program.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (arguments is not [var bscflow])
        {
            throw new ArgumentException(PublishingComparison.Usage);
        }

        var folder = Directory.CreateTempSubdirectory("bscflow-serve-").FullName;
        var ready = Path.Combine(folder, "ready.json");
        using var run = Start(
            bscflow, ["run", "--fresh", "--port", "0", "--data", Path.Combine(folder, "data"), "--ready-file", ready]);
        try
        {
            while (!File.Exists(ready))
            {
                await Task.Delay(100, cancellationToken);
                Refuse(run, bscflow);
            }

            var address = new Uri((await RunAddresses.ReadAsync(ready, cancellationToken)).Site, $"{Committee}/");
            await KeepAsync(address, folder, cancellationToken);
            using var nginx = Start("nginx", ["-p", folder, "-c", Configure(folder, address.AbsolutePath, out var there)]);
            try
            {
                await AnswersAsync(there, cancellationToken);
                Refuse(nginx, "nginx");
                await CompareAsync(address, there);
            }
            finally
            {
                nginx.Kill(entireProcessTree: true);
            }
        }
        finally
        {
            run.Kill(entireProcessTree: true);
            await run.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(Uri here, Uri there)
    {
        foreach (var (what, path, encoding, accept) in Requests)
        {
            List<Measured> ours = [], theirs = [];
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(await MeasureAsync(new Uri(here, path), encoding, accept));
                theirs.Add(await MeasureAsync(new Uri(there, path), encoding, accept));
            }

            Print($"{what}, here", ours);
            Print($"{what}, nginx", theirs);
        }
    }

    private static void Print(string what, List<Measured> rounds)
    {
        var rate = Median(rounds.Select(round => round.Rate));
        var latest = Median(rounds.Select(round => round.Latest.TotalMilliseconds));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-42} {rate,8:0} a second, 99 % within {latest:0.00} ms ({string.Join(", ", rounds.Select(round => $"{round.Latest.TotalMilliseconds:0.00}"))})"));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] all = [.. values.Order()];
        return all[all.Length / 2];
    }

    private static async Task<Measured> MeasureAsync(Uri address, string encoding, string accept)
    {
        using var wrk = Start("wrk", [.. Load, "-H", $"Accept-Encoding: {encoding}", "-H", $"Accept: {accept}", address.AbsoluteUri]);
        var told = await wrk.StandardOutput.ReadToEndAsync();
        return Rate().Match(told) is { Success: true } rate && Latest().Match(told) is { Success: true } latest
            && !told.Contains("Non-2xx", StringComparison.Ordinal)
            ? new Measured(double.Parse(rate.Groups[1].ValueSpan, CultureInfo.InvariantCulture), Time(latest))
            : throw new InvalidOperationException($"wrk said of {address}: {told}");
    }

    private static TimeSpan Time(Match told)
    {
        var number = double.Parse(told.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return told.Groups["unit"].Value switch
        {
            "us" => TimeSpan.FromMicroseconds(number),
            "ms" => TimeSpan.FromMilliseconds(number),
            _ => TimeSpan.FromSeconds(number),
        };
    }

    /// <summary>What is served here, as files for nginx, each as it is asked for.</summary>
    private static async Task KeepAsync(Uri address, string folder, CancellationToken cancellationToken)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "www", address.AbsolutePath.Trim('/'))).FullName;
        using var client = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None });
        foreach (var (_, path, encoding, accept) in Requests)
        {
            // What is asked for once is not compressed for it.
            await AskAsync();
            using var answer = await AskAsync();
            var bytes = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
            var isPacked = answer.Content.Headers.ContentEncoding.Count > 0;
            await File.WriteAllBytesAsync(Path.Combine(root, path + (isPacked ? ".gz" : "")), bytes, cancellationToken);
            Console.WriteLine($"{address.AbsolutePath}{path}, {encoding}: {bytes.Length} bytes");

            Task<HttpResponseMessage> AskAsync()
            {
                var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
                request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
                request.Headers.TryAddWithoutValidation("Accept", accept);
                return client.SendAsync(request, cancellationToken);
            }
        }
    }

    /// <param name="path">Of the committee's site.</param>
    private static string Configure(string folder, string path, out Uri address)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        address = new Uri(new Uri($"http://127.0.0.1:{port}/"), path);
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, $$"""
            user {{Environment.UserName}}; daemon off; worker_processes auto; pid {{folder}}/nginx.pid; error_log {{folder}}/nginx.log;
            events { worker_connections 256; }
            http {
              types { text/html html; text/css css; }
              access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
              open_file_cache max=100; gzip_static on;
              server { listen 127.0.0.1:{{port}}; root {{folder}}/www; }
            }
            """);
        return file;
    }

    private static async Task AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(address, cancellationToken);
                return;
            }
            catch (HttpRequestException) when (tries < 100)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static void Refuse(Process process, string name)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"{name} ended: {process.StandardError.ReadToEnd()}");
        }
    }

    /// <param name="Latest">As wrk writes it, with its unit.</param>
    private sealed record Measured(double Rate, TimeSpan Latest);

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(?<!\S)99%\s+(?<number>[\d.]+)(?<unit>us|ms|s)")]
    private static partial Regex Latest();
}
