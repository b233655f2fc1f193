using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>The Meetings table: a row a meeting, a partition a committee.</summary>
public sealed class MeetingStore(TableServiceClient tables)
{
    /// <summary>How far back to look before the whole partition is read.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(400);

    private readonly TableClient _table = tables.GetTableClient(Keys.MeetingsTable);

    /// <summary>Every meeting of a committee, by number; those without number last.</summary>
    public async Task<IReadOnlyList<Meeting>> AllAsync(string committee, CancellationToken cancellationToken) =>
        await QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {committee}"), cancellationToken);

    /// <summary>Some of them, by row: those that come after one.</summary>
    /// <param name="after">As <see cref="Meeting.Row"/> gives it; empty for the first ones.</param>
    public async Task<IReadOnlyList<Meeting>> PageAsync(
        string committee, string after, int most, CancellationToken cancellationToken) =>
        await _table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {committee} and RowKey gt {after}"),
                maxPerPage: most,
                cancellationToken: cancellationToken)
            .Take(most)
            .Select(Read)
            .ToListAsync(cancellationToken);

    /// <summary>The meetings that start at a moment or after it.</summary>
    public async Task<IReadOnlyList<Meeting>> SinceAsync(
        string committee, DateTimeOffset moment, CancellationToken cancellationToken) =>
        await QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Start ge {moment}"), cancellationToken);

    /// <summary>The meetings that start at a moment or after it, and those before it of which no minutes are published.</summary>
    public async Task<IReadOnlyList<Meeting>> UnpublishedOrSinceAsync(
        string committee, DateTimeOffset moment, CancellationToken cancellationToken) =>
        await QueryAsync(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {committee} and (Start ge {moment} or State ne {nameof(MeetingState.Published)})"),
            cancellationToken);

    /// <summary>The meeting that starts at a moment.</summary>
    public async Task<Meeting?> AtAsync(string committee, DateTimeOffset start, CancellationToken cancellationToken) =>
        await QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Start eq {start}"), cancellationToken)
            is [var found, ..] ? found : null;

    /// <summary>The latest meeting before a moment that is wanted; null when there is none.</summary>
    public async Task<Meeting?> LastBeforeAsync(
        string committee, DateTimeOffset moment, Func<Meeting, bool> wanted, CancellationToken cancellationToken)
    {
        // Nearly always it is among those of the last year, and the others are left where they are.
        return Last(await QueryAsync(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {committee} and Start lt {moment} and Start ge {moment - Recent}"), cancellationToken))
            ?? Last(await QueryAsync(
                TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Start lt {moment}"), cancellationToken));

        Meeting? Last(IEnumerable<Meeting> meetings) => meetings.Where(wanted).MaxBy(meeting => meeting.Start);
    }

    /// <param name="row">As <see cref="Meeting.Row"/> gives it.</param>
    public async Task<Meeting?> FindAsync(string committee, string row, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(committee, row, cancellationToken: cancellationToken);
        return entity.HasValue ? Read(entity.Value!) : null;
    }

    /// <returns>The meeting as stored, or null when its row is taken.</returns>
    public async Task<Meeting?> TryAddAsync(Meeting meeting, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _table.AddEntityAsync(Write(meeting), cancellationToken);
            return meeting with { ETag = answer.Headers.ETag!.Value };
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return null;
        }
    }

    /// <summary>
    /// Puts a meeting on the books under the next number, one more than the highest that a row holds, so that a gap is never
    /// filled; a meeting that is there already for its start stays.
    /// </summary>
    /// <remarks>
    /// Two workers may claim at once: the row of a number is added once, and who loses reads again. The number is found before
    /// the start is looked up: were the same meeting added in between, then under this number, and this claim would lose.
    /// </remarks>
    public async Task<Meeting> ClaimAsync(Meeting meeting, CancellationToken cancellationToken)
    {
        while (true)
        {
            var number = await HighestNumberAsync(meeting, cancellationToken) + 1;
            if (await AtAsync(meeting.Committee, meeting.Start, cancellationToken) is { } claimed)
            {
                return claimed;
            }

            if (await TryAddAsync(meeting with { Number = number }, cancellationToken) is { } added)
            {
                return added;
            }
        }
    }

    /// <returns>The meeting as stored, or null when its row changed since it was read; nothing was written then.</returns>
    public async Task<Meeting?> TryUpdateAsync(Meeting meeting, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _table.UpdateEntityAsync(
                Write(meeting), meeting.ETag, TableUpdateMode.Replace, cancellationToken);
            return meeting with { ETag = answer.Headers.ETag!.Value };
        }
        catch (RequestFailedException lost) when (lost.Status is 412 or 404)
        {
            return null;
        }
    }

    /// <summary>Takes a meeting's number away: its row moves to the one of its date, in one transaction.</summary>
    /// <returns>The meeting as stored, or null when its row changed since it was read.</returns>
    public async Task<Meeting?> TryTakeNumberAsync(Meeting meeting, CancellationToken cancellationToken)
    {
        var unnumbered = meeting with { Number = null, FormerNumber = meeting.Number };
        try
        {
            var answer = await _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Delete, Write(meeting), meeting.ETag),
                new(TableTransactionActionType.Add, Write(unnumbered)),
            ], cancellationToken);
            return unnumbered with { ETag = answer.Value[1].Headers.ETag!.Value };
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    /// <summary>Nearly always a recent meeting has it; that none is above that one is asked, not assumed.</summary>
    private async Task<int> HighestNumberAsync(Meeting next, CancellationToken cancellationToken)
    {
        var committee = next.Committee;
        var recent = await HighestAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Number ge {0} and Start ge {next.Start - Recent}"));
        return await HighestAsync(TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Number ge {recent}"));

        async Task<int> HighestAsync(string filter) => await _table
            .QueryAsync<TableEntity>(filter, select: [nameof(Meeting.Number)], cancellationToken: cancellationToken)
            .Select(row => row.GetInt32(nameof(Meeting.Number))!.Value)
            .DefaultIfEmpty()
            .MaxAsync(cancellationToken: cancellationToken);
    }

    private async Task<IReadOnlyList<Meeting>> QueryAsync(string filter, CancellationToken cancellationToken)
    {
        var meetings = new List<Meeting>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            meetings.Add(Read(row));
        }

        return meetings;
    }

    private static TableEntity Write(Meeting meeting) => new(meeting.Committee, meeting.Row)
    {
        ["v"] = 1,
        [nameof(Meeting.Number)] = meeting.Number,
        [nameof(Meeting.FormerNumber)] = meeting.FormerNumber,
        [nameof(Meeting.Start)] = meeting.Start,
        ["Minutes"] = (int)meeting.Length.TotalMinutes,
        [nameof(Meeting.Special)] = meeting.Special,
        [nameof(Meeting.State)] = meeting.State.ToString(),
        [nameof(Meeting.Chair)] = meeting.Chair,
        [nameof(Meeting.ChairChanges)] = meeting.ChairChanges,
        [nameof(Meeting.Reason)] = meeting.Reason,
        [nameof(Meeting.EventId)] = meeting.EventId,
        [nameof(Meeting.DraftedAt)] = meeting.DraftedAt,
        [nameof(Meeting.AgendaSentAt)] = meeting.AgendaSentAt,
        [nameof(Meeting.RemindedAt)] = meeting.RemindedAt,
        [nameof(Meeting.MinutesAskedAt)] = meeting.MinutesAskedAt,
        [nameof(Meeting.MinutesAskedAgainAt)] = meeting.MinutesAskedAgainAt,
        [nameof(Meeting.MinutesBegunAt)] = meeting.MinutesBegunAt,
        [nameof(Meeting.MinutesSavedAt)] = meeting.MinutesSavedAt,
        [nameof(Meeting.CirculatedAt)] = meeting.CirculatedAt,
        [nameof(Meeting.ObjectionsUntil)] = meeting.ObjectionsUntil,
        [nameof(Meeting.Objections)] = string.Join(' ', meeting.Objections),
        [nameof(Meeting.PublishedAt)] = meeting.PublishedAt,
        [nameof(Meeting.PublishedText)] = meeting.PublishedText,
        [nameof(Meeting.MotionsProposedAt)] = meeting.MotionsProposedAt,
        [nameof(Meeting.CancellationToldAt)] = meeting.CancellationToldAt,
    };

    private static Meeting Read(TableEntity row) => new()
    {
        Committee = row.PartitionKey,
        Number = row.GetInt32(nameof(Meeting.Number)),
        FormerNumber = row.GetInt32(nameof(Meeting.FormerNumber)),
        Start = row.GetDateTimeOffset(nameof(Meeting.Start))!.Value,
        Length = TimeSpan.FromMinutes(row.GetInt32("Minutes")!.Value),
        Special = row.GetBoolean(nameof(Meeting.Special)) ?? false,
        State = Enum.Parse<MeetingState>(row.GetString(nameof(Meeting.State))),
        Chair = row.GetString(nameof(Meeting.Chair)),
        ChairChanges = row.GetInt32(nameof(Meeting.ChairChanges)) ?? 0,
        Reason = row.GetString(nameof(Meeting.Reason)),
        EventId = row.GetString(nameof(Meeting.EventId)),
        DraftedAt = row.GetDateTimeOffset(nameof(Meeting.DraftedAt)),
        AgendaSentAt = row.GetDateTimeOffset(nameof(Meeting.AgendaSentAt)),
        RemindedAt = row.GetDateTimeOffset(nameof(Meeting.RemindedAt)),
        MinutesAskedAt = row.GetDateTimeOffset(nameof(Meeting.MinutesAskedAt)),
        MinutesAskedAgainAt = row.GetDateTimeOffset(nameof(Meeting.MinutesAskedAgainAt)),
        MinutesBegunAt = row.GetDateTimeOffset(nameof(Meeting.MinutesBegunAt)),
        MinutesSavedAt = row.GetDateTimeOffset(nameof(Meeting.MinutesSavedAt)),
        CirculatedAt = row.GetDateTimeOffset(nameof(Meeting.CirculatedAt)),
        ObjectionsUntil = row.GetDateTimeOffset(nameof(Meeting.ObjectionsUntil)),
        Objections = (row.GetString(nameof(Meeting.Objections)) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        PublishedAt = row.GetDateTimeOffset(nameof(Meeting.PublishedAt)),
        PublishedText = row.GetString(nameof(Meeting.PublishedText)),
        MotionsProposedAt = row.GetDateTimeOffset(nameof(Meeting.MotionsProposedAt)),
        CancellationToldAt = row.GetDateTimeOffset(nameof(Meeting.CancellationToldAt)),
        ETag = row.ETag,
    };
}
