using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Takes something that a person wants discussed; it stands on the agenda of the next meeting.</summary>
public sealed class AddAgendaItem(AgendaStore agenda, TimeProvider clock)
{
    /// <param name="text">One line of plain text.</param>
    public Task RunAsync(Charter charter, string text, string? proposedBy, CancellationToken cancellationToken) =>
        agenda.AddAsync(
            new AgendaItem
            {
                Committee = charter.Id,
                Id = Keys.AgendaItem(clock.GetUtcNow(), Guid.NewGuid()),
                Text = text,
                ProposedBy = proposedBy,
            },
            cancellationToken);
}
