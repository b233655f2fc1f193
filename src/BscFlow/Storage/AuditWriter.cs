using Azure;
using Azure.Data.Tables;

namespace BscFlow.Storage;

/// <summary>Puts the events of one committee on record in their order.</summary>
/// <remarks>
/// Each event follows the one before it, so two writers at once would undo each other's work without end. In one process there is
/// one writer a committee: while it waits for storage, events gather, and then leave in one transaction. Between processes the
/// head's tag decides, and who loses reads the head and goes on from there.
/// </remarks>
internal sealed class AuditWriter(TableClient table, string committee, TimeProvider clock)
{
    /// <summary>A transaction takes 100 operations: the head and two an event.</summary>
    private const int EventsInTransaction = 49;

    private const int LongestPause = 50;

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = [];
    private bool _writing;
    private Head? _head;

    /// <summary>Ends when the event is on record.</summary>
    public Task AppendOnceAsync(AuditEvent @event)
    {
        var waiting = new Waiting(@event);
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            if (!_writing)
            {
                _writing = true;
                _ = Task.Run(WriteAllAsync);
            }
        }

        return waiting.Written.Task;
    }

    /// <summary>Writes until nobody waits. Runs once at a time.</summary>
    private async Task WriteAllAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            try
            {
                await WriteAsync([.. batch.Select(waiting => waiting.Event).DistinctBy(@event => @event.OnceRow)]);
                batch.ForEach(waiting => waiting.Written.SetResult());
            }
            catch (Exception failed)
            {
                // Each caller hears of it; the writer itself goes on with those who came since.
                _head = null;
                batch.ForEach(waiting => waiting.Written.SetException(failed));
            }
        }
    }

    private List<Waiting> Take()
    {
        lock (_lock)
        {
            List<Waiting> batch = [];
            while (batch.Count < EventsInTransaction && _waiting.TryDequeue(out var next))
            {
                batch.Add(next);
            }

            _writing = batch.Count > 0;
            return batch;
        }
    }

    private async Task WriteAsync(List<AuditEvent> events)
    {
        for (var attempt = 0; events.Count > 0; attempt++)
        {
            var head = _head ??= await ReadHeadAsync();
            try
            {
                _head = await TryWriteAsync(head, events);
                return;
            }
            catch (RequestFailedException lost) when (lost.Status is 412 || (lost.Status is 409 && head.Tag is null))
            {
                _head = null;
                await Task.Delay(Random.Shared.Next(Math.Min(LongestPause, 1 << Math.Min(attempt, 10))));
            }
            catch (RequestFailedException known) when (known.Status is 409)
            {
                _head = null;
                var there = await Task.WhenAll(events.Select(IsThereAsync));
                if (!there.Contains(true))
                {
                    throw new InvalidOperationException(
                        $"The audit log of {committee} goes on behind its head at {head.Sequence}; nothing can be added to it.",
                        known);
                }

                events = [.. events.Where((_, index) => !there[index])];
            }
        }
    }

    /// <summary>The head comes first in the transaction, so that a stale one is 412 and a known event is 409.</summary>
    private async Task<Head> TryWriteAsync(Head head, List<AuditEvent> events)
    {
        List<TableTransactionAction> rows = [];
        var (sequence, hash) = (head.Sequence, head.Hash);
        AuditEntry? last = null;
        foreach (var @event in events)
        {
            var entry = new AuditEntry(
                ++sequence, clock.GetUtcNow(), @event.Event, @event.Subject, @event.Who, @event.Detail, Hash: "");
            last = entry with { Hash = entry.HashAfter(hash) };
            hash = last.Hash;
            rows.Add(new(TableTransactionActionType.Add, AuditRow.Write(committee, last)));
            rows.Add(new(TableTransactionActionType.Add, AuditRow.Once(committee, @event)));
        }

        var next = AuditRow.WriteHead(committee, last!);
        var answer = await table.SubmitTransactionAsync(
            rows.Prepend(head.Tag is { } tag
                ? new(TableTransactionActionType.UpdateReplace, next, tag)
                : new(TableTransactionActionType.Add, next)));
        return new Head(sequence, hash, answer.Value[0].Headers.ETag);
    }

    private async Task<Head> ReadHeadAsync()
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(committee, Keys.AuditHead);
        var (sequence, hash) = row.HasValue ? AuditRow.ReadHead(row.Value!) : AuditRow.NoHead;
        return new Head(sequence, hash, row.HasValue ? row.Value!.ETag : null);
    }

    private async Task<bool> IsThereAsync(AuditEvent @event) =>
        (await table.GetEntityIfExistsAsync<TableEntity>(committee, @event.OnceRow)).HasValue;

    private sealed record Head(long Sequence, string Hash, ETag? Tag);

    private sealed record Waiting(AuditEvent Event)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
