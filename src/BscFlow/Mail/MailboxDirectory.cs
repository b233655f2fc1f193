using BscFlow.Committee;
using Microsoft.Extensions.Logging;

namespace BscFlow.Mail;

/// <summary>A mailbox and the committees that use it.</summary>
/// <param name="Address">As the first of their charters writes it.</param>
/// <param name="Charters">By id; at least one.</param>
public sealed record SharedMailbox(string Address, IReadOnlyList<Charter> Charters);

/// <summary>Which committees use which mailbox.</summary>
public sealed partial class MailboxDirectory(CharterStore charters, ILogger<MailboxDirectory> log)
{
    public async Task<IReadOnlyList<SharedMailbox>> AllAsync(CancellationToken cancellationToken)
    {
        List<Charter> known = [];
        await foreach (var id in charters.ListAsync(cancellationToken))
        {
            try
            {
                if (await charters.FindAsync(id, cancellationToken) is { } charter)
                {
                    known.Add(charter);
                }
            }
            catch (InvalidCharterException invalid)
            {
                LogInvalidCharter(id, invalid.Message);
            }
        }

        return
        [
            .. known.OrderBy(charter => charter.Id, StringComparer.Ordinal)
                .GroupBy(charter => charter.Mailbox, StringComparer.OrdinalIgnoreCase)
                .Select(group => new SharedMailbox(group.Key, [.. group])),
        ];
    }

    /// <summary>Null when no committee uses it.</summary>
    public async Task<SharedMailbox?> FindAsync(string address, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken))
            .FirstOrDefault(mailbox => mailbox.Address.Equals(address, StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(Level = LogLevel.Error, Message = "The charter of {Committee} cannot be used: {Errors}")]
    private partial void LogInvalidCharter(string committee, string errors);
}
