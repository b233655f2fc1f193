using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using BscFlow.GraphEmulator.Faults;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Telemetry;
using BscFlow.Votes;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Tokens;
using BscFlow.Workflow;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BscFlow.Tests.Telemetry;

/// <summary>A scenario with everything that may go wrong in it, and all that an operator gets to see of it.</summary>
public sealed partial class TelemetryTests : IAsyncLifetime
{
    /// <summary>Nobody else's: what is traced is heard from all tests of the process.</summary>
    private const string Committee = "traced";

    private const string Motion = "roof";

    private readonly ConcurrentQueue<string> _logs = new();
    private Collector _collector = null!;
    private ProductHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _collector = await Collector.StartAsync(Cancel);
        _host = await ProductHost.StartAsync([Committee], builder =>
        {
            builder.Logging.AddProvider(new Recorder(_logs)).SetMinimumLevel(LogLevel.Information)
                .AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning);
            builder.Services.AddBscFlowTelemetry(new TelemetryTargets { Otlp = _collector.Address });
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Fact]
    public async Task No_persons_address_and_no_token_is_in_any_log_or_trace()
    {
        var page = await LiveAsync();
        var seen = Seen();

        Assert.Contains("CallForVotes", seen, StringComparison.Ordinal);
        Assert.Contains("bscflow.ballots", seen, StringComparison.Ordinal);
        Assert.Contains("bscflow.clock.lateness", seen, StringComparison.Ordinal);
        Assert.Contains("bscflow.queue.age", seen, StringComparison.Ordinal);
        Assert.Contains("bscflow.mails.sent", seen, StringComparison.Ordinal);
        var charter = _host.Charters[0];
        Assert.Contains("has expired", seen, StringComparison.Ordinal);
        Assert.Contains("could not be taken", seen, StringComparison.Ordinal);
        Assert.Contains("CollectMail for a mailbox", seen, StringComparison.Ordinal);
        Assert.Contains("A GET failed", seen, StringComparison.Ordinal);
        Assert.Contains("The charter of broken cannot be used", seen, StringComparison.Ordinal);
        Assert.Contains("StepFailedException", seen, StringComparison.Ordinal);
        Assert.DoesNotMatch(AddressPattern(), seen);
        string[] secrets =
        [
            .. charter.Members.SelectMany(member => member.Addresses),
            .. charter.Secretaries,
            charter.Mailbox,
            _host.DeskKey,
            page,
            _host.Get<VotingKeys>().BallotToken(Committee, Motion, "ada").ToString(),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, seen, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task One_trace_goes_from_what_brings_a_ballot_to_its_receipt()
    {
        await CallAsync();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Signals.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await AnswerAsync();

        // Other tests of this process are heard as well. Of this committee nothing but the receipt leaves meanwhile.
        var sent = spans.Where(span =>
            span.OperationName == "step SendMail" && Equals(span.GetTagItem("bscflow.committee"), Committee)).ToList();
        Assert.NotEmpty(sent);
        Assert.Contains(sent, receipt => spans.Any(span =>
            span.OperationName == "step CollectMail" && span.TraceId == receipt.TraceId));
    }

    /// <returns>The token of a voter's page.</returns>
    private async Task<string> LiveAsync()
    {
        await CallAsync();
        _host.Graph.Faults.Arm(new() { Kind = FaultKind.DeltaExpired });
        _host.Graph.Faults.Arm(new() { Kind = FaultKind.InternalServerError, Path = "/users/*/messages/*/$value" });
        await AnswerAsync();
        var charter = _host.Charters[0];
        await _host
            .Get<BlobServiceClient>()
            .GetBlobContainerClient(Keys.ConfigContainer)
            .GetBlobClient(Keys.CharterBlob("broken"))
            .UploadAsync(BinaryData.FromString($$"""{ "id": "broken", "timeZone": "{{charter.Mailbox}}" }"""), Cancel);

        // What fails, is refused, or is not understood says more than what goes well.
        var token = _host.Get<VotingKeys>().PageToken(Committee, Motion, "ada").Reveal();
        string[] paths =
        [
            "/broken/", $"/vote/{Committee}/{token}", $"/vote/{Committee}/{token}x", $"/desk/enter?key={_host.DeskKey}",
            $"/write/{Committee}/0001/x",
        ];
        foreach (var path in paths)
        {
            using var answer = await _host.Client.GetAsync(path, Cancel);
        }

        await _host.Get<Outbox>().QueueAsync(
            "acme",
            [
                new()
                {
                    Key = $"failed|x|{charter.Secretaries[0]}",
                    To = [new("Nobody", "nobody@@nowhere")],
                    Subject = "To nobody",
                    Html = "",
                    Text = "",
                },
            ],
            Cancel);
        _host.Graph.Faults.Arm(new() { Kind = FaultKind.InternalServerError, Path = "/users/*/messages*" });
        await _host.MoveAsync(TimeSpan.FromMinutes(61));
        return token;
    }

    /// <summary>Opens the motion, and calls for votes.</summary>
    private async Task CallAsync()
    {
        var charter = _host.Charters[0];
        await _host.SettleAsync();
        var draft = new MotionDraft { Id = Motion, Title = "The roof", Text = "That it be mended.", Rule = "ordinary" };
        Assert.IsType<MotionChange.Made>(await _host.Get<OpenMotion>().RunAsync(charter, draft, charter.Secretaries[0], Cancel));
        await _host.Get<Clock>().TickAsync(Committee, Cancel);
        await _host.MoveAsync(TimeSpan.FromMinutes(6));
    }

    /// <summary>A voter answers, and gets a receipt.</summary>
    private async Task AnswerAsync()
    {
        var ada = _host.Charters[0].Members[0].Addresses[0];
        _host.Graph.As(ada).Reply(_host.Graph.Messages(ada).Last(mail => mail.ReplyTo.Count > 0).Id, "+1");
        await _host.MoveAsync(TimeSpan.FromMinutes(6));
    }

    /// <summary>All that has left: a flush comes back when the collector has answered.</summary>
    private string Seen()
    {
        Assert.True(_host.Get<TracerProvider>().ForceFlush());
        Assert.True(_host.Get<MeterProvider>().ForceFlush());
        Assert.Contains(_collector.Received, received => received.Path == "/v1/traces");
        Assert.Contains(_collector.Received, received => received.Path == "/v1/metrics");
        return string.Join('\n', _logs) + string.Join('\n', _collector.Received.Select(received => received.Body));
    }

    /// <summary>Of anybody, those of mailboxes included.</summary>
    [GeneratedRegex(@"[\w.+-]+@[\w-]+(\.[\w-]+)+", RegexOptions.NonBacktracking)]
    private static partial Regex AddressPattern();

    /// <summary>Keeps each line with its exception, as the worker hands it to the host.</summary>
    private sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
