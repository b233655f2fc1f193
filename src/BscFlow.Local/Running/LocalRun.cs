using BscFlow.Local.Time;
using BscFlow.Publishing;
using BscFlow.Telemetry;
using BscFlow.Workflow;

namespace BscFlow.Local.Running;

/// <summary>BscFlow on one machine: storage in a child process; mail, site and clock in this one.</summary>
internal static class LocalRun
{
    /// <summary>Starts all parts, takes over the charters and the archive, and runs until it is told to end.</summary>
    /// <param name="progress">Gets a line for what takes time.</param>
    /// <param name="ready">Called when the site is served.</param>
    /// <param name="cancellationToken">Ends the run, as Ctrl+C does.</param>
    /// <exception cref="RefusalException">Something that the person can put right.</exception>
    public static async Task RunAsync(
        RunOptions options, TextWriter progress, Func<RunAddresses, Task> ready, CancellationToken cancellationToken)
    {
        // All that was typed is looked at before anything is begun, and before --fresh empties a folder.
        var committees = Committees.Read(options);
        var begin = Begin(options, committees);
        RunMail.Require(options);
        RunStorage.Require(options.Storage);
        using var port = LoopbackPort.Take(options.Port);
        using var data = await DataFolder.TakeAsync(options.Data, options.Fresh, cancellationToken);
        var clock = StartClock(begin, data);

        // Node takes longest to start; the rest is done meanwhile.
        await using var starting = new StartingStorage(options.Storage, data, progress, cancellationToken);
        await using var mail = await RunMail.StartAsync(options, committees, data, clock, cancellationToken);
        var storage = await starting.Started;
        var deskKey = data.Secret("desk-key");
        await using var site = LocalSite.Build(port, clock, committees, mail.Emulator, data.Worker, settings =>
        {
            settings.Storage = storage.ConnectionString;
            settings.SiteAddress = port.Address;
            settings.DeskKey = deskKey;
            settings.SecurityContact = new Uri($"mailto:{committees.Charters[0].Mailbox}");
            settings.Graph = mail.Options;
        });

        await RunStorage.EnsureAsync(site.Services, cancellationToken);
        if (options.Graph is null)
        {
            await Takeover.RequireNoOthersAsync(committees, site.Services, cancellationToken);
        }

        if (await Takeover.RunAsync(committees, site.Services, cancellationToken) > 0)
        {
            await PublishAsync(committees, site.Services.GetRequiredService<PublishSite>(), cancellationToken);
        }

        await LookAtAllAsync(committees, site.Services.GetRequiredService<Clock>(), cancellationToken);
        await site.StartAsync(cancellationToken);
        await ready(new RunAddresses(
            port.Address,
            new Uri(port.Address, $"/desk/enter?key={deskKey}"),
            deskKey,
            mail.Emulator is null ? null : new Uri(port.Address, MailboxProxy.Path),
            mail.Options.Address,
            storage.ConnectionString,
            TimeZoneInfo.ConvertTime(clock.GetUtcNow(), committees.Zone),
            committees.Zone.Id));

        var stopped = site.WaitForShutdownAsync(cancellationToken);
        if (await Task.WhenAny(stopped, storage.Ended) == storage.Ended && !stopped.IsCompleted)
        {
            // It writes every few seconds what it holds in memory. No mail leaves twice all the same: the mailboxes know what left.
            throw new RefusalException(
                $"{data.Storage}: Azurite was ended from outside, and what it stored in its last seconds may be lost; "
                + "start again, and the steps that are missing are done again");
        }

        await stopped;
        if (site.Services.GetRequiredService<WorkLoop>().ExecuteTask is { Exception: { } failure })
        {
            throw new RefusalException(
                $"the run ended because its work failed: {ErrorWords.Of(failure).Split('\n')[0]}", failure);
        }
    }

    /// <summary>A run that was killed may have changed something and not noted when to look at it.</summary>
    private static async Task LookAtAllAsync(Committees committees, Clock clock, CancellationToken cancellationToken)
    {
        foreach (var charter in committees.Charters)
        {
            await clock.TickAsync(charter.Id, cancellationToken);
        }
    }

    private static async Task PublishAsync(Committees committees, PublishSite publishSite, CancellationToken cancellationToken)
    {
        foreach (var charter in committees.Charters)
        {
            await publishSite.RunAsync(charter, cancellationToken);
        }
    }

    private static DateTimeOffset? Begin(RunOptions options, Committees committees) =>
        options.Now is not { } now ? committees.AfterTheArchive()
        : Moment.TryParse(now, committees.Zone, out var moment) ? moment
        : throw new RefusalException($"--now {now}: give a moment such as 2025-10-01 or 2025-10-01T09:00");

    private static MovableClock StartClock(DateTimeOffset? begin, DataFolder data)
    {
        try
        {
            return new MovableClock(TimeProvider.System, new ClockFile(data.Clock), begin);
        }
        catch (InvalidDataException e)
        {
            throw new RefusalException(e.Message, e);
        }
    }

    /// <summary>Storage on its way; where the run comes to an end before, the start does too.</summary>
    private sealed class StartingStorage : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ended;

        public StartingStorage(
            string? connectionString, DataFolder data, TextWriter progress, CancellationToken cancellationToken)
        {
            _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Started = RunStorage.StartAsync(connectionString, data, progress, _ended.Token);
        }

        public Task<RunStorage> Started { get; }

        public async ValueTask DisposeAsync()
        {
            await _ended.CancelAsync();
            await ((Task)Started).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Started.IsCompletedSuccessfully)
            {
                await Started.Result.DisposeAsync();
            }

            _ended.Dispose();
        }
    }
}
