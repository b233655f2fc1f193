using Azure.Core.Pipeline;
using BscFlow.GraphEmulator.Transport;
using BscFlow.Local.Time;
using BscFlow.Storage;
using BscFlow.Web;
using Microsoft.Extensions.Logging.Console;

namespace BscFlow.Local.Running;

/// <summary>
/// The pages and the programming interface of BscFlow, with what only a run on one machine has: clock and mailboxes.
/// </summary>
internal static class LocalSite
{
    /// <param name="watcher">
    /// Sees each request to storage; whoever watches has the work done, too, and nothing is done by itself.
    /// </param>
    public static WebApplication Build(
        LoopbackPort port,
        MovableClock clock,
        Committees committees,
        Uri? emulator,
        WorkerProcess worker,
        Action<BscFlowOptions> configure,
        HttpPipelinePolicy? watcher = null)
    {
        // Nothing from the environment: a run is what its command line says.
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ApplicationName = typeof(LocalSite).Assembly.GetName().Name });
        builder.WebHost
            .UseKestrelCore()
            .UseSockets(sockets => sockets.CreateBoundListenSocket = _ => port.Socket)
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Listen(port.Socket.LocalEndPoint!);
            });

        // Standard output is for the addresses alone.
        builder.Logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Azure", LogLevel.Warning)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        if (watcher is not null)
        {
            builder.Services.AddSingleton(watcher);
        }

        builder.Services
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(clock)

            .AddSingleton(worker)
            .AddRouting()
            .AddBscFlow(configure)
            .AddSingleton<StepPump>()
            .AddSingleton<WorkLoop>()
            .AddSingleton<TimeTravel>();

        if (watcher is null)
        {
            builder.Services.AddHostedService(services => services.GetRequiredService<WorkLoop>());
        }

        var app = builder.Build();
        app.UseMiddleware<TimeBarMiddleware>(new TimeBar(clock, committees.Charters, hasMailboxes: emulator is not null));
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(MailboxProxy.Path),
            branch => branch.Use(OtherSites.RefuseAsync));
        app.MapClock(committees.Zone);
        if (emulator is not null)
        {
            var proxy = new MailboxProxy(emulator);
            app.Map($"{MailboxProxy.Path}/{{**path}}", proxy.ForwardAsync).DisableAntiforgery();
            app.Lifetime.ApplicationStopped.Register(proxy.Dispose);
        }

        app.UseBscFlow();
        return app;
    }
}
