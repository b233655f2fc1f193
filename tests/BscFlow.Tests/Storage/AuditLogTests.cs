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
        Assert.Null(await Log.FindBreakAsync(_committee, Cancel));
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
    public async Task Twenty_writers_at_once_leave_one_unbroken_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Log.AppendOnceAsync(_committee, "agenda-sent", $"{i:D4}", "clock", "", Cancel)));

        Assert.Equal(20, await Log.ReadAsync(_committee, Cancel).CountAsync(Cancel));
        Assert.Null(await Log.FindBreakAsync(_committee, Cancel));
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

        Assert.Equal(2, await Log.FindBreakAsync(_committee, Cancel));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    public async Task A_removed_event_breaks_the_chain(long removed, long brokenAt)
    {
        await AppendThreeAsync();
        await _tables.GetTableClient(Keys.AuditTable).DeleteEntityAsync(
            _committee, Keys.AuditEntry(removed), cancellationToken: Cancel);

        Assert.Equal(brokenAt, await Log.FindBreakAsync(_committee, Cancel));
    }

    private async Task AppendThreeAsync()
    {
        foreach (var subject in (string[])["0001", "0002", "0003"])
        {
            await Log.AppendOnceAsync(_committee, "minutes-published", subject, "clock", "two items", Cancel);
        }
    }
}
