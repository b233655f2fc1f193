using Azure.Storage.Queues;
using BscFlow.Local.Azurite;
using BscFlow.Local.Running;
using BscFlow.Storage;
using BscFlow.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BscFlow.Tests.Local.Running;

/// <summary>On an Azurite of its own: the queue of steps has one name.</summary>
public sealed class StepPumpTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private AzuriteProcess? _azurite;
    private ServiceProvider? _services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private QueueServiceClient Queues => _services!.GetRequiredService<QueueServiceClient>();

    private StepPump Pump => new(Queues, _services!.GetRequiredService<StepRunner>(), NullLogger<StepPump>.Instance)
    {
        FirstPause = TimeSpan.Zero,
    };

    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteProcess.StartAsync(_folder.Path, TextWriter.Null, Cancellation);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddBscFlow(settings =>
        {
            settings.Storage = _azurite.ConnectionString;
            settings.SiteAddress = new Uri("http://127.0.0.1/");
            settings.DeskKey = new string('k', 40);
        });
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<StorageSetup>().EnsureAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _services!.DisposeAsync();
        await _azurite!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_empty_queue_is_nothing_to_do() =>
        Assert.Equal(Pumped.Nothing, await Pump.DoSomeAsync(Cancellation));

    [Theory]
    [InlineData(StepKind.SendMail, Keys.MailQueue)]
    [InlineData(StepKind.DraftMeeting, Keys.StepsQueue)]
    public async Task A_step_that_is_done_leaves_its_queue(StepKind kind, string queue)
    {
        // Of a committee that is not there: the runner has nothing to do for it.
        await _services!.GetRequiredService<StepQueue>().AddAsync(new Step("nobody", kind, "x"), Cancellation);
        var pump = Pump;

        var before = await CountAsync(queue);
        var first = await pump.DoSomeAsync(Cancellation);
        var second = await pump.DoSomeAsync(Cancellation);

        Assert.Equal((Pumped.Some, Pumped.Nothing), (first, second));
        Assert.Equal((1, 0), (before, await CountAsync(queue)));
    }

    [Theory]
    [InlineData(Keys.StepsQueue, Keys.PoisonStepsQueue)]
    [InlineData(Keys.MailQueue, Keys.PoisonMailQueue)]
    public async Task A_step_that_fails_five_times_is_moved_to_the_poison_queue(string queue, string poisonQueue)
    {
        await Queues.GetQueueClient(queue).SendMessageAsync("no step at all", Cancellation);
        var pump = Pump;

        var outcomes = new List<(Pumped, bool)>();
        for (var i = 0; i < 5; i++)
        {
            outcomes.Add((await pump.DoSomeAsync(Cancellation), pump.HasRetries));
        }

        Assert.Equal([(Pumped.Some, true), (Pumped.Some, true), (Pumped.Some, true), (Pumped.Some, true), (Pumped.GaveUp, false)], outcomes);
        Assert.Equal(0, await CountAsync(queue));
        var poison = await Queues.GetQueueClient(poisonQueue).ReceiveMessageAsync(cancellationToken: Cancellation);
        Assert.Equal("no step at all", poison.Value.Body.ToString());
    }

    private async Task<int> CountAsync(string queue) =>
        (await Queues.GetQueueClient(queue).GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount;
}
