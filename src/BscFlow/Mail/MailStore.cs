using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>The Mail table: what each incoming mail was taken for, and why.</summary>
/// <remarks>
/// A mail is a row that sorts by time, and one that finds it by its Message-ID. Two more, written and deleted in one transaction
/// with what they stand for, list the mails that wait for a person and those whose text is still to be erased: both lists are
/// short, whatever the table holds.
/// </remarks>
public sealed class MailStore(TableServiceClient tables)
{
    /// <summary>A list holds keys alone. Of a vote by very many some thousand mails may have come back.</summary>
    private const int ListedAtOnce = 16;

    private readonly TableClient _table = tables.GetTableClient(Keys.MailTable);

    /// <param name="id">As <see cref="Keys.MailId"/> or <see cref="Keys.MailCopyId"/> makes it.</param>
    public async Task<SeenMail?> FindSeenAsync(string committee, string id, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(
            committee, Keys.MailSeen(id), cancellationToken: cancellationToken);
        return found is { HasValue: true, Value: { } row }
            ? new(
                id,
                row.GetString(nameof(SeenMail.GraphId)),
                row.GetDateTimeOffset(nameof(SeenMail.Received))!.Value,
                row.GetBoolean(nameof(SeenMail.Acted))!.Value,
                row.GetString(nameof(SeenMail.CastIn)),
                row.GetBoolean(nameof(SeenMail.Secret)) ?? false)
            : null;
    }

    /// <param name="id">As it stands in a route, where anything may stand.</param>
    public async Task<CollectedMail?> FindAsync(string committee, string id, CancellationToken cancellationToken)
    {
        if (!IsId(id) || await FindSeenAsync(committee, id, cancellationToken) is not { } seen)
        {
            return null;
        }

        var row = await _table.GetEntityAsync<TableEntity>(
            committee, Keys.MailEntry(seen.Received, id), cancellationToken: cancellationToken);
        return CollectedMailRow.Read(row.Value);
    }

    /// <returns>False when a mail of this id is on record; nothing was written then.</returns>
    public async Task<bool> TryAddAsync(CollectedMail mail, CancellationToken cancellationToken)
    {
        List<TableTransactionAction> writes =
        [
            new(TableTransactionActionType.Add, CollectedMailRow.Write(mail)),
            new(TableTransactionActionType.Add, CollectedMailRow.Seen(mail)),
        ];
        if (mail.IsOpen)
        {
            writes.Add(new(TableTransactionActionType.Add, Listing(mail, Keys.OpenMail(mail.Received, mail.Id))));
        }

        if (mail.Secret)
        {
            writes.Add(new(TableTransactionActionType.Add, Listing(mail, Keys.SecretMail(mail.Received, mail.Id))));
        }

        try
        {
            await _table.SubmitTransactionAsync(writes, cancellationToken);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return false;
        }
    }

    /// <returns>The mail as stored, or null when its row changed since it was read; nothing was written then.</returns>
    public async Task<CollectedMail?> TryUpdateAsync(CollectedMail mail, CancellationToken cancellationToken)
    {
        var listing = Listing(mail, Keys.OpenMail(mail.Received, mail.Id));
        try
        {
            if (mail.IsOpen)
            {
                var answers = await _table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.UpdateReplace, CollectedMailRow.Write(mail), mail.ETag),
                    new(TableTransactionActionType.UpsertReplace, listing),
                ], cancellationToken);
                return mail with { ETag = answers.Value[0].Headers.ETag!.Value };
            }

            var answer = await _table.UpdateEntityAsync(
                CollectedMailRow.Write(mail), mail.ETag, TableUpdateMode.Replace, cancellationToken);

            // A transaction cannot delete what may not be there. A listing that outlives a crash here is dropped when it is read.
            await _table.DeleteEntityAsync(listing.PartitionKey, listing.RowKey, ETag.All, cancellationToken);
            return mail with { ETag = answer.Headers.ETag!.Value };
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <summary>The mails of a committee, the newest first.</summary>
    /// <param name="after">Id of a mail that may be gone from the list: what is older than it. Null: from the newest on.</param>
    public async IAsyncEnumerable<CollectedMail> ListAsync(
        string committee, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await StartAsync(committee, after, Keys.MailStart, Keys.MailEntry, cancellationToken) is not { } start)
        {
            yield break;
        }

        await foreach (var row in RowsAsync(committee, start, Keys.MailEnd, select: null, cancellationToken))
        {
            yield return CollectedMailRow.Read(row);
        }
    }

    /// <summary>The mails that wait for a person, the newest first.</summary>
    /// <inheritdoc cref="ListAsync"/>
    public async IAsyncEnumerable<CollectedMail> ListOpenAsync(
        string committee, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await StartAsync(committee, after, Keys.OpenMailStart, Keys.OpenMail, cancellationToken) is not { } start)
        {
            yield break;
        }

        await foreach (var mail in ListedAsync(committee, start, Keys.OpenMailEnd, cancellationToken))
        {
            if (mail.IsOpen)
            {
                yield return mail;
            }
        }
    }

    /// <summary>The mails whose text is still to be erased.</summary>
    public IAsyncEnumerable<CollectedMail> ListSecretAsync(string committee, CancellationToken cancellationToken) =>
        ListedAsync(committee, Keys.SecretMailStart, Keys.SecretMailEnd, cancellationToken);

    /// <summary>The text of a secret mail is gone from its blob and from the mailbox.</summary>
    public async Task ErasedAsync(CollectedMail mail, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateMerge, CollectedMailRow.WithoutRaw(mail), ETag.All),
                new(TableTransactionActionType.Delete, Listing(mail, Keys.SecretMail(mail.Received, mail.Id)), ETag.All),
            ], cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // Another worker erased it meanwhile.
        }
    }

    /// <returns>The first row of a list that may be wanted; null where there is no such mail.</returns>
    private async Task<string?> StartAsync(
        string committee,
        string? after,
        string first,
        Func<DateTimeOffset, string, string> row,
        CancellationToken cancellationToken)
    {
        if (after is null)
        {
            return first;
        }

        return IsId(after) && await FindSeenAsync(committee, after, cancellationToken) is { } seen
            ? Keys.Behind(row(seen.Received, after))
            : null;
    }

    private static bool IsId(string text) => text.All(c => char.IsAsciiHexDigitLower(c) || c == '-');

    private async IAsyncEnumerable<CollectedMail> ListedAsync(
        string committee, string start, string end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = RowsAsync(committee, start, end, [nameof(TableEntity.RowKey)], cancellationToken);
        await foreach (var some in rows.Chunk(ListedAtOnce).WithCancellation(cancellationToken))
        {
            var mails = some.Select(listing => FindAsync(committee, Keys.MailIdIn(listing.RowKey), cancellationToken));
            foreach (var mail in (await Task.WhenAll(mails)).OfType<CollectedMail>())
            {
                yield return mail;
            }
        }
    }

    private AsyncPageable<TableEntity> RowsAsync(
        string committee, string start, string end, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {committee} and RowKey ge {start} and RowKey lt {end}"),
            select: select,
            cancellationToken: cancellationToken);

    private static TableEntity Listing(CollectedMail mail, string row) => new(mail.Committee, row) { ["v"] = 1 };
}
