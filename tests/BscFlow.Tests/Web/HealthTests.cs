using System.Net;
using System.Net.Http.Json;
using Azure.Storage.Queues;
using BscFlow.GraphEmulator.Faults;
using BscFlow.Storage;
using BscFlow.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Tests.Web;

/// <summary>What the app says of itself, while parts of it are made ill.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private ProductHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await ProductHost.StartAsync(["acme"]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_is_ready_once_the_clock_has_ticked()
    {
        var before = await ReadyAsync();
        await _host.MoveAsync(TimeSpan.FromMinutes(1));
        var after = await ReadyAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "clock subscription"), (before.Status, Ill(before.Readiness)));
        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Equal(["storage", "clock", "steps", "mailbox", "subscription"], after.Readiness.Parts.Select(part => part.Part));
    }

    [Fact]
    public async Task A_clock_that_stands_still_is_named()
    {
        await _host.SettleAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(16));

        var ready = await ReadyAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "clock"), (ready.Status, Ill(ready.Readiness)));
    }

    [Fact]
    public async Task A_mailbox_that_is_closed_is_named_and_its_address_is_not()
    {
        await _host.SettleAsync();
        _host.Graph.Faults.Arm(new() { Kind = FaultKind.InternalServerError });

        var ready = await ReadyAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "mailbox"), (ready.Status, Ill(ready.Readiness)));
        Assert.Contains("500", ready.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@", ready.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_that_has_run_out_is_named()
    {
        await _host.SettleAsync();
        _host.Time.Advance(TimeSpan.FromDays(7));
        await _host.Get<DueList>().TickedAsync(_host.Time.GetUtcNow(), _host.Time.GetUtcNow(), Cancel);

        var ready = await ReadyAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "subscription"), (ready.Status, Ill(ready.Readiness)));
    }

    [Theory]
    [InlineData(Keys.StepsQueue)]
    [InlineData(Keys.MailQueue)]
    public async Task A_step_that_has_waited_too_long_is_named(string name)
    {
        await _host.SettleAsync();
        var queue = _host.Get<QueueServiceClient>().GetQueueClient(name);
        await queue.SendMessageAsync("waits", Cancel);

        // What one has found it says again for a while, so each look is one of its own.
        var late = await Eventually.FindAsync(async () =>
        {
            using var strict = ActivatorUtilities.CreateInstance<CheckReadiness>(_host.App.Services);
            strict.StepLate = TimeSpan.FromSeconds(1);
            return await strict.RunAsync(Cancel) is { Ready: false } ill ? ill : null;
        });
        var waits = await ReadyAsync();

        Assert.Equal("steps", Ill(late));
        Assert.Equal(HttpStatusCode.OK, waits.Status);
        Assert.Contains("The oldest has waited for", waits.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_that_is_gone_is_named_and_the_process_is_up_all_the_same()
    {
        await _host.SettleAsync();
        await _host.StopStorageAsync();

        var ready = await ReadyAsync();
        using var up = await _host.Client.GetAsync("/healthz", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Contains(ready.Readiness.Parts, part => part is { Part: "storage", Well: false });
        Assert.Equal(HttpStatusCode.OK, up.StatusCode);
        Assert.DoesNotContain("127.0.0.1", ready.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mailbox_is_not_asked_before_somebody_wants_to_know()
    {
        await _host.Client.GetStringAsync("/healthz", Cancel);
        await _host.Client.GetStringAsync("/acme/", Cancel);
        Assert.Empty(_host.Graph.Requests);

        await ReadyAsync();
        Assert.NotEmpty(_host.Graph.Requests);
    }

    private async Task<(HttpStatusCode Status, Readiness Readiness, string Text)> ReadyAsync()
    {
        // An answer is kept for a moment.
        _host.Time.Advance(TimeSpan.FromSeconds(21));
        using var answer = await _host.Client.GetAsync("/readyz", Cancel);
        return (
            answer.StatusCode,
            (await answer.Content.ReadFromJsonAsync<Readiness>(Cancel))!,
            await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static string Ill(Readiness readiness) =>
        string.Join(' ', readiness.Parts.Where(part => !part.Well).Select(part => part.Part));
}
