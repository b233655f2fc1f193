using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Takes something that a person wants discussed; it stands on the agenda of the next meeting.</summary>
public sealed class AddAgendaItem(AgendaStore agenda, AuditLog audit, TimeProvider clock)
{
    /// <param name="text">One line of plain text.</param>
    /// <param name="who">Who sends it in, for the audit.</param>
    public Task RunAsync(Charter charter, string text, string? proposedBy, string who, CancellationToken cancellationToken) =>
        RunAsync(charter, Keys.AgendaItem(clock.GetUtcNow(), Guid.NewGuid()), text, proposedBy, who, cancellationToken);

    /// <summary>The same for something that may be brought again, such as a line of a mail: it is taken once.</summary>
    /// <param name="id">As <see cref="Keys.AgendaItem"/> makes it; the same each time.</param>
    public async Task RunAsync(
        Charter charter, string id, string text, string? proposedBy, string who, CancellationToken cancellationToken)
    {
        await agenda.AddAsync(
            new AgendaItem { Committee = charter.Id, Id = id, Text = text, ProposedBy = proposedBy }, cancellationToken);
        await audit.AppendOnceAsync(charter.Id, "agenda-item-added", id, who, text, cancellationToken);
    }
}
