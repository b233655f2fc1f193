using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Something a person wants discussed.</summary>
public sealed record AgendaItem
{
    public required string Committee { get; init; }

    /// <summary>Key of the row; sorts by the time at which it was sent in.</summary>
    public required string Id { get; init; }

    /// <summary>One line of plain text.</summary>
    public required string Text { get; init; }

    /// <summary>Name or address of who sent it in.</summary>
    public string? ProposedBy { get; init; }

    /// <summary>Start of the meeting on whose agenda it stands; null until the next meeting is drafted.</summary>
    public DateTimeOffset? Meeting { get; init; }
}

/// <summary>The Agenda table: what people sent in for a meeting.</summary>
public sealed class AgendaStore(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(Keys.AgendaTable);

    /// <summary>Takes an item; one that is there already stays as it is.</summary>
    public async Task AddAsync(AgendaItem item, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(Write(item), cancellationToken);
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            // Brought again.
        }
    }

    /// <summary>What stands on a meeting's agenda, oldest first.</summary>
    public Task<IReadOnlyList<AgendaItem>> ForMeetingAsync(
        string committee, DateTimeOffset meeting, CancellationToken cancellationToken) =>
        QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Meeting eq {Keys.Instant(meeting)}"),
            cancellationToken);

    /// <summary>What waits for a meeting to be drafted, oldest first.</summary>
    public Task<IReadOnlyList<AgendaItem>> WaitingAsync(string committee, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Meeting eq ''"), cancellationToken);

    /// <summary>
    /// What was sent in and is still to be discussed: for meetings ahead, the first one first, and for none yet.
    /// </summary>
    public async Task<IReadOnlyList<AgendaItem>> AheadAsync(
        string committee, IEnumerable<Meeting> ahead, CancellationToken cancellationToken)
    {
        List<AgendaItem> items = [];
        foreach (var meeting in ahead.Where(meeting => meeting.State is MeetingState.Ahead).OrderBy(meeting => meeting.Start))
        {
            items.AddRange(await ForMeetingAsync(committee, meeting.Start, cancellationToken));
        }

        return [.. items, .. await WaitingAsync(committee, cancellationToken)];
    }

    /// <summary>Puts everything that waits for a meeting on the agenda of this one.</summary>
    /// <returns>The whole agenda of the meeting, oldest first.</returns>
    public async Task<IReadOnlyList<AgendaItem>> TakeAsync(
        string committee, DateTimeOffset meeting, CancellationToken cancellationToken)
    {
        foreach (var item in await WaitingAsync(committee, cancellationToken))
        {
            await _table.UpsertEntityAsync(Write(item with { Meeting = meeting }), TableUpdateMode.Replace, cancellationToken);
        }

        return await ForMeetingAsync(committee, meeting, cancellationToken);
    }

    /// <summary>Lets the agenda of a meeting that is not held wait for the next one.</summary>
    public async Task ReleaseAsync(string committee, DateTimeOffset meeting, CancellationToken cancellationToken)
    {
        foreach (var item in await ForMeetingAsync(committee, meeting, cancellationToken))
        {
            await _table.UpsertEntityAsync(Write(item with { Meeting = null }), TableUpdateMode.Replace, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<AgendaItem>> QueryAsync(string filter, CancellationToken cancellationToken)
    {
        var items = new List<AgendaItem>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            var meeting = row.GetString(nameof(AgendaItem.Meeting));
            items.Add(new AgendaItem
            {
                Committee = row.PartitionKey,
                Id = row.RowKey,
                Text = row.GetString(nameof(AgendaItem.Text)),
                ProposedBy = row.GetString(nameof(AgendaItem.ProposedBy)),
                Meeting = string.IsNullOrEmpty(meeting) ? null : Keys.ParseInstant(meeting),
            });
        }

        return items;
    }

    // A query cannot ask for a missing property, so that an item without meeting holds an empty one.
    private static TableEntity Write(AgendaItem item) => new(item.Committee, item.Id)
    {
        ["v"] = 1,
        [nameof(AgendaItem.Text)] = item.Text,
        [nameof(AgendaItem.ProposedBy)] = item.ProposedBy,
        [nameof(AgendaItem.Meeting)] = item.Meeting is { } meeting ? Keys.Instant(meeting) : "",
    };
}
