using System.Diagnostics;
using System.Globalization;
using System.Text;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Tallies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BscFlow.Benchmarks.Electorates;

/// <summary>The product with one committee, which asks very many to rank four people.</summary>
internal sealed class MeasuredElection : IAsyncDisposable
{
    public const string CommitteeId = "many";
    public const string ElectionId = "election";

    private readonly OffsetClock _clock = new();
    private readonly WebApplication _app;

    /// <param name="mailbox">Address of the Graph emulator.</param>
    public MeasuredElection(string storage, Uri mailbox)
    {
        Charter = CharterReader.Read(Encoding.UTF8.GetBytes($$"""
            {
              "id": "{{CommitteeId}}", "name": "A Committee", "timeZone": "Europe/Zurich", "mailbox": "many@committee.example",
              "secretaries": ["sec@office.example"],
              "meetings": { "rule": "FREQ=MONTHLY;BYDAY=2WE", "start": "2026-01-14T17:00", "length": "PT1H" },
              "quorum": { "needs": "at least 3/5", "of": "entire" },
              "rules": { "ordinary": { "needs": "more than 1/2", "of": "entire" } },
              "members": [{ "id": "ada", "name": "Ada", "addresses": ["ada@members.example"], "terms": [{ "from": "2020-01-01" }] }]
            }
            """));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<TimeProvider>(_clock)
            .AddBscFlow(options =>
            {
                options.Storage = storage;
                options.SiteAddress = new Uri("https://committee.example/");
                options.DeskKey = "0123456789abcdef0123456789abcdef";
                options.Graph = new GraphOptions
                {
                    Address = new(mailbox, "v1.0"),
                    Credential = GraphCredential.FixedToken,
                    Token = "app",
                };
            });
        _app = builder.Build();
    }

    public Charter Charter { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public static Task<GraphEmulatorHost> StartMailboxAsync(CancellationToken cancellationToken) => GraphEmulatorHost.StartAsync(
        new() { Mailboxes = [new("many@committee.example", "A Committee")] }, cancellationToken);

    /// <summary>What the voter of this place says; all of the forms that a ballot can have.</summary>
    public static string Marks(int voter) => ((string[])["1,2,3,4", "2,1,3,-", "3,2,1,?", "1,2,2,3"])[voter % 4];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public T Of<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<Motion> OpenAsync(int voters, bool secret, CancellationToken cancellationToken)
    {
        await Of<StorageSetup>().EnsureAsync(cancellationToken);
        await Of<CharterStore>().TakeOverAsync(CharterWriter.Write(Charter), cancellationToken);
        await Of<CommitteeStateStore>().GetAsync(CommitteeId, cancellationToken);
        return await TimedAsync("open", async () =>
            await Of<OpenMotion>().RunAsync(Charter, Draft(voters) with { Secret = secret }, "measure", cancellationToken)
                is MotionChange.Made made
                    ? made.Motion
                    : throw new InvalidOperationException("The motion was refused."));
    }

    /// <summary>Past its deadline.</summary>
    public Task CloseAsync(Motion motion, CancellationToken cancellationToken)
    {
        _clock.Offset = motion.Deadline - motion.Opened + TimeSpan.FromHours(1);
        return TimedAsync("close", () => Of<CloseMotion>().RunAsync(Charter, ElectionId, cancellationToken));
    }

    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        var found = await TimedAsync("verify", () => Of<VerifyRecords>().RunAsync(CommitteeId, read: null, cancellationToken));
        var closed = await Of<MotionStore>().FindAsync(CommitteeId, ElectionId, cancellationToken);
        var tally = await Of<TallyStore>().ReadAsync(closed!, cancellationToken);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{closed!.State}: {OptionResultWords.Of(tally.Tally, tally.Result!)} {found.Events} events, {found.Faults.Count} faults."));
    }

    public static Task<bool> TimedAsync(string what, Func<Task> step) => TimedAsync(what, async () =>
    {
        await step();
        return true;
    });

    public static async Task<T> TimedAsync<T>(string what, Func<Task<T>> step)
    {
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        var result = await step();
        var (took, busy) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        var held = GC.GetTotalMemory(forceFullCollection: true) >> 20;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {took:0.0} s, {busy:0.0} s of a processor; {held} MB held after it, {process.PeakWorkingSet64 >> 20} MB the most that the process had"));
        return result;
    }

    private static MotionDraft Draft(int voters)
    {
        var table = new StringBuilder("name,email\n");
        for (var voter = 0; voter < voters; voter++)
        {
            table.Append(CultureInfo.InvariantCulture, $"Voter {voter},voter{voter}@contributors.example\n");
        }

        return new MotionDraft
        {
            Id = ElectionId,
            Title = "Election",
            Text = "Rank the nominees.",
            Rule = "ordinary",
            Electorate = ElectorTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(table.ToString()))),
            Options = new OptionVote
            {
                Kind = BallotKind.Ranked,
                Method = CountingMethod.Schulze,
                Seats = 2,
                Options = [.. ((string[])["Ada", "Cy", "Eve", "Gus"]).Select(
                    name => new MotionOption(name, null, 0, null, null, []))],
            },
        };
    }

    /// <summary>The system's clock, moved past the deadline.</summary>
    private sealed class OffsetClock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
    }
}
