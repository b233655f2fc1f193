using System.Collections.Concurrent;
using BscFlow.Committee;
using BscFlow.Telemetry;
using Microsoft.Extensions.Logging;

namespace BscFlow.Mail;

/// <summary>A mailbox and the committees that use it.</summary>
/// <param name="Address">As the first of their charters writes it.</param>
/// <param name="Charters">By id; at least one.</param>
public sealed record SharedMailbox(string Address, IReadOnlyList<Charter> Charters);

/// <summary>Which committees use which mailbox.</summary>
/// <remarks>Who uses which one is remembered for a minute; the charters themselves are as they are in storage.</remarks>
public sealed partial class MailboxDirectory(CharterStore charters, TimeProvider clock, ILogger<MailboxDirectory> log)
{
    private const int AtOnce = 8;

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private (DateTimeOffset At, ILookup<string, string> Users)? _known;

    /// <summary>The mailboxes of all committees.</summary>
    public async Task<IReadOnlyList<SharedMailbox>> AllAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var all = Grouped(await ReadAsync(await charters.ListAsync(cancellationToken).ToListAsync(cancellationToken), cancellationToken));
        _known = (now, all.SelectMany(mailbox => mailbox.Charters, (mailbox, charter) => (mailbox.Address, charter.Id))
            .ToLookup(use => use.Address, use => use.Id, StringComparer.OrdinalIgnoreCase));
        return all;
    }

    /// <summary>Null when no committee uses it.</summary>
    public async Task<SharedMailbox?> FindAsync(string address, CancellationToken cancellationToken)
    {
        var mailboxes = _known is var (at, users) && clock.GetUtcNow() - at < Memory && users.Contains(address)
            ? Grouped(await ReadAsync(users[address], cancellationToken))
            : await AllAsync(cancellationToken);
        return mailboxes.FirstOrDefault(mailbox => mailbox.Address.Equals(address, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<IReadOnlyCollection<Charter>> ReadAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        ConcurrentBag<Charter> read = [];
        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                try
                {
                    if (await charters.FindAsync(id, token) is { } charter)
                    {
                        read.Add(charter);
                    }
                }
                catch (InvalidCharterException invalid)
                {
                    LogInvalidCharter(id, ErrorWords.Of(invalid));
                }
            });
        return read;
    }

    private static IReadOnlyList<SharedMailbox> Grouped(IReadOnlyCollection<Charter> charters) =>
    [
        .. charters.OrderBy(charter => charter.Id, StringComparer.Ordinal)
            .GroupBy(charter => charter.Mailbox, StringComparer.OrdinalIgnoreCase)
            .Select(group => new SharedMailbox(group.Key, [.. group])),
    ];

    [LoggerMessage(Level = LogLevel.Error, Message = "The charter of {Committee} cannot be used: {Errors}")]
    private partial void LogInvalidCharter(string committee, string errors);
}
