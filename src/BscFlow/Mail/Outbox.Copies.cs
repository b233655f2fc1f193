using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>A mail that has left and of which the mailbox still keeps a copy that it must not keep.</summary>
/// <param name="Mailbox">Address of the mailbox that sent it.</param>
public sealed record CopyToErase(string Committee, string Key, string Mailbox);

public sealed partial class Outbox
{
    private const string CopyIn = "Mailbox";

    /// <summary>Mails that have left and whose copies are to be erased.</summary>
    /// <param name="motion">That they are about.</param>
    public async IAsyncEnumerable<CopyToErase> CopiesAsync(
        string committee, string motion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = Keys.OutboxCopies(motion);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {committee} and RowKey ge {start} and RowKey lt {start + "~"}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return new CopyToErase(committee, row.GetString(nameof(OutgoingMail.Key)), row.GetString(CopyIn));
        }
    }

    /// <summary>Erases the copy of a mail in the mailbox that sent it; safe to run again.</summary>
    public async Task EraseCopyAsync(CopyToErase copy, string motion, CancellationToken cancellationToken)
    {
        await mailbox.EraseSentAsync(copy.Mailbox, Keys.MailboxKey(copy.Committee, copy.Key), cancellationToken);
        await _table.DeleteEntityAsync(copy.Committee, Keys.OutboxCopy(motion, copy.Key), ETag.All, cancellationToken);
    }

    private static TableEntity CopyRow(string committee, OutgoingMail mail, string mailbox) =>
        new(committee, Keys.OutboxCopy(mail.CopyErasedWith!, mail.Key))
        {
            ["v"] = 1,
            [nameof(OutgoingMail.Key)] = mail.Key,
            [CopyIn] = mailbox,
        };
}
