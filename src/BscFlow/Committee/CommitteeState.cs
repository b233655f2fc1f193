using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Committee;

/// <summary>What is remembered of a committee as a whole: one row of the Committees table.</summary>
public sealed record CommitteeState
{
    public required string Committee { get; init; }

    /// <summary>When the secretary took office; what was due before is not made up for.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The Monday of the last week in which owners were reminded of their action items.</summary>
    public DateOnly? OwnersRemindedFor { get; init; }

    /// <summary>
    /// The moment of which the public pages tell; null before they were first published for no reason but the time.
    /// </summary>
    public DateTimeOffset? SiteAsOf { get; init; }

    /// <summary>Names the last change of a published year's file; null before the first that was noted.</summary>
    public string? MinutesChanged { get; init; }

    /// <summary>The change up to which the minutes were offered to the committee's repository; null: never.</summary>
    public string? MinutesOffered { get; init; }

    /// <summary>Whether the repository has yet to be offered something, where there is one.</summary>
    public bool HasMinutesToOffer => MinutesOffered != (MinutesChanged ?? "");

    public ETag ETag { get; init; }
}

/// <summary>Keeps <see cref="CommitteeState"/>.</summary>
public sealed class CommitteeStateStore(TableServiceClient tables, TimeProvider clock)
{
    private readonly TableClient _table = tables.GetTableClient(Keys.CommitteesTable);

    /// <summary>The state of a committee; a committee that is new starts now.</summary>
    public async Task<CommitteeState> GetAsync(string committee, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await _table.GetEntityIfExistsAsync<TableEntity>(
                committee, Keys.CommitteeRow, cancellationToken: cancellationToken);
            if (row.HasValue)
            {
                return new CommitteeState
                {
                    Committee = committee,
                    Since = row.Value!.GetDateTimeOffset(nameof(CommitteeState.Since))!.Value,
                    OwnersRemindedFor = row.Value.GetDateTimeOffset(nameof(CommitteeState.OwnersRemindedFor)) is { } monday
                        ? DateOnly.FromDateTime(monday.UtcDateTime)
                        : null,
                    SiteAsOf = row.Value.GetDateTimeOffset(nameof(CommitteeState.SiteAsOf)),
                    MinutesChanged = row.Value.GetString(nameof(CommitteeState.MinutesChanged)),
                    MinutesOffered = row.Value.GetString(nameof(CommitteeState.MinutesOffered)),
                    ETag = row.Value.ETag,
                };
            }

            try
            {
                var state = new CommitteeState { Committee = committee, Since = clock.GetUtcNow() };
                await _table.AddEntityAsync(Row(state), cancellationToken);
            }
            catch (RequestFailedException conflict) when (conflict.Status == 409)
            {
                // Another worker was first; its row is read in the next round.
            }
        }
    }

    /// <summary>Notes that a year's file is another one now.</summary>
    /// <param name="change">Another one for each change.</param>
    public Task NoteMinutesAsync(string committee, string change, CancellationToken cancellationToken) =>
        UpdateAsync(committee, state => state with { MinutesChanged = change }, cancellationToken);

    /// <summary>Changes the state as it is by then, whoever else changes it meanwhile.</summary>
    public async Task UpdateAsync(
        string committee, Func<CommitteeState, CommitteeState> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = await GetAsync(committee, cancellationToken);
            var changed = change(state);
            if (changed == state || await TryUpdateAsync(changed, cancellationToken))
            {
                return;
            }
        }
    }

    /// <returns>False when the row changed since it was read; nothing was written then.</returns>
    public async Task<bool> TryUpdateAsync(CommitteeState state, CancellationToken cancellationToken)
    {
        try
        {
            await _table.UpdateEntityAsync(Row(state), state.ETag, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status == 412)
        {
            return false;
        }
    }

    private static TableEntity Row(CommitteeState state) => new(state.Committee, Keys.CommitteeRow)
    {
        ["v"] = 1,
        [nameof(CommitteeState.Since)] = state.Since,
        [nameof(CommitteeState.OwnersRemindedFor)] =
            state.OwnersRemindedFor is { } monday ? new DateTimeOffset(monday, TimeOnly.MinValue, TimeSpan.Zero) : null,
        [nameof(CommitteeState.SiteAsOf)] = state.SiteAsOf,
        [nameof(CommitteeState.MinutesChanged)] = state.MinutesChanged,
        [nameof(CommitteeState.MinutesOffered)] = state.MinutesOffered,
    };
}
