using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>How far a mailbox was read.</summary>
public sealed record MailboxState
{
    /// <summary>Where the next look goes on; null begins anew.</summary>
    public string? Link { get; init; }

    /// <summary>All mail that was received before this moment is in.</summary>
    public DateTimeOffset? CollectedUpTo { get; init; }

    /// <summary>When it was last read to its end.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>Whether some mail could not be taken when it was last read.</summary>
    public bool HasFailed { get; init; }
}

/// <summary>Where Graph tells of new mail in a mailbox.</summary>
/// <param name="Id">Graph's.</param>
/// <param name="ClientState">Comes with each notification and proves it.</param>
/// <param name="Notifications">Where they go.</param>
/// <param name="RenewedAt">When it was last asked for.</param>
public sealed record MailboxSubscription(
    string Id, string Mailbox, string ClientState, Uri Notifications, DateTimeOffset RenewedAt, DateTimeOffset Expires)
{
    /// <summary>Of the mailbox's row as it was read.</summary>
    public ETag ETag { get; init; }
}

/// <summary>What is remembered of each mailbox: rows of the Mail table, in a partition a mailbox.</summary>
public sealed class MailboxStates(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(Keys.MailTable);

    public async Task<MailboxState> GetAsync(string mailbox, CancellationToken cancellationToken) =>
        await RowAsync(Keys.MailboxPartition(mailbox), Keys.MailboxRead, cancellationToken) is { } row
            ? new()
            {
                Link = row.GetString(nameof(MailboxState.Link)),
                CollectedUpTo = row.GetDateTimeOffset(nameof(MailboxState.CollectedUpTo)),
                LookedAt = row.GetDateTimeOffset(nameof(MailboxState.LookedAt)),
                HasFailed = row.GetBoolean(nameof(MailboxState.HasFailed)) ?? false,
            }
            : new();

    /// <remarks>Only who holds the mailbox's lease writes it. An old link would only be read again.</remarks>
    public Task SaveAsync(string mailbox, MailboxState state, CancellationToken cancellationToken) => _table.UpsertEntityAsync(
        new TableEntity(Keys.MailboxPartition(mailbox), Keys.MailboxRead)
        {
            ["v"] = 1,
            [nameof(MailboxState.Link)] = state.Link,
            [nameof(MailboxState.CollectedUpTo)] = state.CollectedUpTo,
            [nameof(MailboxState.LookedAt)] = state.LookedAt,
            [nameof(MailboxState.HasFailed)] = state.HasFailed,
        },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>Has whoever is reading the mailbox read it once more.</summary>
    public Task WantAsync(string mailbox, CancellationToken cancellationToken) => _table.UpsertEntityAsync(
        new TableEntity(Keys.MailboxPartition(mailbox), Keys.MailboxWanted) { ["v"] = 1 },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>Differs from an earlier answer when somebody wanted the mailbox read in between.</summary>
    public async Task<ETag?> WantedAsync(string mailbox, CancellationToken cancellationToken) =>
        (await RowAsync(Keys.MailboxPartition(mailbox), Keys.MailboxWanted, cancellationToken))?.ETag;

    public async Task<MailboxSubscription?> FindSubscriptionAsync(string mailbox, CancellationToken cancellationToken) =>
        await RowAsync(Keys.MailboxPartition(mailbox), Keys.MailboxSubscription, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>The subscription by its id; null for one that is not ours, or was given up.</summary>
    public async Task<MailboxSubscription?> FindSubscriptionByIdAsync(string id, CancellationToken cancellationToken) =>
        await RowAsync(Keys.SubscriptionsPartition, Keys.SubscriptionRow(id), cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Puts a subscription in the place of an earlier one, whose notifications are then no longer believed.</summary>
    /// <param name="former">As it was read; null where there was none.</param>
    /// <returns>False when somebody else put one there meanwhile; theirs stands.</returns>
    public async Task<bool> TrySaveAsync(
        MailboxSubscription subscription, MailboxSubscription? former, CancellationToken cancellationToken)
    {
        await _table.UpsertEntityAsync(
            Write(subscription, Keys.SubscriptionsPartition, Keys.SubscriptionRow(subscription.Id)),
            TableUpdateMode.Replace,
            cancellationToken);
        var row = Write(subscription, Keys.MailboxPartition(subscription.Mailbox), Keys.MailboxSubscription);
        try
        {
            if (former is null)
            {
                await _table.AddEntityAsync(row, cancellationToken);
            }
            else
            {
                await _table.UpdateEntityAsync(row, former.ETag, TableUpdateMode.Replace, cancellationToken);
            }
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            if (former?.Id != subscription.Id)
            {
                await ForgetAsync(subscription.Id, cancellationToken);
            }

            return false;
        }

        if (former is not null && former.Id != subscription.Id)
        {
            await ForgetAsync(former.Id, cancellationToken);
        }

        return true;
    }

    private Task<Response> ForgetAsync(string subscription, CancellationToken cancellationToken) => _table.DeleteEntityAsync(
        Keys.SubscriptionsPartition, Keys.SubscriptionRow(subscription), ETag.All, cancellationToken);

    private async Task<TableEntity?> RowAsync(string partition, string row, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    private static TableEntity Write(MailboxSubscription subscription, string partition, string row) => new(partition, row)
    {
        ["v"] = 1,
        [nameof(MailboxSubscription.Id)] = subscription.Id,
        [nameof(MailboxSubscription.Mailbox)] = subscription.Mailbox,
        [nameof(MailboxSubscription.ClientState)] = subscription.ClientState,
        [nameof(MailboxSubscription.Notifications)] = subscription.Notifications.AbsoluteUri,
        [nameof(MailboxSubscription.RenewedAt)] = subscription.RenewedAt,
        [nameof(MailboxSubscription.Expires)] = subscription.Expires,
    };

    private static MailboxSubscription Read(TableEntity row) => new(
        row.GetString(nameof(MailboxSubscription.Id)),
        row.GetString(nameof(MailboxSubscription.Mailbox)),
        row.GetString(nameof(MailboxSubscription.ClientState)),
        new Uri(row.GetString(nameof(MailboxSubscription.Notifications))),
        row.GetDateTimeOffset(nameof(MailboxSubscription.RenewedAt))!.Value,
        row.GetDateTimeOffset(nameof(MailboxSubscription.Expires))!.Value)
    {
        ETag = row.ETag,
    };
}
