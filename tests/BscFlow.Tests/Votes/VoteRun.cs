using System.Globalization;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Local.Running;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Tests.Votes.Tallies;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Nominations;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tallies;
using BscFlow.Web;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BscFlow.Tests.Votes;

/// <summary>
/// A committee of its own on the shared Azurite and a Graph emulator of its own, with a clock that is moved by hand. Its mailbox
/// is read as it stands; what is due is done as the schedule says.
/// </summary>
internal sealed class VoteRun : IAsyncDisposable
{
    public const string Secretary = "sec@office.example";

    private readonly HashSet<string> _seen = [];
    private readonly string _storage;
    private readonly LoopbackPort? _port;
    private WebApplication _app;

    private VoteRun(Charter charter, GraphEmulatorHost host, FakeTimeProvider clock, string storage, LoopbackPort? port)
    {
        (Charter, Host, Clock, _storage, _port) = (charter, host, clock, storage, port);
        _app = Build();
    }

    public Charter Charter { get; }

    public GraphEmulatorHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public string Id => Charter.Id;

    /// <summary>Ends the process that is running now.</summary>
    public KillSwitch Switch { get; private set; } = new();

    /// <summary>Where its pages are, if they are served.</summary>
    public Uri Site => _port?.Address ?? new Uri("https://committee.example/");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="agreed">What is different about the charter.</param>
    /// <param name="served">Whether its pages and endpoints answer, at <see cref="Site"/>.</param>
    /// <param name="others">Addresses beyond the committee's that have a mailbox.</param>
    /// <param name="longestList">As <see cref="GraphEmulatorOptions.LongestFilteredList"/>.</param>
    public static async Task<VoteRun> StartAsync(
        AzuriteFixture azurite,
        Func<Charter, Charter>? agreed = null,
        bool served = false,
        IEnumerable<string>? others = null,
        int longestList = 5_000)
    {
        var charter = SmallCommittee.Agreed with { Id = AzuriteFixture.NewName(), Secretaries = [Secretary] };
        charter = (agreed?.Invoke(charter) ?? charter) with { Mailbox = $"{charter.Id}@committee.example" };
        var clock = new FakeTimeProvider(SmallCommittee.Opened);
        var host = await GraphEmulatorHost.StartAsync(
            new GraphEmulatorOptions
            {
                Mailboxes =
                [
                    new(charter.Mailbox, charter.Name),
                    new(Secretary, "Secretary"),
                    new("friend@elsewhere.example", "A Friend"),
                    .. charter.Members.SelectMany(member =>
                        member.Addresses.Select(address => new EmulatedMailbox(address, member.Name))),
                    .. (others ?? []).Select(address => new EmulatedMailbox(address, address)),
                ],
                AppAccess = [charter.Mailbox],
                Clock = clock,
                LongestFilteredList = longestList,
            },
            Cancel);
        var run = new VoteRun(charter, host, clock, azurite.ConnectionString, served ? LoopbackPort.Take(0) : null);
        await run.Of<StorageSetup>().EnsureAsync(Cancel);
        await run.Of<CharterStore>().TakeOverAsync(CharterWriter.Write(charter), Cancel);
        if (served)
        {
            run._app.UseBscFlow();
            await run._app.StartAsync(Cancel);
        }

        return run;
    }

    public T Of<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Opens the motion and lets its calls leave.</summary>
    public async Task<Motion> OpenAsync(MotionDraft? draft = null)
    {
        var change = await Of<OpenMotion>().RunAsync(Charter, draft ?? SmallCommittee.Draft, "tessa@quill.example", Cancel);
        var motion = SmallCommittee.Made(change);
        await SettleAsync();
        return await MotionAsync(motion.Id);
    }

    public async Task<Motion> MotionAsync(string? id = null) =>
        await Of<MotionStore>().FindAsync(Charter.Id, id ?? SmallCommittee.Draft.Id, Cancel)
        ?? throw new InvalidOperationException("There is no such motion.");

    /// <summary>Answers the latest mail of a member's inbox that can be answered with a vote.</summary>
    public void Answer(string address, string text, ReplyStyle style = ReplyStyle.TopPost) =>
        Host.As(address).Reply(Host.Messages(address).Last(mail => mail.ReplyTo.Count > 0).Id, text, style);

    /// <summary>Reads what has come into the committee's mailbox since the last time.</summary>
    public async Task<List<MailedBallot?>> CollectAsync()
    {
        List<MailedBallot?> taken = [];
        foreach (var message in Host.Messages(Charter.Mailbox).Where(message => _seen.Add(message.ImmutableId)))
        {
            taken.Add(await Of<CastBallot>().FromMailAsync(Read(message), Cancel));
        }

        return taken;
    }

