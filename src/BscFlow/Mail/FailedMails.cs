using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>Whose fault it is that a mail could not be taken.</summary>
internal enum Blame
{
    /// <summary>The mail's: it will fail again.</summary>
    Mail,

    /// <summary>The mailbox or storage did not give or take what they were asked, and may do so later.</summary>
    Others,

    /// <summary>Nobody's: it is to come again in a moment.</summary>
    Nobody,
}

/// <summary>How often each mail could not be taken, so that none keeps those behind it waiting for ever.</summary>
public sealed class FailedMails(TableServiceClient tables, TimeProvider clock)
{
    /// <summary>A mail that makes the program fail is tried so often, and then left to a person.</summary>
    public const int Tries = 5;

    /// <summary>
    /// The mailbox names each mail before it hands it out. One that it has named so often, and for so long, and does not hand out
    /// is broken where it lies.
    /// </summary>
    public const int PatientTries = 10;

    /// <inheritdoc cref="PatientTries"/>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private const string Failures = "Failures";
    private const string Since = "Since";
    private const string Left = "Left";

    private readonly TableClient _table = tables.GetTableClient(Keys.MailTable);

    /// <summary>Counts one more try that failed.</summary>
    /// <returns>What is to be done with the mail now.</returns>
    internal async Task<FailedMail> CountAsync(string mailbox, string graphId, Blame blame, CancellationToken cancellationToken)
    {
        var (partition, row) = (Keys.MailboxPartition(mailbox), Keys.MailFailed(graphId));
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        var known = found.HasValue ? found.Value! : null;
        if (known?.GetBoolean(Left) is true)
        {
            return FailedMail.IsLeft;
        }

        if (blame == Blame.Nobody)
        {
            return FailedMail.TryAgain;
        }

        var now = clock.GetUtcNow();
        var column = blame == Blame.Mail ? Failures : $"{Failures}{blame}";
        var failures = (known?.GetInt32(column) ?? 0) + 1;
        var since = known?.GetDateTimeOffset(Since) ?? now;
        await _table.UpsertEntityAsync(
            new TableEntity(partition, row) { ["v"] = 1, [column] = failures, [Since] = since },
            TableUpdateMode.Merge,
            cancellationToken);
        var isEnough = blame == Blame.Mail ? failures >= Tries : failures >= PatientTries && now - since >= Patience;
        return isEnough ? FailedMail.Leave : FailedMail.TryAgain;
    }

    /// <summary>A mail was left to a person, and lies in the inbox still, out of which it cannot be taken.</summary>
    public Task LeaveAsync(string mailbox, string graphId, CancellationToken cancellationToken) => _table.UpsertEntityAsync(
        new TableEntity(Keys.MailboxPartition(mailbox), Keys.MailFailed(graphId)) { ["v"] = 1, [Left] = true },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>All mail of the mailbox was taken: forgets what failed before, but for what lies in the inbox still.</summary>
    public async Task ForgetAsync(string mailbox, CancellationToken cancellationToken)
    {
        var partition = Keys.MailboxPartition(mailbox);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {Keys.MailFailedStart} and RowKey lt {Keys.MailFailedEnd}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (row.GetBoolean(Left) is not true)
            {
                await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            }
        }
    }

    /// <summary>
    /// What storage refuses of a mail, because a row of it would be too long, it refuses the next time too. Where it does not let
    /// us in, is busy, or gives no answer, the mail is not to blame.
    /// </summary>
    internal static Blame BlameFor(Exception failure) => failure switch
    {
        ComeAgainException or OperationCanceledException => Blame.Nobody,
        MailboxUnavailableException => Blame.Others,
        RequestFailedException { Status: 0 or 401 or 403 or 408 or 429 or >= 500 } => Blame.Others,
        AggregateException several => several.Flatten().InnerExceptions.Select(BlameFor).DefaultIfEmpty(Blame.Mail).Max(),
        _ => Blame.Mail,
    };
}

/// <summary>What is to be done with a mail that could not be taken.</summary>
internal enum FailedMail
{
    TryAgain,

    /// <summary>It was tried often enough.</summary>
    Leave,

    /// <summary>It was left before, and can only lie where it does.</summary>
    IsLeft,
}
