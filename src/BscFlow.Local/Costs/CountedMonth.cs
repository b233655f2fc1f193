using System.Diagnostics.Metrics;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Local.Running;
using BscFlow.Local.Time;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Telemetry;
using BscFlow.Votes;
using BscFlow.Workflow;

namespace BscFlow.Local.Costs;

/// <summary>A month of the sample committee on Azurite and the emulator, counted.</summary>
/// <param name="IdleRound">One tick of the clock, and one look into the mailbox, with nothing to do.</param>
/// <param name="IdleTick">One tick alone, which serves all committees.</param>
/// <param name="Work">All that a meeting, its minutes and a motion by mail took beside the rounds.</param>
/// <param name="Mails">That have left.</param>
internal sealed record CountedMonth(Usage IdleRound, Usage IdleTick, Usage Work, int Mails)
{
    private const int Days = 30;
    private const int RoundsCounted = 12;

    /// <summary>The clock's, as infra/main.bicep sets it.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(5);

    public static int Rounds => (int)(TimeSpan.FromDays(Days) / Round);

    public static async Task<CountedMonth> CountAsync(TextWriter progress, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bscflow-cost-").FullName;
        try
        {
            return await CountAsync(folder, progress, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<CountedMonth> CountAsync(string folder, TextWriter progress, CancellationToken cancellationToken)
    {
        var options = new RunOptions { Charters = [], Port = 0, Data = folder };
        var committees = Committees.Read(options);
        var charter = committees.Charters[0];
        using var data = await DataFolder.TakeAsync(folder, fresh: false, cancellationToken);
        using var port = LoopbackPort.Take(0);
        var clock = new MovableClock(TimeProvider.System, new ClockFile(data.Clock), committees.AfterTheArchive());
        await using var mail = await RunMail.StartAsync(options, committees, data, clock, cancellationToken);
        await using var storage = await RunStorage.StartAsync(null, data, progress, cancellationToken);
        var meter = new StorageMeter();
        await using var site = LocalSite.Build(
            port,
            clock,
            committees,
            mail.Emulator,
            data.Worker,
            settings =>
            {
                settings.Storage = storage.ConnectionString;
                settings.SiteAddress = port.Address;
                settings.DeskKey = data.Secret("desk-key");
                settings.Graph = mail.Options;
            },
            meter);
        using var steps = new StepCounter();
        await RunStorage.EnsureAsync(site.Services, cancellationToken);
        await Takeover.RunAsync(committees, site.Services, cancellationToken);
        await site.StartAsync(cancellationToken);
        await SettleAsync(site.Services, cancellationToken);

        var (tick, round) = await CountIdleAsync(site.Services, clock, meter, steps, cancellationToken);
        Reset(meter, steps);
        await WorkAsync(site.Services, charter, mail.Host!, clock, cancellationToken);
        var work = UsageOf(meter, steps.Count);
        var sent = mail.Host!.Messages(charter.Mailbox, "sentitems").Count;
        return new CountedMonth(round, tick, work, sent);
    }

    private static async Task<(Usage Tick, Usage Round)> CountIdleAsync(
        IServiceProvider services, MovableClock clock, StorageMeter meter, StepCounter steps, CancellationToken cancellationToken)
    {
        var tick = new Usage(0, 0, 0, 0, 0);
        var round = tick;
        for (var i = 0; i < RoundsCounted; i++)
        {
            clock.MoveTo(clock.GetUtcNow() + Round);
            Reset(meter, steps);
            await services.GetRequiredService<Clock>().TickAsync(cancellationToken);
            tick += UsageOf(meter, executions: 1);
            Reset(meter, steps);
            while (await services.GetRequiredService<StepPump>().DoSomeAsync(cancellationToken) != Pumped.Nothing)
            {
            }

            round += UsageOf(meter, steps.Count);
        }

        return (tick * (1m / RoundsCounted), round * (1m / RoundsCounted));
    }

    /// <summary>A meeting from its draft to its published minutes, and a motion on which everybody votes by mail.</summary>
    private static async Task WorkAsync(
        IServiceProvider services, Charter charter, GraphEmulatorHost post, MovableClock clock, CancellationToken cancellationToken)
    {
        var travel = services.GetRequiredService<TimeTravel>();
        await services.GetRequiredService<OpenMotion>().RunAsync(
            charter,
            new MotionDraft { Id = "counted", Title = "A motion", Text = "That it be counted.", Rule = charter.Rules.Keys.First() },
            "cost",
            cancellationToken);
        await travel.MoveByAsync(TimeSpan.FromDays(1), cancellationToken);
        foreach (var address in charter.Members.Select(member => member.Addresses[0]))
        {
            if (post.Messages(address).LastOrDefault(message => message.ReplyTo.Count > 0) is { } call)
            {
                post.As(address).Reply(call.Id, "+1");
            }
        }

        await travel.MoveByAsync(TimeSpan.FromDays(9), cancellationToken);
        await WriteMinutesAsync(services, charter, clock, cancellationToken);
        await travel.MoveByAsync(TimeSpan.FromDays(Days - 10), cancellationToken);
    }

    private static async Task WriteMinutesAsync(
        IServiceProvider services, Charter charter, MovableClock clock, CancellationToken cancellationToken)
    {
        var minutes = services.GetRequiredService<MinutesStore>();
        var held = (await services.GetRequiredService<MeetingStore>().AllAsync(charter.Id, cancellationToken))
            .LastOrDefault(meeting => meeting.State == MeetingState.Ahead && meeting.End < clock.GetUtcNow());
        if (held is not null
            && await minutes.FindAsync(charter.Id, charter.DayOf(held).Year, held.Row, cancellationToken) is { } draft)
        {
            await services.GetRequiredService<SaveMinutes>().RunAsync(
                charter, held.Row, draft.Text.TrimEnd() + "\n  - It was counted\n", draft.ETag, "cost", cancellationToken);
            await services.GetRequiredService<Clock>().TickAsync(charter.Id, cancellationToken);
        }
    }

    private static async Task SettleAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        await services.GetRequiredService<WorkLoop>().SettleAsync(cancellationToken);

    private static void Reset(StorageMeter meter, StepCounter steps)
    {
        meter.Reset();
        steps.Reset();
    }

    private static Usage UsageOf(StorageMeter meter, decimal executions) => new(
        meter[StorageOperation.BlobWrite],
        meter[StorageOperation.BlobRead],
        meter[StorageOperation.Table],
        meter[StorageOperation.Queue],
        executions);

    /// <summary>Counts the steps that were run: each is an execution of a function.</summary>
    private sealed class StepCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;

        public StepCounter()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Signals.Name && instrument.Name == Signals.StepsName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, measured, _, _) => Interlocked.Add(ref _count, measured));
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public void Reset() => Interlocked.Exchange(ref _count, 0);

        public void Dispose() => _listener.Dispose();
    }
}
