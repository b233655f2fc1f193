using System.Diagnostics.Metrics;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Local.Running;
using BscFlow.Local.Time;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Telemetry;
using BscFlow.Votes;
using BscFlow.Votes.Opening;
using BscFlow.Workflow;

namespace BscFlow.Local.Costs;

/// <summary>A month of the sample committee on Azurite and the emulator, counted.</summary>
/// <param name="Tick">One tick of the clock with nothing due: the same whatever the number of committees.</param>
/// <param name="RollCall">What one tick in three does beside it: it lists the charters.</param>
/// <param name="Hour">
/// What one committee takes in an hour beside the ticks, with nothing to do: it and its mailbox are looked at.
/// </param>
/// <param name="Renewal">One renewal of the subscription to its mailbox: one a day.</param>
/// <param name="Work">All that a meeting, its minutes and a motion by mail took.</param>
/// <param name="Mails">That have left.</param>
internal sealed record CountedMonth(Usage Tick, Usage RollCall, Usage Hour, Usage Renewal, Usage Work, int Mails)
{
    private const int Days = 30;
    private const int TicksAnHour = 12;
    private const int RollCallsAnHour = 4;
    private const int HoursCounted = 6;

    /// <summary>The clock's, as infra/main.bicep sets it.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromHours(1) / TicksAnHour;

    /// <summary>Of a month.</summary>
    public static int Ticks => Days * 24 * TicksAnHour;

    /// <summary>What a deployment takes in a month, however many committees it serves.</summary>
    public Usage Shared => (Tick * Ticks) + (RollCall * (Days * 24 * RollCallsAnHour));

    /// <summary>What each committee takes beside it.</summary>
    public Usage Each => (Hour * (Days * 24)) + (Renewal * Days) + Work;

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
                settings.Graph = mail.Options with { LookWhileTold = new GraphOptions().LookWhileTold };
            },
            meter);
        using var steps = new StepCounter();
        await RunStorage.EnsureAsync(site.Services, cancellationToken);
        await Takeover.RunAsync(committees, site.Services, cancellationToken);
        await site.StartAsync(cancellationToken);
        await SettleAsync(site.Services, cancellationToken);

        var (tick, rollCall, hour) = await CountIdleAsync(site.Services, clock, meter, steps, cancellationToken);
        Reset(meter, steps);
        await site.Services.GetRequiredService<StepQueue>()
            .AddAsync(Step.OfMailbox(StepKind.RenewSubscription, charter.Mailbox), cancellationToken);
        await PumpAsync(site.Services, cancellationToken);
        var renewal = UsageOf(meter, steps.Count);
        Reset(meter, steps);
        await WorkAsync(site.Services, charter, mail.Host!, clock, cancellationToken);
        var work = UsageOf(meter, steps.Count);
        var sent = mail.Host!.Messages(charter.Mailbox, "sentitems").Count;
        return new CountedMonth(tick, rollCall, hour, renewal, work, sent);
    }

    private static async Task<(Usage Tick, Usage RollCall, Usage Hour)> CountIdleAsync(
        IServiceProvider services, MovableClock clock, StorageMeter meter, StepCounter steps, CancellationToken cancellationToken)
    {
        var ticks = services.GetRequiredService<Clock>();

        // The first look came before the mailbox had a subscription, so that a second one follows soon.
        clock.MoveTo(clock.GetUtcNow() + Round);
        await ticks.TickAsync(cancellationToken);
        await PumpAsync(services, cancellationToken);
        Reset(meter, steps);
        await ticks.TickAsync(cancellationToken);
        var tick = UsageOf(meter, executions: 1);

        // The committee was looked at just now, so that in a quarter of an hour it is not.
        clock.MoveTo(clock.GetUtcNow() + (TimeSpan.FromHours(1) / RollCallsAnHour));
        Reset(meter, steps);
        await ticks.TickAsync(cancellationToken);
        var rollCall = UsageOf(meter, executions: 1) - tick;
        Reset(meter, steps);
        for (var round = 0; round < HoursCounted * TicksAnHour; round++)
        {
            clock.MoveTo(clock.GetUtcNow() + Round);
            if (await ticks.TickAsync(cancellationToken) > 0)
            {
                await PumpAsync(services, cancellationToken);
            }
        }

        var all = UsageOf(meter, steps.Count + (HoursCounted * TicksAnHour));
        return (tick, rollCall, (all * (1m / HoursCounted)) - (tick * TicksAnHour) - (rollCall * RollCallsAnHour));
    }

    private static async Task PumpAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        while (await services.GetRequiredService<StepPump>().DoSomeAsync(cancellationToken) != Pumped.Nothing)
        {
        }
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
