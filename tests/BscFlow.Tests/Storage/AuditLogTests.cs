using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Tests.Storage;

public sealed class AuditLogTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _committee = AzuriteFixture.NewName();
    private readonly TableServiceClient _tables = new(azurite.ConnectionString);

    private AuditLog Log => new(_tables, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _tables.CreateTableIfNotExistsAsync(Keys.AuditTable, Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Events_stand_in_their_order_and_the_chain_holds()
    {
        await Log.AppendOnceAsync(_committee, "meeting-drafted", "0001", "clock", "", Cancel);
        await Log.AppendOnceAsync(_committee, "minutes-published", "0001", "joe@example.org", "two items", Cancel);

        var events = await Log.ReadAsync(_committee, Cancel).ToListAsync(Cancel);

        Assert.Equal([(1L, "meeting-drafted"), (2L, "minutes-published")], events.Select(e => (e.Sequence, e.Event)));
        Assert.Null(await Log.FindBreakAsync(_committee, _ => { }, Cancel));
    }

    [Fact]
    public async Task What_happened_once_is_written_once()
    {
        for (var i = 0; i < 3; i++)
        {
            await Log.AppendOnceAsync(_committee, "meeting-drafted", "0001", "clock", "", Cancel);
        }

        Assert.Single(await Log.ReadAsync(_committee, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_log_that_goes_on_behind_its_head_takes_nothing_and_says_so()
    {
        var table = _tables.GetTableClient(Keys.AuditTable);
        await Log.AppendOnceAsync(_committee, "meeting-drafted", "0001", "clock", "", Cancel);
        TableEntity older = await table.GetEntityAsync<TableEntity>(_committee, Keys.AuditHead, cancellationToken: Cancel);
        await Log.AppendOnceAsync(_committee, "agenda-sent", "0001", "clock", "", Cancel);
        await table.UpsertEntityAsync(older, TableUpdateMode.Replace, Cancel);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Log.AppendOnceAsync(_committee, "minutes-published", "0001", "clock", "", Cancel));

        Assert.Contains("goes on behind its head at 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_writers_at_once_leave_one_unbroken_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Log.AppendOnceAsync(_committee, "agenda-sent", $"{i:D4}", "clock", "", Cancel)));

        Assert.Equal(20, await Log.ReadAsync(_committee, Cancel).CountAsync(Cancel));
        Assert.Null(await Log.FindBreakAsync(_committee, _ => { }, Cancel));
    }

    [Fact]
    public async Task Four_processes_with_fifty_events_each_need_few_transactions_and_leave_one_unbroken_chain()
    {
        var counter = new TransactionCounter();
        var options = new TableClientOptions();
        options.AddPolicy(counter, HttpPipelinePosition.PerCall);
        AuditLog[] logs =
            [.. Enumerable.Range(0, 4).Select(_ => new AuditLog(new(azurite.ConnectionString, options), TimeProvider.System))];

        await Task.WhenAll(
            from event_ in Enumerable.Range(0, 50)
            from log in logs.Index()
            select log.Item.AppendOnceAsync(_committee, "ballot-recorded", $"{log.Index}-{event_}", "voter", "", Cancel));

        Assert.Equal(200, await Log.ReadAsync(_committee, Cancel).CountAsync(Cancel));
        Assert.Null(await Log.FindBreakAsync(_committee, _ => { }, Cancel));
        Assert.InRange(counter.Transactions, 4, 60);
    }

    [Fact]
    public async Task What_is_on_record_keeps_nothing_that_comes_with_it_back()
    {
        await Log.AppendOnceAsync(_committee, "ballot-recorded", "2", "voter", "", Cancel);
        var log = Log;

        await Task.WhenAll(Enumerable.Range(0, 5).Concat(Enumerable.Range(0, 5)).Select(i =>
            log.AppendOnceAsync(_committee, "ballot-recorded", $"{i}", "voter", "", Cancel)));

        Assert.Equal(5, await Log.ReadAsync(_committee, Cancel).CountAsync(Cancel));
        Assert.Null(await Log.FindBreakAsync(_committee, _ => { }, Cancel));
    }

    [Fact]
    public async Task Any_changed_character_breaks_the_chain()
    {
        await Log.AppendOnceAsync(_committee, "motion-opened", "a", "x", "y", Cancel);
        await Log.AppendOnceAsync(_committee, "motion-closed", "a", "x", "Carried 00ff", Cancel);
        var table = _tables.GetTableClient(Keys.AuditTable);
        foreach (var row in (string[])[Keys.AuditEntry(1), Keys.AuditEntry(2), Keys.AuditHead])
        {
            var whole = (await table.GetEntityAsync<TableEntity>(_committee, row, cancellationToken: Cancel)).Value;
            foreach (var changed in whole.Keys
                .Except(["odata.etag", "PartitionKey", "RowKey", "Timestamp"])
                .SelectMany(key => Changes(whole, key)))
            {
                await table.UpdateEntityAsync(changed, ETag.All, TableUpdateMode.Replace, Cancel);
                Assert.NotNull(await Log.FindBreakAsync(_committee, _ => { }, Cancel));
            }

            await table.UpdateEntityAsync(whole, ETag.All, TableUpdateMode.Replace, Cancel);
            Assert.Null(await Log.FindBreakAsync(_committee, _ => { }, Cancel));
        }
    }

    /// <summary>The row with each character of a column changed; whatever is no text, by the smallest step.</summary>
    private static IEnumerable<TableEntity> Changes(TableEntity row, string key)
    {
        object[] values = row[key] switch
        {
            string text =>
                [.. Enumerable.Range(0, text.Length).Select(i => $"{text[..i]}{(char)(text[i] ^ 1)}{text[(i + 1)..]}")],
            long number => [number + 1],
            int number => [number + 1],
            DateTimeOffset moment => [moment.AddTicks(1)],
            var other => throw new InvalidOperationException($"A column of {other}"),
        };
        return values.Select(value => new TableEntity(row) { [key] = value });
    }

    [Theory]
    [InlineData("Who", "someone else")]
    [InlineData("Detail", "three items")]
    [InlineData("Subject", "0003")]
    [InlineData("Hash", "00")]
    public async Task A_changed_event_breaks_the_chain_where_it_stands(string column, string value)
    {
        await AppendThreeAsync();
        var table = _tables.GetTableClient(Keys.AuditTable);
        var row = (await table.GetEntityAsync<TableEntity>(_committee, Keys.AuditEntry(2), cancellationToken: Cancel)).Value;
        row[column] = value;
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancel);

        Assert.Equal(2, await Log.FindBreakAsync(_committee, _ => { }, Cancel));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    public async Task A_removed_event_breaks_the_chain(long removed, long brokenAt)
    {
        await AppendThreeAsync();
        await _tables.GetTableClient(Keys.AuditTable).DeleteEntityAsync(
            _committee, Keys.AuditEntry(removed), cancellationToken: Cancel);

        Assert.Equal(brokenAt, await Log.FindBreakAsync(_committee, _ => { }, Cancel));
    }

    private async Task AppendThreeAsync()
    {
        foreach (var subject in (string[])["0001", "0002", "0003"])
        {
            await Log.AppendOnceAsync(_committee, "minutes-published", subject, "clock", "two items", Cancel);
        }
    }

    private sealed class TransactionCounter : HttpPipelineSynchronousPolicy
    {
        private int _transactions;

        public int Transactions => _transactions;

        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _transactions);
            }
        }
    }
}
