using System.Text;
using BscFlow.Committee;
using BscFlow.Minutes;
using BscFlow.Publishing;
using BscFlow.Publishing.Targets;

namespace BscFlow.Meetings;

/// <summary>Offers the minutes of the years to the committee's own repository, where it has one, once they have changed.</summary>
/// <remarks>A step of its own: a repository that does not answer keeps no page from being published and no member waiting.</remarks>
public sealed class OfferMinutes(CommitteeStateStore states, MinutesStore minutes, GitHubPullRequest repository)
{
    /// <summary>Notes that a year's file is another one now.</summary>
    /// <param name="change">Another one for each change.</param>
    public Task NoteAsync(string committee, string change, CancellationToken cancellationToken) =>
        UpdateAsync(committee, state => state with { MinutesChanged = change }, cancellationToken);

    /// <summary>The step.</summary>
    /// <exception cref="Octokit.ApiException">GitHub refused, or did not answer; the step is tried again.</exception>
    public async Task RunAsync(Charter charter, CancellationToken cancellationToken)
    {
        var state = await states.GetAsync(charter.Id, cancellationToken);
        if (!state.HasMinutesToOffer)
        {
            return;
        }

        // The note was read before the files: what is changed from now on is for the next time.
        var years = await minutes.YearVersionsAsync(charter.Id, cancellationToken);
        await repository.PublishAsync(
            charter.Id,
            years.OrderBy(year => year.Key).Select(year => File(charter.Id, year.Key, year.Value.ToString(), cancellationToken)),
            progress: null,
            cancellationToken);
        await UpdateAsync(charter.Id, now => now with { MinutesOffered = state.MinutesChanged ?? "" }, cancellationToken);
    }

    private SiteFile File(string committee, int year, string version, CancellationToken cancellationToken) => new(
        SitePath.Source(SitePath.Year(year)),
        "text/markdown; charset=utf-8",
        SiteStage.Asset,
        () => version,
        async () => Encoding.UTF8.GetBytes((await minutes.FindYearAsync(committee, year, cancellationToken))!.Text));

    private async Task UpdateAsync(
        string committee, Func<CommitteeState, CommitteeState> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = await states.GetAsync(committee, cancellationToken);
            var changed = change(state);
            if (changed == state || await states.TryUpdateAsync(changed, cancellationToken))
            {
                return;
            }
        }
    }
}
