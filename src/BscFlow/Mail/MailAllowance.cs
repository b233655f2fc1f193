using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using BscFlow.Committee;
using BscFlow.Storage;
using Microsoft.Extensions.Options;

namespace BscFlow.Mail;

/// <summary>Whether a mail may leave now.</summary>
public enum Allowed
{
    Yes,

    /// <summary>The committee has sent what it may in this hour, which was not known here before.</summary>
    NoMore,

    /// <summary>The same, found before.</summary>
    StillNoMore,
}

/// <summary>How many mails a committee may still send in this hour, so that a loop of mails slows to that.</summary>
/// <remarks>
/// One row a committee counts for all instances. An instance takes some mails at a time, so that a mail costs no operation of
/// its own; what it has taken and not used is lost when it ends. The pace of the mailbox is told of mails as they leave, twice as
/// many each time: whoever sends one mail an hour takes no others' turn.
/// </remarks>
public sealed class MailAllowance(
    TableServiceClient tables, MailPaces paces, IOptions<BscFlowOptions> options, TimeProvider clock) : IDisposable
{
    private const string Hour = "Hour";
    private const string Taken = "Taken";

    private const int AtATime = 20;

    private const int Spent = -1;

    private readonly TableClient _table = tables.GetTableClient(Keys.CommitteesTable);
    private readonly ConcurrentDictionary<string, InHand> _inHand = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The hour that is counted, by the full hour.</summary>
    public DateTimeOffset ThisHour
    {
        get
        {
            var now = clock.GetUtcNow().ToUniversalTime();
            return new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        }
    }

    /// <summary>Takes one. Once the hour is spent, asking again costs nothing.</summary>
    public async Task<Allowed> TakeAsync(Charter charter, CancellationToken cancellationToken)
    {
        var committee = charter.Id;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var hour = ThisHour;
            var known = _inHand.GetValueOrDefault(committee);
            var hand = known?.Hour == hour ? known : new InHand(hour, 0, 0, 0);
            if (hand.Left == Spent)
            {
                return Allowed.StillNoMore;
            }

            var left = hand.Left > 0 ? hand.Left : await FetchAsync(committee, hour, cancellationToken);
            var told = hand.Told;
            if (left > 0 && hand.Used == told)
            {
                var more = Math.Clamp(told, 1, left);
                await paces.NoteAsync(charter.Mailbox, more, cancellationToken);
                told += more;
            }

            _inHand[committee] = left == 0 ? hand with { Left = Spent } : new InHand(hour, left - 1, hand.Used + 1, told);
            return left == 0 ? Allowed.NoMore : Allowed.Yes;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives back one that was taken for a mail that did not leave: mails are counted, and not tries.</summary>
    public async Task GiveBackAsync(Charter charter)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (_inHand.GetValueOrDefault(charter.Id) is { } known && known.Hour == ThisHour)
            {
                _inHand[charter.Id] = known with { Left = Math.Max(known.Left, 0) + 1, Used = known.Used - 1 };
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <returns>How many were taken; 0: there are no more.</returns>
    private async Task<int> FetchAsync(string committee, DateTimeOffset hour, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(
                committee, Keys.MailAllowanceRow, cancellationToken: cancellationToken);
            var row = found.HasValue ? found.Value! : null;
            var taken = row?.GetDateTimeOffset(Hour) == hour ? row.GetInt32(Taken)!.Value : 0;
            var more = Math.Min(AtATime, options.Value.MailsAnHour - taken);
            if (more <= 0)
            {
                return 0;
            }

            var next = new TableEntity(committee, Keys.MailAllowanceRow) { ["v"] = 1, [Hour] = hour, [Taken] = taken + more };
            try
            {
                await (row is null
                    ? _table.AddEntityAsync(next, cancellationToken)
                    : _table.UpdateEntityAsync(next, row.ETag, TableUpdateMode.Replace, cancellationToken));
                return more;
            }
            catch (RequestFailedException lost) when (lost.Status is 409 or 412)
            {
                // Another instance took some; look how many are left.
            }
        }
    }

    /// <summary>What this instance has of a committee's hour.</summary>
    /// <param name="Left">Mails that it took and has not used.</param>
    /// <param name="Used">Mails that left.</param>
    /// <param name="Told">Of how many the pace was told.</param>
    private sealed record InHand(DateTimeOffset Hour, int Left, int Used, int Told);
}
