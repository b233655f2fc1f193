using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BscFlow.Votes;
using BscFlow.Votes.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BscFlow.Benchmarks.Electorates;

/// <summary>
/// Stands in for a Ballots table with more ballots than Azurite can page through, which goes through the whole table for each
/// page. In a process of its own it answers the queries that a count sends with rows as the product stores them, made as they are
/// asked for; every other request it hands on to Azurite.
/// </summary>
internal sealed partial class BallotsTable : IDisposable
{
    /// <summary>How the process of the table is told from the one that measures.</summary>
    public const string Command = "ballots-table";

    private readonly Process _process;

    private BallotsTable(Process process, string connectionString) => (_process, ConnectionString) = (process, connectionString);

    /// <summary>Of a storage account whose tables are behind this one.</summary>
    public string ConnectionString { get; }

    public static async Task<BallotsTable> StartAsync(
        string storage, int ballots, bool secret, CancellationToken cancellationToken)
    {
        var azurite = TableEndpoint.Match(storage).Groups["address"].Value;
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList =
            {
                Command,
                azurite,
                ballots.ToString(CultureInfo.InvariantCulture),
                secret ? "secret" : "public",
            },
            RedirectStandardOutput = true,
        })!;
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The table of ballots did not start.");
        return new BallotsTable(process, storage.Replace(azurite, address, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Serves until the process is ended; the first line that it prints is its address.</summary>
    public static async Task ServeAsync(string[] args, CancellationToken cancellationToken)
    {
        var (upstream, ballots, secret) = (new Uri(args[0]), int.Parse(args[1], CultureInfo.InvariantCulture), args[2] == "secret");
        var partitions = PartitionsOf(ballots, secret);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(context => BallotQuery.Match(context.Request.Query["$filter"].ToString()) is { Success: true } query
            ? AnswerAsync(context, partitions[int.Parse(query.Groups["bucket"].ValueSpan, NumberStyles.HexNumber, null)], secret)
            : HandOnAsync(client, upstream, context));
        await app.StartAsync(cancellationToken);
        Console.WriteLine(app.Urls.First());
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>The row keys of each partition, in their order, each with the place of its voter.</summary>
    private static List<(string Key, int Voter)>[] PartitionsOf(int ballots, bool secret)
    {
        List<(string Key, int Voter)>[] partitions = [.. Enumerable.Range(0, 16).Select(_ => new List<(string, int)>())];
        for (var voter = 0; voter < ballots; voter++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"v-{voter + 1:D7}");
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
            partitions[hash[0] % partitions.Length].Add((secret ? $"b:{Base32.Encode(hash.AsSpan(1, 15))}" : $"v:{id}", voter));
        }

        foreach (var partition in partitions)
        {
            partition.Sort((one, other) => string.CompareOrdinal(one.Key, other.Key));
        }

        return partitions;
    }

    private static async Task AnswerAsync(HttpContext context, List<(string Key, int Voter)> rows, bool secret)
    {
        var query = context.Request.Query;
        var from = int.TryParse(query["NextRowKey"], CultureInfo.InvariantCulture, out var next) ? next : 0;
        var top = int.TryParse(query["$top"], CultureInfo.InvariantCulture, out var asked) ? asked : 1000;
        var partition = BallotQuery.Match(query["$filter"].ToString()).Groups["partition"].Value;
        if (from + top < rows.Count)
        {
            context.Response.Headers["x-ms-continuation-NextPartitionKey"] = "1";
            context.Response.Headers["x-ms-continuation-NextRowKey"] = (from + top).ToString(CultureInfo.InvariantCulture);
        }

        context.Response.ContentType = "application/json;odata=minimalmetadata";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("value");
        foreach (var (key, voter) in rows.Skip(from).Take(top))
        {
            json.WriteStartObject();
            json.WriteString("odata.etag", "W/\"datetime'2026-01-01T00%3A00%3A00.0000000Z'\"");
            json.WriteString("PartitionKey", partition);
            json.WriteString("RowKey", key);
            json.WriteString(nameof(Ballot.Vote), nameof(Vote.For));
            json.WriteString(nameof(Ballot.Marks), MeasuredElection.Marks(voter));
            if (!secret)
            {
                json.WriteNumber("v", 1);
                json.WriteString(nameof(Ballot.Voter), key[2..]);
                json.WriteString(nameof(Ballot.Comment), "A comment.");
                json.WriteString($"{nameof(Ballot.Received)}@odata.type", "Edm.DateTime");
                json.WriteString(nameof(Ballot.Received), TimeProvider.System.GetUtcNow().UtcDateTime);
                json.WriteString(nameof(Ballot.Source), nameof(BallotSource.Mail));
                json.WriteString(nameof(Ballot.Evidence), $"{key[2..]}@contributors.example");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task HandOnAsync(HttpClient client, Uri upstream, HttpContext context)
    {
        var (from, to) = (context.Request, context.Response);

        // As it came: what it is signed with must not be written in another way.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new(from.Method), new Uri(upstream, target));
        request.Content = from.ContentLength is null && !from.Headers.ContainsKey("Transfer-Encoding")
            ? null
            : new StreamContent(from.Body);
        foreach (var (name, values) in from.Headers)
        {
            if (name != "Host" && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        to.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers
            .Concat(answer.Content.Headers)
            .Where(header => header.Key != "Transfer-Encoding"))
        {
            to.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(to.Body, context.RequestAborted);
    }

    [GeneratedRegex(@"^PartitionKey eq '(?<partition>[^']*\|(?<bucket>[0-9a-f]{2}))' and RowKey ge '[vb]:'")]
    private static partial Regex BallotQuery { get; }

    [GeneratedRegex(@"TableEndpoint=(?<address>https?://[^/;]+)")]
    private static partial Regex TableEndpoint { get; }
}
