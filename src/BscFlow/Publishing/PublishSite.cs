using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Votes;
using Microsoft.Extensions.Options;

namespace BscFlow.Publishing;

/// <summary>Renders a committee's site from what is stored and puts it wherever it is published; only what changed is written.</summary>
public sealed class PublishSite(
    MeetingStore meetings,
    MinutesStore minutes,
    ActionStore actions,
    MotionStore motions,
    TallyStore tallies,
    Site site,
    IEnumerable<IPublishingTarget> targets,
    IOptions<BscFlowOptions> options,
    TimeProvider clock)
{
    public async Task RunAsync(Charter charter, CancellationToken cancellationToken)
    {
        var archive = await ReadAsync(charter, cancellationToken);
        foreach (var target in targets)
        {
            var before = await SiteBefore.AtAsync(target, charter.Id, cancellationToken);
            await target.PublishAsync(charter.Id, site.Plan(archive, before), progress: null, cancellationToken);
        }
    }

    private async Task<Archive> ReadAsync(Charter charter, CancellationToken cancellationToken)
    {
        var years = await minutes.AllYearsAsync(charter.Id, cancellationToken);
        var all = await meetings.AllAsync(charter.Id, cancellationToken);
        return new Archive
        {
            Charter = charter,
            Years = [.. years.Select(year => new YearMinutes(year.Year, MinutesReader.Read(year.Text)))],
            Meetings = all,
            Drafts = await DraftsAsync(charter, all, cancellationToken),
            Actions = await actions.AllAsync(charter.Id, cancellationToken),
            Motions = await MotionsAsync(charter.Id, cancellationToken),
            Address = new Uri(options.Value.SiteAddress!, $"/{charter.Id}/"),
            Now = clock.GetUtcNow(),
        };
    }

    private async Task<IReadOnlyList<PublicMotion>> MotionsAsync(string committee, CancellationToken cancellationToken)
    {
        List<PublicMotion> shown = [];
        foreach (var motion in await motions.AllAsync(committee, cancellationToken))
        {
            shown.Add(motion.TallyHash is null ? new PublicMotion(motion) : new PublicMotion(
                motion,
                await tallies.ReadAsync(motion, cancellationToken),
                async () => await tallies.ReadFileAsync(motion, cancellationToken)));
        }

        return shown;
    }

    /// <summary>The agendas. Once somebody has written minutes into a draft it is not shown before it is published.</summary>
    private async Task<Dictionary<string, MinutesDocument>> DraftsAsync(
        Charter charter, IEnumerable<Meeting> all, CancellationToken cancellationToken)
    {
        var drafts = new Dictionary<string, MinutesDocument>();
        foreach (var meeting in all.Where(meeting =>
            meeting is { State: MeetingState.Ahead, MinutesBegunAt: null, MinutesSavedAt: null }))
        {
            var year = charter.DayOf(meeting).Year;
            if (await minutes.FindAsync(charter.Id, year, meeting.Row, cancellationToken) is { } stored)
            {
                drafts.Add(meeting.Row, MinutesReader.Read(stored.Text));
            }
        }

        return drafts;
    }
}
