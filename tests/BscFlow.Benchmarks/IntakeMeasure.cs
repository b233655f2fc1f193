using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Data.Tables.Sas;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Local.Azurite;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BscFlow.Benchmarks;

/// <summary>
/// How many mails a second are taken, from the page of changes to the stored ballot and the queued receipt, on Azurite and the
/// Graph emulator; and beside it, in the same run, how long storage takes for the very same requests, sent again as they were for
/// another committee, as many at a time.
/// </summary>
internal static class IntakeMeasure
{
    private const int Voters = 100;
    private const int Motions = 6;
    private const int Mails = Voters * Motions;
    private const int Rounds = 7;
    private const int AtOnce = 12;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bscflow-intake-");
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(folder.FullName, Console.Error, cancellationToken);
            List<(double Taken, double Bare)> rounds = [];
            for (var round = 0; round < Rounds; round++)
            {
                var (taken, bare, requests) = await MeasureAsync(azurite.ConnectionString, cancellationToken);
                rounds.Add((taken, bare));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round}: {Mails / taken:0} mails/s taken, {Mails / bare:0} mails/s bare ({requests / (double)Mails:0.0} requests a mail), {taken / bare:0.00} times"));
            }

            // The first round compiles.
            var counted = rounds.Skip(1).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"median of {counted.Count}: {Mails / Median(counted.Select(one => one.Taken)):0} mails/s, {Median(counted.Select(one => one.Taken / one.Bare)):0.00} times the bare requests"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Taken, double Bare, int Requests)> MeasureAsync(
        string storage, CancellationToken cancellationToken)
    {
        // Ids of one length, so that one can stand in the other's requests.
        var (id, other) = ($"a{Guid.NewGuid():n}", $"b{Guid.NewGuid():n}");
        var charter = CharterReader.Read(Encoding.UTF8.GetBytes(Charter(id)));
        await using var emulator = await GraphEmulatorHost.StartAsync(
            new() { Mailboxes = [new(charter.Mailbox, charter.Name)] }, cancellationToken);
        using var recorder = new Recorder();
        await using var app = Build(storage, emulator.Address, recorder);
        await OpenAsync(app.Services, Charter(id), cancellationToken);
        await OpenAsync(app.Services, Charter(other), cancellationToken);
        var collect = app.Services.GetRequiredService<CollectMail>();
        await collect.RunAsync(charter.Mailbox, anew: false, cancellationToken);
        Deliver(emulator, app.Services.GetRequiredService<VotingKeys>(), charter);

        recorder.Start();
        var watch = Stopwatch.StartNew();
        await collect.RunAsync(charter.Mailbox, anew: false, cancellationToken);
        var taken = watch.Elapsed.TotalSeconds;
        var requests = recorder.Stop();

        var counted = 0;
        var motions = app.Services.GetRequiredService<MotionStore>();
        for (var motion = 0; motion < Motions; motion++)
        {
            counted += await app.Services.GetRequiredService<BallotStore>()
                .ReadAsync((await motions.FindAsync(id, Motion(motion), cancellationToken))!, cancellationToken)
                .CountAsync(cancellationToken);
        }

        if (counted != Mails)
        {
            throw new InvalidOperationException($"{counted} ballots of {Mails} were counted.");
        }

        watch.Restart();
        await SendAgainAsync(requests, storage, id, other, cancellationToken);
        return (taken, watch.Elapsed.TotalSeconds, requests.Count);
    }

    private static async Task SendAgainAsync(
        IReadOnlyCollection<Recorded> requests, string storage, string id, string other, CancellationToken cancellationToken)
    {
        var until = DateTimeOffset.MaxValue.AddYears(-1000);
        var tables = new TableServiceClient(storage)
            .GenerateSasUri(TableAccountSasPermissions.All, TableAccountSasResourceTypes.All, until).Query.TrimStart('?');
        var blobs = new BlobServiceClient(storage)
            .GenerateAccountSasUri(AccountSasPermissions.All, until, AccountSasResourceTypes.All).Query.TrimStart('?');
        var tablesPort = new TableServiceClient(storage).Uri.Port;
        using var http = new HttpClient(new SocketsHttpHandler());
        await Parallel.ForEachAsync(
            requests,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (recorded, token) =>
            {
                using var request = recorded.For(id, other, recorded.Address.Port == tablesPort ? tables : blobs);
                using var answer = await http.SendAsync(request, token);
                if ((int)answer.StatusCode is 400 or 401 or 403 or >= 500)
                {
                    throw new InvalidOperationException($"{recorded.Method} {recorded.Address}: {(int)answer.StatusCode}");
                }
            });
    }

    private static WebApplication Build(string storage, Uri graph, Recorder recorder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var transport = new HttpClientTransport(new HttpClient(recorder));
        builder.Services
            .AddBscFlow(options =>
            {
                options.Storage = storage;
                options.SiteAddress = new Uri("https://committee.example/");
                options.DeskKey = "0123456789abcdef0123456789abcdef";
                options.Graph = new GraphOptions { Address = new(graph, "v1.0"), Credential = GraphCredential.FixedToken, Token = "app" };
            })
            .AddSingleton(new TableServiceClient(storage, new TableClientOptions { Transport = transport }))
            .AddSingleton(new BlobServiceClient(storage, new BlobClientOptions { Transport = transport }));
        return builder.Build();
    }

    private static async Task OpenAsync(IServiceProvider services, string json, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<StorageSetup>().EnsureAsync(cancellationToken);
        var charter = await services.GetRequiredService<CharterStore>().TakeOverAsync(
            Encoding.UTF8.GetBytes(json), cancellationToken);
        await services.GetRequiredService<CommitteeStateStore>().GetAsync(charter.Id, cancellationToken);
        for (var motion = 0; motion < Motions; motion++)
        {
            var draft = new MotionDraft { Id = Motion(motion), Title = "A motion", Text = "Shall we?", Rule = "ordinary" };
            await services.GetRequiredService<OpenMotion>().RunAsync(charter, draft, "intake", cancellationToken);
            await services.GetRequiredService<TokenStore>().AddAsync(
                charter.Id, draft.Id, charter.Members.Select(member => member.Id), cancellationToken);
        }
    }

    private static void Deliver(GraphEmulatorHost emulator, VotingKeys keys, Charter charter)
    {
        for (var mail = 0; mail < Mails; mail++)
        {
            var voter = charter.Members[mail % Voters];
            var token = keys.BallotToken(charter.Id, Motion(mail / Voters), voter.Id);
            emulator.Deliver(new OutsideMail
            {
                Mime = Encoding.UTF8.GetBytes(
                    $"From: {voter.Addresses[0]}\r\nTo: {charter.Mailbox}\r\nSubject: Re: {token.Subject("Vote: A motion")}\r\n"
                    + $"Message-ID: <{Guid.NewGuid():n}@voters.example>\r\n\r\n+1\r\n\r\nOn Tue, the secretary wrote:\r\n> Please vote.\r\n"),
                Recipients = [charter.Mailbox],
                ReturnPath = voter.Addresses[0],
                AuthenticationResults = [OutsideMail.Pass("voters.example")],
            });
        }
    }

    private static string Motion(int number) => string.Create(CultureInfo.InvariantCulture, $"motion-{number}");

    private static string Charter(string id)
    {
        var members = string.Join(',', Enumerable.Range(0, Voters).Select(number =>
            $$"""{ "id": "m{{number}}", "name": "Member {{number}}", "addresses": ["m{{number}}@voters.example"], "terms": [{ "from": "2020-01-01" }] }"""));
        return $$"""
            {
              "id": "{{id}}", "name": "A Committee", "timeZone": "Europe/Zurich", "mailbox": "{{id}}@committee.example",
              "secretaries": ["sec@office.example"],
              "meetings": { "rule": "FREQ=MONTHLY;BYDAY=2WE", "start": "2026-01-14T17:00", "length": "PT1H" },
              "quorum": { "needs": "at least 3/5", "of": "entire" },
              "rules": { "ordinary": { "needs": "more than 1/2", "of": "entire" } },
              "members": [{{members}}]
            }
            """;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>A request as it was sent.</summary>
    private sealed record Recorded(
        HttpMethod Method, Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[]? Body, IReadOnlyList<KeyValuePair<string, string>> ContentHeaders)
    {
        /// <summary>The same for another committee, opened by a signature in its address.</summary>
        public HttpRequestMessage For(string id, string other, string signature)
        {
            var address = Address.AbsoluteUri.Replace(id, other, StringComparison.Ordinal);
            var request = new HttpRequestMessage(Method, $"{address}{(Address.Query.Length > 0 ? '&' : '?')}{signature}");
            foreach (var (name, value) in Headers.Where(header => header.Key is not ("Authorization" or "Host")))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            if (Body is not null)
            {
                request.Content = new ByteArrayContent(Encoding.Latin1.GetBytes(
                    Encoding.Latin1.GetString(Body).Replace(id, other, StringComparison.Ordinal)));
                foreach (var (name, value) in ContentHeaders.Where(header => header.Key != "Content-Length"))
                {
                    request.Content.Headers.TryAddWithoutValidation(name, value);
                }
            }

            return request;
        }
    }

    /// <summary>Keeps what is sent to storage while it is told to.</summary>
    private sealed class Recorder() : DelegatingHandler(new SocketsHttpHandler())
    {
        private ConcurrentQueue<Recorded>? _recorded;

        public void Start() => _recorded = new();

        public ConcurrentQueue<Recorded> Stop() => Interlocked.Exchange(ref _recorded, null)!;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_recorded is { } recorded)
            {
                recorded.Enqueue(new(
                    request.Method,
                    request.RequestUri!,
                    [.. request.Headers.Select(header => KeyValuePair.Create(header.Key, string.Join(',', header.Value)))],
                    request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : null,
                    [.. (request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                        .Select(header => KeyValuePair.Create(header.Key, string.Join(',', header.Value)))]));
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
