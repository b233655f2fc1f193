using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using BscFlow.Storage;

namespace BscFlow.Tests.Storage;

public sealed class BlobLeasesTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <remarks>Without a retry storage's silence is one exception, with some it is all of them together.</remarks>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_lease_that_cannot_be_renewed_says_that_it_is_lost_and_can_be_let_go_of(int retries)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(1), Mode = RetryMode.Fixed } };
        var nowhere = new BlobClient(new Uri("http://127.0.0.1:9/account/container/blob"), options).GetBlobLeaseClient();
        var released = 0;
        var lost = new TaskCompletionSource();

        var lease = new BlobLease(nowhere, TimeSpan.FromMilliseconds(1), () => released++);
        await using (lease.Lost.Register(lost.SetResult))
        {
            await lost.Task.WaitAsync(Cancel);
        }

        await lease.DisposeAsync();
        Assert.Equal(1, released);
    }

    [Fact]
    public async Task Of_two_workers_one_at_a_time_has_its_turn()
    {
        var blobs = new BlobServiceClient(azurite.ConnectionString);
        var container = AzuriteFixture.NewName();
        await blobs.CreateBlobContainerAsync(container, cancellationToken: Cancel);
        var (one, other) = (new BlobLeases(blobs, WorkerProcess.OneOfMany()), new BlobLeases(blobs, WorkerProcess.OneOfMany()));

        var turn = (await one.TryTakeAsync(container, "turn", Cancel))!;
        Assert.Null(await one.TryTakeAsync(container, "turn", Cancel));
        Assert.Null(await other.TryTakeAsync(container, "turn", Cancel));
        await turn.DisposeAsync();
        await using var next = await other.TryTakeAsync(container, "turn", Cancel);
        Assert.NotNull(next);
    }
}
