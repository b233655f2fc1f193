using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BscFlow.Local.Azurite;

namespace BscFlow.Tests.Local.Azurite;

public sealed class AzuriteProcessTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Blobs_queues_and_tables_all_answer()
    {
        var name = AzuriteFixture.NewName();

        await new BlobContainerClient(azurite.ConnectionString, name).CreateAsync(cancellationToken: Cancellation);
        await new QueueClient(azurite.ConnectionString, name).CreateAsync(cancellationToken: Cancellation);
        await new TableClient(azurite.ConnectionString, name).CreateAsync(Cancellation);

        Assert.True(await new BlobContainerClient(azurite.ConnectionString, name).ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_stored_is_there_after_a_restart_on_other_ports()
    {
        await using (var first = await AzuriteProcess.StartAsync(_folder.Path, TextWriter.Null, Cancellation))
        {
            var table = new TableClient(first.ConnectionString, "Kept");
            await table.CreateAsync(Cancellation);
            await table.AddEntityAsync(new TableEntity("bsc", "0062"), Cancellation);
        }

        await using var second = await AzuriteProcess.StartAsync(_folder.Path, TextWriter.Null, Cancellation);
        var row = await new TableClient(second.ConnectionString, "Kept")
            .GetEntityAsync<TableEntity>("bsc", "0062", cancellationToken: Cancellation);

        Assert.Equal("0062", row.Value.RowKey);
    }
}