    public static IncomingMail Read(MailboxMessage message) => IncomingMail.Read(message.Mime!.Value, message.Received)!;

    /// <summary>Moves the clock and does what has become due, time after time until nothing is.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await SettleAsync();
    }

    public async Task SettleAsync()
    {
        while (true)
        {
            var stepped = await StepAsync();
            await Of<Outbox>().ReleaseAsync(Charter, waiting: 0, Cancel);
            var waiting = await Of<Outbox>().WaitingAsync(Id, Cancel).ToListAsync(Cancel);
            foreach (var key in waiting)
            {
                await Of<SendMail>().RunAsync(Charter, key, Cancel);
            }

            if (!stepped && waiting.Count == 0)
            {
                return;
            }
        }
    }

    /// <summary>Does the steps that are due, and those that become due by them; no mail leaves.</summary>
    /// <returns>False when nothing was due.</returns>
    public async Task<bool> StepAsync()
    {
        for (var round = 0; round < 20; round++)
        {
            var due = Schedule.Plan(Charter, await Of<MotionStore>().PendingAsync(Id, Cancel), Clock.GetUtcNow())
                .Concat(Schedule.Plan(Charter, await Of<NominationStore>().PendingAsync(Id, Cancel), Clock.GetUtcNow()))
                .Where(planned => planned.At <= Clock.GetUtcNow())
                .ToList();
            foreach (var planned in due)
            {
                await RunAsync(planned.Step);
            }

            if (due.Count == 0)
            {
                return round > 0;
            }
        }

        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Something is due without end at {Clock.GetUtcNow():u}."));
        return true;
    }

    /// <summary>Subjects in an inbox, in their order, each without its token.</summary>
    public IReadOnlyList<string> Subjects(string address) =>
        [.. Host.Messages(address).Select(mail => mail.Subject.Split(" [v-")[0])];

    public async Task<IReadOnlyList<string>> AuditAsync() =>
        await EventsAsync().Select(entry => entry.Event).ToListAsync(Cancel);

    public IAsyncEnumerable<AuditEntry> EventsAsync() => Of<AuditLog>().ReadAsync(Id, Cancel);

    public Task<Verification> VerifyAsync() => Of<VerifyRecords>().RunAsync(Id, read: null, Cancel);

    public async Task<Tally> TallyAsync(string? id = null)
    {
        var file = await Of<TallyStore>().ReadFileAsync(await MotionAsync(id), Cancel);
        return await WholeTally.ReadAsync(file);
    }

    /// <summary>A new process on the same storage.</summary>
    public async Task RestartAsync()
    {
        await _app.DisposeAsync();
        Switch = new KillSwitch();
        _app = Build();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Host.DisposeAsync();
        _port?.Dispose();
    }

    private Task RunAsync(Step step) => step.Kind switch
    {
        StepKind.CallForVotes => Of<CallForVotes>().RunAsync(Charter, step.Subject, Cancel),
        StepKind.RemindVoters => Of<RemindVoters>().RunAsync(Charter, step.Subject, Cancel),
        StepKind.CloseMotion => Of<CloseMotion>().RunAsync(Charter, step.Subject, Cancel),
        StepKind.TellVoters => Of<TellVoters>().RunAsync(Charter, step.Subject, Cancel),
        StepKind.CallForNominations => Of<CallForNominations>().RunAsync(Charter, step.Subject, Cancel),
        StepKind.OpenNominated => Of<OpenNominated>().RunAsync(Charter, step.Subject, Cancel),
        StepKind.ForgetBallots => Of<ForgetBallots>().RunAsync(Charter, step.Subject, Cancel),
        _ => throw new InvalidOperationException($"No step of a motion: {step.Kind}"),
    };

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        if (_port is { } port)
        {
            builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = _ => port.Socket)
                .ConfigureKestrel(kestrel => kestrel.Listen(port.Socket.LocalEndPoint!));
        }

        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(new WorkerProcess(Id))
            .AddBscFlow(options =>
            {
                options.Storage = _storage;
                options.SiteAddress = Site;
                options.DeskKey = "0123456789abcdef0123456789abcdef";
                options.Graph = new GraphOptions
                {
                    Address = new(Host.Address, "v1.0"),
                    Credential = GraphCredential.FixedToken,
                    Token = "app",
                    LookWhileTold = CollectMail.Interval,
                };
            });
        var (tables, blobs) = (new TableClientOptions(), new BlobClientOptions());
        tables.AddPolicy(Switch, HttpPipelinePosition.PerCall);
        blobs.AddPolicy(Switch, HttpPipelinePosition.PerCall);
        builder.Services.AddSingleton(new TableServiceClient(_storage, tables));
        builder.Services.AddSingleton(new BlobServiceClient(_storage, blobs));
        return builder.Build();
    }
}
