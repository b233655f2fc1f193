using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BscFlow.Committee;
using BscFlow.Local.Costs;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Storage;
using BscFlow.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Tests.Workflow;

/// <summary>What a tick asks of storage, and whom it looks at.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private readonly StorageMeter _meter = new();
    private ProductHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Clock Clock => _host.Get<Clock>();

    public async ValueTask InitializeAsync() => _host = await ProductHost.StartAsync(
        ["acme", "apex", "axis"], builder => builder.Services.AddSingleton<HttpPipelinePolicy>(_meter));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_tick_at_which_nothing_is_due_costs_three_operations_however_many_committees_there_are()
    {
        await _host.SettleAsync();
        await _host.MoveAsync(TimeSpan.FromMinutes(5));
        _host.Time.Advance(TimeSpan.FromMinutes(4));
        _meter.Reset();

        var queued = await Clock.TickAsync(Cancel);

        Assert.Equal(0, queued);
        Assert.Equal(3, _meter[StorageOperation.Table]);
        Assert.Equal(0, _meter[StorageOperation.BlobRead] + _meter[StorageOperation.BlobWrite] + _meter[StorageOperation.Queue]);
    }

    [Fact]
    public async Task What_was_changed_without_anybody_saying_so_is_seen_within_the_hour()
    {
        await _host.SettleAsync();
        Assert.Empty(await _host.Get<MeetingStore>().AllAsync("acme", Cancel));
        var start = ProductHost.Begin.AddDays(1);
        await _host.Get<MeetingStore>().TryAddAsync(
            new Meeting
            {
                Committee = "acme",
                Number = 1,
                Start = start,
                Length = TimeSpan.FromHours(1),
                State = MeetingState.Ahead,
                Special = true,
            },
            Cancel);

        await _host.MoveAsync(TimeSpan.FromMinutes(50));
        var early = await _host.Get<MeetingStore>().FindAsync("acme", "0001", Cancel);
        await _host.MoveAsync(TimeSpan.FromMinutes(11));
        var later = await _host.Get<MeetingStore>().FindAsync("acme", "0001", Cancel);

        Assert.Null(early!.DraftedAt);
        Assert.NotNull(later!.DraftedAt);
    }

    [Fact]
    public async Task A_charter_that_was_put_into_storage_by_hand_is_found_within_a_quarter_of_an_hour()
    {
        await _host.SettleAsync();
        var added = Charters.Small("later") with { Mailbox = "acme@committee.example" };
        await _host.Get<BlobServiceClient>().GetBlobContainerClient(Keys.ConfigContainer)
            .UploadBlobAsync(Keys.CharterBlob("later"), BinaryData.FromBytes(CharterWriter.Write(added)), Cancel);

        await _host.MoveAsync(TimeSpan.FromMinutes(16));

        Assert.NotNull(await _host.Get<DueList>().FindAsync("later", Cancel));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_keeps_its_own_committee_waiting_and_no_other()
    {
        var broken = new TableEntity("acme", "0001") { ["v"] = 1, ["Start"] = ProductHost.Begin, ["State"] = "Postponed" };
        await _host.Get<TableServiceClient>().GetTableClient(Keys.MeetingsTable).AddEntityAsync(broken, Cancel);

        await Clock.TickAsync(Cancel);

        var due = await _host.Get<DueList>().ReadAsync(_host.Time.GetUtcNow(), Cancel);
        Assert.Equal(["acme"], due.Committees);
        Assert.Equal(ProductHost.Begin, due.Ticked);
    }

    [Fact]
    public async Task A_mailbox_whose_row_cannot_be_read_keeps_no_tick_from_its_end()
    {
        var broken = new TableEntity(Keys.MailboxesPartition, Keys.MailboxDue("broken@committee.example"))
        {
            ["v"] = 1,
            [nameof(MailboxDue.Look)] = ProductHost.Begin,
        };
        await _host.Get<TableServiceClient>().GetTableClient(Keys.MailTable).AddEntityAsync(broken, Cancel);

        await Assert.ThrowsAnyAsync<Exception>(() => Clock.TickAsync(Cancel));

        Assert.Equal(ProductHost.Begin, (await _host.Get<DueList>().ReadAsync(_host.Time.GetUtcNow(), Cancel)).Ticked);
    }

    [Fact]
    public async Task A_mail_that_waits_is_put_on_the_queue_once_in_five_minutes_however_often_the_clock_looks()
    {
        await _host.SettleAsync();
        var mail = new OutgoingMail
        {
            Key = "m|1",
            To = [new Recipient("Ada", _host.Charters[0].Members[0].Addresses[0])],
            Subject = "Hello",
            Text = "Hello",
            Html = "<p>Hello</p>",
        };
        await _host.Get<Outbox>().QueueAsync("acme", [mail], Cancel);
        var queue = _host.Get<Azure.Storage.Queues.QueueServiceClient>().GetQueueClient(Keys.MailQueue);

        await Clock.TickAsync("acme", Cancel);
        await Clock.TickAsync("acme", Cancel);
        Assert.Equal(1, (await queue.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount);

        _host.Time.Advance(TimeSpan.FromMinutes(6));
        await Clock.TickAsync("acme", Cancel);
        Assert.Equal(2, (await queue.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task A_committee_whose_charter_is_gone_is_forgotten()
    {
        await _host.SettleAsync();
        await _host.Get<BlobServiceClient>().GetBlobContainerClient(Keys.ConfigContainer)
            .DeleteBlobAsync(Keys.CharterBlob("apex"), cancellationToken: Cancel);

        await _host.MoveAsync(TimeSpan.FromHours(2));

        Assert.Null(await _host.Get<DueList>().FindAsync("apex", Cancel));
    }
}
