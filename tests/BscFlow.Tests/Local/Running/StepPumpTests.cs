using Azure.Core;
using Azure.Core.Pipeline;
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

        Assert.Equal(
            [(Pumped.Some, true), (Pumped.Some, true), (Pumped.Some, true), (Pumped.Some, true), (Pumped.GaveUp, false)],
            outcomes);
        Assert.Equal(0, await CountAsync(queue));
        var poison = await Queues.GetQueueClient(poisonQueue).ReceiveMessageAsync(cancellationToken: Cancellation);
        Assert.Equal("no step at all", poison.Value.Body.ToString());
    }

    [Fact]
    public async Task A_step_that_fails_when_another_has_it_by_now_is_left_to_that_one()
    {
        var queue = Queues.GetQueueClient(Keys.StepsQueue);
        await queue.SendMessageAsync("no step at all", Cancellation);
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        options.AddPolicy(new BeforeUpdate(() => queue.ClearMessages()), HttpPipelinePosition.PerCall);
        var pump = new StepPump(
            new QueueServiceClient(_azurite!.ConnectionString, options),
            _services!.GetRequiredService<StepRunner>(),
            NullLogger<StepPump>.Instance);

        Assert.Equal(Pumped.Some, await pump.DoSomeAsync(Cancellation));
        Assert.False(pump.HasRetries);
        Assert.Equal(Pumped.Nothing, await pump.DoSomeAsync(Cancellation));
    }

    /// <summary>What another one does to a message just before it is to wait for its next try.</summary>
    private sealed class BeforeUpdate(Action act) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Method == RequestMethod.Put)
            {
                act();
            }
        }
    }

    private async Task<int> CountAsync(string queue) =>
        (await Queues.GetQueueClient(queue).GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount;
}
