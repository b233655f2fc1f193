using BscFlow.Committee;

namespace BscFlow.Publishing;

/// <summary>
/// Publishes what time alone changes: which meeting is next, how long action items are open, what is overdue, who is in office.
/// </summary>
public sealed class RefreshSite(CommitteeStateStore states, PublishSite publishSite, TimeProvider clock)
{
    /// <param name="due">The moment since which the pages say what is past.</param>
    public async Task RunAsync(Charter charter, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var state = await states.GetAsync(charter.Id, cancellationToken);
        if (state.SiteAsOf >= due)
        {
            return;
        }

        // The moment before it is read: what comes meanwhile is for the next time.
        var now = clock.GetUtcNow();
        await publishSite.RunAsync(charter, cancellationToken);
        await states.TryUpdateAsync(state with { SiteAsOf = now }, cancellationToken);
    }
}
