using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Storage;

namespace BscFlow.Votes;

/// <param name="Version">Another one each time that the row is written.</param>
public sealed record MotionVersion(string Id, DateTimeOffset Opened, long Version);

/// <summary>
/// The Motions table, a row a motion, a partition a committee; and beside it the electorates, each a blob that is named for its
/// hash and never changes. Six voters and a hundred thousand go the same way.
/// </summary>
public sealed class MotionStore(TableServiceClient tables, BlobServiceClient blobs)
{
    private const int ElectoratesKept = 32;

    /// <summary>Of all electorates that are kept: some tens of megabytes.</summary>
    private const int VotersKept = 200_000;

    private readonly TableClient _table = tables.GetTableClient(Keys.MotionsTable);
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.VotesContainer);
    private readonly ConcurrentDictionary<string, Electorate> _electorates = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<Electorate, string> _hashes = [];

    public async Task<Motion?> FindAsync(string committee, string id, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(committee, id, cancellationToken: cancellationToken);
        return row.HasValue ? await ReadAsync(row.Value!, cancellationToken) : null;
    }

    /// <summary>Every motion of a committee, by id.</summary>
    public Task<IReadOnlyList<Motion>> AllAsync(string committee, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {committee}"), cancellationToken);

    /// <summary>The motions that can be voted on, by id.</summary>
    public Task<IReadOnlyList<Motion>> OpenAsync(string committee, CancellationToken cancellationToken) =>
        QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {committee} and State eq {nameof(MotionState.Open)}"),
            cancellationToken);

    /// <summary>The motions that opened at a moment or after it, by id.</summary>
    public Task<IReadOnlyList<Motion>> SinceAsync(string committee, DateTimeOffset opened, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Opened ge {opened}"), cancellationToken);

    /// <summary>Every motion of a committee, by id, with the version of its row; nothing else of it is read.</summary>
    public async Task<IReadOnlyList<MotionVersion>> VersionsAsync(string committee, CancellationToken cancellationToken) =>
        await _table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {committee}"),
                select: [nameof(TableEntity.RowKey), nameof(TableEntity.Timestamp), nameof(Motion.Opened)],
                cancellationToken: cancellationToken)
            .Select(row => new MotionVersion(
                row.RowKey, row.GetDateTimeOffset(nameof(Motion.Opened))!.Value, row.Timestamp!.Value.UtcTicks))
            .ToListAsync(cancellationToken);

    /// <summary>The motions for which something is left to do; no electorate is read for it.</summary>
    public async Task<IReadOnlyList<PendingMotion>> PendingAsync(string committee, CancellationToken cancellationToken)
    {
        List<PendingMotion> pending = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Pending eq true");
        await foreach (var row in _table.QueryAsync<TableEntity>(
            filter, select: MotionRow.PendingColumns, cancellationToken: cancellationToken))
        {
            pending.Add(MotionRow.ReadPending(row));
        }

        return pending;
    }

    /// <returns>The motion as stored, or null when its id is taken.</returns>
    public async Task<Motion?> TryAddAsync(Motion motion, CancellationToken cancellationToken)
    {
        var electorate = await SaveAsync(motion.Committee, motion.Electorate, cancellationToken);
        try
        {
            var answer = await _table.AddEntityAsync(MotionRow.Write(motion, electorate), cancellationToken);
            return motion with { ETag = answer.Headers.ETag!.Value };
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return null;
        }
    }

    /// <param name="motion">As it was read, and changed.</param>
    /// <returns>The motion as stored, or null when its row changed since it was read; nothing was written then.</returns>
    public async Task<Motion?> TryUpdateAsync(Motion motion, CancellationToken cancellationToken)
    {
        var electorate = await HashAsync(motion, cancellationToken);
        try
        {
            var answer = await _table.UpdateEntityAsync(
                MotionRow.Write(motion, electorate), motion.ETag, TableUpdateMode.Replace, cancellationToken);
            return motion with { ETag = answer.Headers.ETag!.Value };
        }
        catch (RequestFailedException lost) when (lost.Status is 412 or 404)
        {
            return null;
        }
    }

    /// <summary>Notes how far its voters have been told of it, on the row as it is when that is written.</summary>
    /// <param name="told">As they were told of it.</param>
    /// <returns>The motion as stored, or null when it is no longer what they were told; nothing was written then.</returns>
    public async Task<Motion?> TryNoteToldAsync(Motion told, Func<Motion, Motion> change, CancellationToken cancellationToken)
    {
        var motion = told;
        while (true)
        {
            if (await TryUpdateAsync(change(motion), cancellationToken) is { } stored)
            {
                return stored;
            }

            if (await FindAsync(told.Committee, told.Id, cancellationToken) is not { } now || !now.TellsTheSameAs(told))
            {
                return null;
            }

            motion = now;
        }
    }

    /// <summary>Changes a motion by one of its own methods, on the row as it is when the change is written.</summary>
    /// <param name="who">Whose change it is.</param>
    public async Task<MotionChange> ChangeAsync(
        string committee, string id, string who, Func<Motion, MotionChange> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(committee, id, cancellationToken) is not { } motion)
            {
                return new MotionChange.Unknown();
            }

            var wanted = change(motion);
            if (wanted is not MotionChange.Made made)
            {
                return wanted;
            }

            if (await TryUpdateAsync(made.Motion with { By = who }, cancellationToken) is { } stored)
            {
                return new MotionChange.Made(stored);
            }
        }
    }

    /// <summary>Says that a ballot came which might let the motion close early.</summary>
    public Task MarkBallotAsync(Motion motion, DateTimeOffset now, CancellationToken cancellationToken) =>
        MarkAsync(motion, nameof(Motion.LastBallot), now, cancellationToken);

    /// <summary>Says how far the count of a large motion has come.</summary>
    public Task MarkCountedAsync(Motion motion, int counted, CancellationToken cancellationToken) =>
        MarkAsync(motion, nameof(Motion.Counted), counted, cancellationToken);

    private Task<Response> MarkAsync(Motion motion, string column, object value, CancellationToken cancellationToken) =>
        _table.UpdateEntityAsync(
            new TableEntity(motion.Committee, motion.Id) { [column] = value }, ETag.All, TableUpdateMode.Merge, cancellationToken);

    private async Task<IReadOnlyList<Motion>> QueryAsync(string filter, CancellationToken cancellationToken)
    {
        List<Motion> motions = [];
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            motions.Add(await ReadAsync(row, cancellationToken));
        }

        return motions;
    }

    private async Task<Motion> ReadAsync(TableEntity row, CancellationToken cancellationToken) => MotionRow.Read(
        row, await ElectorateAsync(row.PartitionKey, row.GetString(MotionRow.Electorate), cancellationToken));

    private async Task<string> SaveAsync(string committee, Electorate electorate, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(electorate, MotionJson.Default.Electorate);
        var hash = Convert.ToHexStringLower(SHA256.HashData(json));
        await _container.GetBlobClient(Keys.ElectorateBlob(committee, hash)).UploadAsync(
            new BinaryData(json),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } },
            cancellationToken);
        return Keep(hash, electorate);
    }

    private async Task<Electorate> ElectorateAsync(string committee, string hash, CancellationToken cancellationToken)
    {
        if (_electorates.TryGetValue(hash, out var known))
        {
            return known;
        }

        var blob = await _container.GetBlobClient(Keys.ElectorateBlob(committee, hash)).DownloadContentAsync(cancellationToken);
        var electorate = JsonSerializer.Deserialize(
            blob.Value.Content.ToMemory().Span, MotionJson.Default.Electorate)!;
        Keep(hash, electorate);
        return electorate;
    }

    private string Keep(string hash, Electorate electorate)
    {
        if (_electorates.Count >= ElectoratesKept || _electorates.Values.Sum(kept => kept.Count) + electorate.Count > VotersKept)
        {
            _electorates.Clear();
        }

        _electorates[hash] = electorate;
        _hashes.AddOrUpdate(electorate, hash);
        return hash;
    }

    /// <summary>An electorate that is not known here is one that was changed.</summary>
    private async Task<string> HashAsync(Motion motion, CancellationToken cancellationToken) =>
        _hashes.TryGetValue(motion.Electorate, out var hash)
            ? hash
            : await SaveAsync(motion.Committee, motion.Electorate, cancellationToken);
}
