using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Takes something that a person wants discussed; it stands on the agenda of the next meeting.</summary>
public sealed class AddAgendaItem(AgendaStore agenda, AuditLog audit, TimeProvider clock)
{
    /// <param name="text">One line of plain text.</param>
    /// <param name="who">Who sends it in, for the audit.</param>
    public async Task RunAsync(
        Charter charter, string text, string? proposedBy, string who, CancellationToken cancellationToken)
    {
        var item = new AgendaItem
        {
            Committee = charter.Id,
            Id = Keys.AgendaItem(clock.GetUtcNow(), Guid.NewGuid()),
            Text = text,
            ProposedBy = proposedBy,
        };
        await agenda.AddAsync(item, cancellationToken);
        await audit.AppendOnceAsync(charter.Id, "agenda-item-added", item.Id, who, text, cancellationToken);
    }
}
