using System.Diagnostics;
using System.Globalization;
using System.Text;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Local.Azurite;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BscFlow.Benchmarks;

/// <summary>
/// A vote of very many, from the table of voters to the verified tally, by the steps that a committee of six goes through: how long
/// each takes on Azurite, and how large the process becomes.
/// </summary>
internal sealed class ElectorateMeasure : IAsyncDisposable
{
    private const string Committee = "many";
    private const string Motion = "election";

    /// <summary>So many vote on their page, each by themselves; the rest of the ballots are written together.</summary>
    private const int OnThePage = 500;

    private const int AtOnce = 16;

    private readonly OffsetClock _clock = new();
    private readonly WebApplication _app;
    private readonly Charter _charter;

    private ElectorateMeasure(string storage, GraphEmulatorHost emulator)
    {
        _charter = CharterReader.Read(Encoding.UTF8.GetBytes($$"""
            {
              "id": "{{Committee}}", "name": "A Committee", "timeZone": "Europe/Zurich", "mailbox": "many@committee.example",
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
                    Address = new(emulator.Address, "v1.0"),
                    Credential = GraphCredential.FixedToken,
                    Token = "app",
                };
            });
        _app = builder.Build();
    }

    /// <param name="voters">How many are asked.</param>
    /// <param name="mailed">Whether calls and results are queued. Azurite cannot save a table of some hundred thousand mails.</param>
    public static async Task RunAsync(int voters, bool mailed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bscflow-electorate-");
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(folder.FullName, Console.Error, cancellationToken);
            await using var emulator = await GraphEmulatorHost.StartAsync(
                new() { Mailboxes = [new("many@committee.example", "A Committee")] }, cancellationToken);
            await using var measure = new ElectorateMeasure(azurite.ConnectionString, emulator);
            await measure.RunStepsAsync(voters, mailed, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task RunStepsAsync(int voters, bool mailed, CancellationToken cancellationToken)
    {
        await Of<StorageSetup>().EnsureAsync(cancellationToken);
        await Of<CharterStore>().SaveAsync(CharterWriter.Write(_charter), cancellationToken);
        await Of<CommitteeStateStore>().GetAsync(Committee, cancellationToken);
        var motion = await TimedAsync("open", async () =>
            await Of<OpenMotion>().RunAsync(_charter, Draft(voters), "measure", cancellationToken) is MotionChange.Made made
                ? made.Motion
                : throw new InvalidOperationException("The motion was refused."));
        await (mailed
            ? TimedAsync("call", () => Of<CallForVotes>().RunAsync(_charter, Motion, cancellationToken))
            : TimedAsync("tokens", () => Of<TokenStore>().AddAsync(
                Committee, Motion, motion.Electorate.Asked.Select(elector => elector.Id), cancellationToken)));
        await TimedAsync("vote on the page", () => VoteAsync(motion, cancellationToken));
        await TimedAsync("other ballots", () => RecordAsync(motion, cancellationToken));
        _clock.Offset = motion.Deadline - motion.Opened + TimeSpan.FromHours(1);
        await TimedAsync("close", () => Of<CloseMotion>().RunAsync(_charter, Motion, cancellationToken));
        if (mailed)
        {
            await TimedAsync("tell", () => Of<TellVoters>().RunAsync(_charter, Motion, cancellationToken));
        }

        var found = await TimedAsync("verify", () => Of<VerifyRecords>().RunAsync(Committee, cancellationToken));
        var closed = await Of<MotionStore>().FindAsync(Committee, Motion, cancellationToken);
        var tally = await Of<TallyStore>().ReadAsync(closed!, cancellationToken);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{closed!.State}: {OptionResultWords.Of(tally.Tally, tally.Result!)} {found.Events} events, {found.Faults.Count} faults."));
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
            Id = Motion,
            Title = "Election",
            Text = "Rank the nominees.",
            Rule = "ordinary",
            Electorate = ElectorTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(table.ToString()))),
            Options = new OptionVote
            {
                Kind = BallotKind.Ranked,
                Method = CountingMethod.Schulze,
                Seats = 2,
                Options = [.. ((string[])["Ada", "Cy", "Eve", "Gus"]).Select(name => new MotionOption(name, null, 0, null, null, []))],
            },
        };
    }

    private Task VoteAsync(Motion motion, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        motion.Electorate.Members.Take(OnThePage).Index(),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (voter, token) => await Of<CastBallot>().FromPageAsync(
            Of<VotingKeys>().PageToken(Committee, Motion, voter.Item.Id),
            new PageBallot(Vote.For, "A comment.", Marks(voter.Index)),
            $"press-{voter.Index}",
            token));

    private Task RecordAsync(Motion motion, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        motion.Electorate.Members.Index().Skip(OnThePage).Chunk(1_600),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (some, token) => await Of<BallotStore>().RecordAllAsync(
            motion,
            [
                .. some.Select(voter => new Ballot
                {
                    Voter = voter.Item.Id,
                    Vote = Vote.For,
                    Marks = Marks(voter.Index),
                    Comment = "A comment.",
                    Received = _clock.GetUtcNow(),
                    Source = BallotSource.Mail,
                    Evidence = $"{voter.Item.Id}@contributors.example",
                }),
            ],
            token));

    private static string Marks(int voter) => ((string[])["1,2,3,4", "2,1,3,-", "3,2,1,?", "1,2,2,3"])[voter % 4];

    private T Of<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    private static Task<bool> TimedAsync(string what, Func<Task> step) => TimedAsync(what, async () =>
    {
        await step();
        return true;
    });

    private static async Task<T> TimedAsync<T>(string what, Func<Task<T>> step)
    {
        var watch = Stopwatch.StartNew();
        var result = await step();
        var took = watch.Elapsed.TotalSeconds;
        var held = GC.GetTotalMemory(forceFullCollection: true) >> 20;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {took:0.0} s; {held} MB held after it, {process.PeakWorkingSet64 >> 20} MB the most that the process had"));
        return result;
    }

    /// <summary>The system's clock, moved past the deadline.</summary>
    private sealed class OffsetClock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
    }
}
