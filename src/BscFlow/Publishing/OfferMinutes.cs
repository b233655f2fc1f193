using System.Text;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Minutes;
using BscFlow.Publishing.Targets;

namespace BscFlow.Publishing;

/// <summary>Offers the minutes of the years to the committee's own repository, where it has one, once they have changed.</summary>
/// <remarks>A step of its own: a repository that does not answer keeps no page from being published and no member waiting.</remarks>
public sealed class OfferMinutes(CommitteeStateStore states, MinutesStore minutes, GitHubPullRequest repository)
{
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
        await states.UpdateAsync(charter.Id, now => now with { MinutesOffered = state.MinutesChanged ?? "" }, cancellationToken);
    }

    private SiteFile File(string committee, int year, string version, CancellationToken cancellationToken) => new(
        SitePath.Source(SitePath.Year(year)),
        "text/markdown; charset=utf-8",
        SiteStage.Asset,
        () => version,
        async () => Encoding.UTF8.GetBytes((await minutes.FindYearAsync(committee, year, cancellationToken))!.Text));
}
