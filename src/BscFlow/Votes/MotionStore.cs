using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using BscFlow.Storage;

namespace BscFlow.Votes;

/// <param name="Version">Another one each time that the row is written.</param>
public sealed record MotionVersion(string Id, DateTimeOffset Opened, string? Meeting, long Version);

/// <summary>How a motion stands, and what was counted of it.</summary>
public sealed record MotionEnd(string Id, string Title, string Text, MotionState State, MotionNews News, string? TallyHash);

/// <summary>A motion in words.</summary>
public sealed record MotionWords(DateTimeOffset Opened, string Title, string Text);

/// <summary>
/// The Motions table, a row a motion, a partition a committee; and beside it the electorates, each a blob that is named for its
/// hash and never changes. Six voters and a hundred thousand go the same way.
/// </summary>
public sealed class MotionStore(TableServiceClient tables, BlobServiceClient blobs)
{
    private readonly TableClient _table = tables.GetTableClient(Keys.MotionsTable);
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.VotesContainer);
    private readonly ElectorateCache _electorates = new(mostVoters: 1_000_000);

    public async Task<Motion?> FindAsync(string committee, string id, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(committee, id, cancellationToken: cancellationToken);
        return row.HasValue ? await ReadAsync(row.Value!, cancellationToken) : null;
    }

    /// <summary>Every motion of a committee, by id.</summary>
    public Task<IReadOnlyList<Motion>> AllAsync(string committee, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {committee}"), cancellationToken);

    /// <summary>Some of them as lists show them, by id: those that come after one. No electorate is read for it.</summary>
    /// <param name="after">An id; empty for the first ones.</param>
    public Task<IReadOnlyList<ListedMotion>> PageAsync(
        string committee, string after, int most, CancellationToken cancellationToken) =>
        ListAsync(TableClient.CreateQueryFilter($"PartitionKey eq {committee} and RowKey gt {after}"), most, cancellationToken);

    /// <summary>Those that can be voted on or opened at a moment or after it, as lists show them, by id.</summary>
    public Task<IReadOnlyList<ListedMotion>> ListOpenOrSinceAsync(
        string committee, DateTimeOffset opened, CancellationToken cancellationToken) =>
        ListAsync(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {committee} and (State eq {nameof(MotionState.Open)} or Opened ge {opened})"),
            most: null,
            cancellationToken);

    /// <summary>
    /// Those that somebody has yet to vote on or to ratify, and those that opened at a moment or after it, by id.
    /// </summary>
    public Task<IReadOnlyList<Motion>> UnsettledOrSinceAsync(
        string committee, DateTimeOffset opened, CancellationToken cancellationToken)
    {
        var unsettled = TableClient.CreateQueryFilter(
            $"State eq {nameof(MotionState.Open)} or State eq {nameof(MotionState.AwaitingRatification)} or Opened ge {opened}");
        var ofCommittee = TableClient.CreateQueryFilter($"PartitionKey eq {committee}");
        return QueryAsync($"{ofCommittee} and ({unsettled})", cancellationToken);
    }

    /// <summary>Those that somebody has yet to vote on or to ratify, by id.</summary>
    public Task<IReadOnlyList<Motion>> UnsettledAsync(string committee, CancellationToken cancellationToken)
    {
        var (open, awaits) = (nameof(MotionState.Open), nameof(MotionState.AwaitingRatification));
        return QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {committee} and (State eq {open} or State eq {awaits})"),
            cancellationToken);
    }

    /// <summary>What every motion says, by id; nothing else of it is read.</summary>
    public async Task<IReadOnlyList<MotionWords>> WordsAsync(string committee, CancellationToken cancellationToken) =>
        await _table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {committee}"),
                select: [nameof(Motion.Opened), nameof(Motion.Title), nameof(Motion.Text)],
                cancellationToken: cancellationToken)
            .Select(row => new MotionWords(
                row.GetDateTimeOffset(nameof(Motion.Opened))!.Value,
                row.GetString(nameof(Motion.Title)),
                row.GetString(nameof(Motion.Text))))
            .ToListAsync(cancellationToken);

    /// <summary>How every motion stands, by id; nothing else of it is read.</summary>
    public async Task<IReadOnlyList<MotionEnd>> EndsAsync(string committee, CancellationToken cancellationToken) =>
        await _table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {committee}"),
                select: MotionRow.EndColumns,
                cancellationToken: cancellationToken)
            .Select(MotionRow.ReadEnd)
            .ToListAsync(cancellationToken);

    /// <summary>The motions that can be voted on, by id.</summary>
    public Task<IReadOnlyList<Motion>> OpenAsync(string committee, CancellationToken cancellationToken) =>
        QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {committee} and State eq {nameof(MotionState.Open)}"),
            cancellationToken);

    /// <summary>The motions that the minutes of a meeting ask for, by id.</summary>
    public Task<IReadOnlyList<Motion>> OfMeetingAsync(string committee, string meetingRow, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Meeting eq {meetingRow}"), cancellationToken);

    /// <summary>The motions that opened at a moment or after it, by id.</summary>
    public Task<IReadOnlyList<Motion>> SinceAsync(string committee, DateTimeOffset opened, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Opened ge {opened}"), cancellationToken);

    /// <summary>Every motion of a committee, by id, with the version of its row; nothing else of it is read.</summary>
    public async Task<IReadOnlyList<MotionVersion>> VersionsAsync(string committee, CancellationToken cancellationToken) =>
        await _table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {committee}"),
                select:
                [
                    nameof(TableEntity.RowKey), nameof(TableEntity.Timestamp), nameof(Motion.Opened), nameof(Motion.Meeting),
                ],
                cancellationToken: cancellationToken)
            .Select(row => new MotionVersion(
                row.RowKey,
                row.GetDateTimeOffset(nameof(Motion.Opened))!.Value,
                row.GetString(nameof(Motion.Meeting)),
                row.Timestamp!.Value.UtcTicks))
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

    /// <summary>
    /// Notes what was done with a motion, on the row as it is by then: ballots that come meanwhile write into it too.
    /// </summary>
    /// <param name="told">As its voters are told of it.</param>
    /// <returns>The motion as stored; null when it is no more what they are told, and nothing was noted.</returns>
    public async Task<Motion?> NoteAsync(Motion told, Func<Motion, Motion> note, CancellationToken cancellationToken)
    {
        var current = told;
        while (true)
        {
            if (await TryUpdateAsync(note(current), cancellationToken) is { } stored)
            {
                return stored;
            }

            if (await FindAsync(told.Committee, told.Id, cancellationToken) is not { } changed || !changed.IsAsToldOf(told))
            {
                return null;
            }

            current = changed;
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
            new TableEntity(motion.Committee, motion.Id) { [column] = value },
            ETag.All,
            TableUpdateMode.Merge,
            cancellationToken);

    /// <param name="most">Null: all.</param>
    private async Task<IReadOnlyList<ListedMotion>> ListAsync(string filter, int? most, CancellationToken cancellationToken) =>
        await _table
            .QueryAsync<TableEntity>(filter, most, MotionRow.ListedColumns, cancellationToken)
            .Take(most ?? int.MaxValue)
            .Select(MotionRow.ReadListed)
            .ToListAsync(cancellationToken);

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
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await ElectorateFile.WriteAsync(
            electorate,
            (bytes, _) =>
            {
                content.AppendData(bytes.Span);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
        var hash = Convert.ToHexStringLower(content.GetHashAndReset());
        var upload = new BlobUpload(_container.GetBlockBlobClient(Keys.ElectorateBlob(committee, hash)), "application/json");
        await ElectorateFile.WriteAsync(electorate, upload.AppendAsync, cancellationToken);
        await upload.CommitAsync(cancellationToken);
        _electorates.Keep(hash, electorate);
        return hash;
    }

    private async Task<Electorate> ElectorateAsync(string committee, string hash, CancellationToken cancellationToken)
    {
        if (_electorates.Find(hash) is { } known)
        {
            return known;
        }

        using var blob = (await _container.GetBlobClient(Keys.ElectorateBlob(committee, hash))
            .DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
        var electorate = await ElectorateFile.ReadAsync(blob.Content, cancellationToken);
        _electorates.Keep(hash, electorate);
        return electorate;
    }

    /// <summary>An electorate that is not known here is one that was changed.</summary>
    private async Task<string> HashAsync(Motion motion, CancellationToken cancellationToken) =>
        _electorates.HashOf(motion.Electorate) ?? await SaveAsync(motion.Committee, motion.Electorate, cancellationToken);
}
