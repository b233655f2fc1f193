using System.Globalization;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>
/// The pace of each mailbox, a row of the Mail table: whatever instance sends, and whichever committees share it.
/// </summary>
public sealed class MailPaces(TableServiceClient tables, TimeProvider clock)
{
    private const string Taken = "Taken";

    private readonly TableClient _table = tables.GetTableClient(Keys.MailTable);

    /// <summary>Takes as many of the wanted mails as may leave now; nothing is written where there are none.</summary>
    /// <returns>How many, and from when on more may leave.</returns>
    public async Task<(int Granted, DateTimeOffset Next)> TakeAsync(
        string mailbox, int wanted, CancellationToken cancellationToken)
    {
        var granted = 0;
        var next = DateTimeOffset.MinValue;
        await ChangeAsync(
            mailbox,
            pace =>
            {
                (granted, var after, next) = pace.Take(clock.GetUtcNow(), wanted);
                return granted > 0 ? after : null;
            },
            cancellationToken);
        return (granted, next);
    }

    /// <summary>Notes mails that leave whatever the pace is, so that those that keep to it wait for them.</summary>
    public Task NoteAsync(string mailbox, int mails, CancellationToken cancellationToken) =>
        ChangeAsync(mailbox, pace => pace.With(clock.GetUtcNow(), mails), cancellationToken);

    /// <param name="change">Null: it stays as it is.</param>
    private async Task ChangeAsync(string mailbox, Func<MailPace, MailPace?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(
                Keys.MailboxPartition(mailbox), Keys.MailboxPace, cancellationToken: cancellationToken);
            var row = found.HasValue ? found.Value : null;
            if (change(row is null ? MailPace.None : Read(row.GetString(Taken))) is not { } changed)
            {
                return;
            }

            var next = new TableEntity(Keys.MailboxPartition(mailbox), Keys.MailboxPace) { ["v"] = 1, [Taken] = Write(changed) };
            try
            {
                await (row is null
                    ? _table.AddEntityAsync(next, cancellationToken)
                    : _table.UpdateEntityAsync(next, row.ETag, TableUpdateMode.Replace, cancellationToken));
                return;
            }
            catch (RequestFailedException lost) when (lost.Status is 409 or 412)
            {
                // Another instance took some; look how many are left.
            }
        }
    }

    /// <summary>A line a moment, in seconds since 1970: <c>1772442000 30</c>.</summary>
    private static string Write(MailPace pace) => string.Join('\n', pace.Taken.Select(taken =>
        string.Create(CultureInfo.InvariantCulture, $"{taken.At.ToUnixTimeSeconds()} {taken.Mails}")));

    private static MailPace Read(string text) => new(
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(parts => new MailsTaken(
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture)),
            int.Parse(parts[1], CultureInfo.InvariantCulture))),
    ]);
}
