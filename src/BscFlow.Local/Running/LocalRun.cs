using BscFlow.Local.Time;
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
        var committees = Committees.Read(options);
        using var data = await DataFolder.TakeAsync(options.Data, options.Fresh, cancellationToken);
        using var port = LoopbackPort.Take(options.Port);

        // Node takes longest to start; the rest is done meanwhile.
        var startingStorage = RunStorage.StartAsync(options.Storage, data, progress, cancellationToken);
        var clock = StartClock(options, committees, data);
        await using var mail = await RunMail.StartAsync(options, committees, data, clock, cancellationToken);
        await using var storage = await startingStorage;
        var deskKey = data.Secret("desk-key");
        await using var site = LocalSite.Build(port, clock, committees, mail.Emulator, data.Worker, settings =>
        {
            settings.Storage = storage.ConnectionString;
            settings.SiteAddress = port.Address;
            settings.DeskKey = deskKey;
            settings.Graph = mail.Options;
        });

        await RunStorage.EnsureAsync(site.Services, cancellationToken);
        if (options.Graph is null)
        {
            await Takeover.RequireNoOthersAsync(committees, site.Services, cancellationToken);
        }

        await Takeover.RunAsync(committees, site.Services, cancellationToken);
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
    }

    /// <summary>A run that was killed may have changed something and not noted when to look at it.</summary>
    private static async Task LookAtAllAsync(Committees committees, Clock clock, CancellationToken cancellationToken)
    {
        foreach (var charter in committees.Charters)
        {
            await clock.TickAsync(charter.Id, cancellationToken);
        }
    }

    private static MovableClock StartClock(RunOptions options, Committees committees, DataFolder data)
    {
        DateTimeOffset? start = options.Now is not { } now ? committees.AfterTheArchive()
            : Moment.TryParse(now, committees.Zone, out var moment) ? moment
            : throw new RefusalException($"--now {now}: give a moment such as 2025-10-01 or 2025-10-01T09:00");
        try
        {
            return new MovableClock(TimeProvider.System, new ClockFile(data.Clock), start);
        }
        catch (InvalidDataException e)
        {
            throw new RefusalException(e.Message, e);
        }
    }
}
