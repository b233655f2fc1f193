using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace BscFlow.Storage;

/// <summary>Lets one at a time do what is not to be done by two, by the lease on a blob.</summary>
/// <remarks>
/// A lease ends by itself a minute after its process did. The only process of its storage takes up the leases that it held before
/// a crash.
/// </remarks>
public sealed class BlobLeases(BlobServiceClient blobs, WorkerProcess worker)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    private readonly string _id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(worker.Name)).AsSpan(0, 16)).ToString();

    // One lease id a process, which could take its own lease twice.
    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits until it is this one's turn.</summary>
    public async Task<BlobLease> TakeAsync(string container, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryTakeAsync(container, name, cancellationToken) is { } lease)
            {
                return lease;
            }

            // Storage's own clock ends a lease, so this waits by the machine's.
            await Task.Delay(Wait, cancellationToken);
        }
    }

    /// <returns>Null when somebody else holds it.</returns>
    public async Task<BlobLease?> TryTakeAsync(string container, string name, CancellationToken cancellationToken)
    {
        var held = $"{container}/{name}";
        if (!_held.TryAdd(held, true))
        {
            return null;
        }

        var taken = false;
        try
        {
            var blob = blobs.GetBlobContainerClient(container).GetBlobClient(name);
            var lease = blob.GetBlobLeaseClient(_id);
            taken = await TryAcquireAsync(blob, lease, cancellationToken);
            return taken ? new BlobLease(lease, Renewal, () => _held.TryRemove(held, out _)) : null;
        }
        finally
        {
            if (!taken)
            {
                _held.TryRemove(held, out _);
            }
        }
    }

    private static async Task<bool> TryAcquireAsync(BlobClient blob, BlobLeaseClient lease, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await lease.AcquireAsync(Length, cancellationToken: cancellationToken);
                return true;
            }
            catch (RequestFailedException held) when (held.Status == 409)
            {
                return false;
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                await MakeAsync(blob, cancellationToken);
            }
        }
    }

    private static async Task MakeAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            await blob.UploadAsync(
                BinaryData.FromBytes(ReadOnlyMemory<byte>.Empty),
                new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } },
                cancellationToken);
        }
        catch (RequestFailedException made) when (made.Status is 409 or 412)
        {
            // Another worker made it.
        }
    }
}

/// <summary>The right to go on alone; renewed until it is disposed of.</summary>
public sealed class BlobLease : IAsyncDisposable
{
    private readonly BlobLeaseClient _lease;
    private readonly Action _released;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;

    internal BlobLease(BlobLeaseClient lease, TimeSpan renewal, Action released)
    {
        (_lease, _released) = (lease, released);
        _renewing = RenewAsync(renewal);
    }

    /// <summary>Cancelled when somebody else may have taken it.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _renewing;
        try
        {
            await _lease.ReleaseAsync(cancellationToken: CancellationToken.None);
        }
        catch (Exception silent) when (silent is RequestFailedException or AggregateException or OperationCanceledException)
        {
            // It ends by itself.
        }
        finally
        {
            // Whatever storage says: a name that stayed here could never be taken again by this process.
            _released();
            _end.Dispose();
            _lost.Dispose();
        }
    }

    private async Task RenewAsync(TimeSpan renewal)
    {
        using var timer = new PeriodicTimer(renewal);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                await _lease.RenewAsync(cancellationToken: _end.Token);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The work is done.
        }
        catch (Exception)
        {
            // Refused, no answer, or none in time, which is also an OperationCanceledException: it may be another's by now.
            await _lost.CancelAsync();
        }
    }
}
