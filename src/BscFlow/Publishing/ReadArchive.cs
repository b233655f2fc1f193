using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Votes;
using BscFlow.Votes.Tallies;
using Microsoft.Extensions.Options;

namespace BscFlow.Publishing;

/// <summary>
/// Reads what a committee's site is made of; of what is as it was when it was last published, no more than that it is.
/// </summary>
public sealed class ReadArchive(
    MeetingStore meetings,
    MinutesStore minutes,
    ActionStore actions,
    MotionStore motions,
    TallyStore tallies,
    IOptions<BscFlowOptions> options,
    TimeProvider clock)
{
    /// <summary>Before the first day of what is read: a day of the committee's zone, and the year of the calendar file.</summary>
    private const int DaysBefore = 2;

    private const int DaysOfCalendar = 400;

    /// <param name="last">Of the last publication.</param>
    public async Task<Archive> RunAsync(Charter charter, SiteDigest last, CancellationToken cancellationToken)
    {
        // The versions come first: what is written while the rest is read is another version the next time.
        var versions = await VersionsAsync(charter.Id, cancellationToken);
        if (last.Key == SiteDigest.KeyOf(charter, versions.MinutedYears, SiteContent.All))
        {
            var settled = new SettledArchive
            {
                Years = last.SettledYears(versions),
                Motions = [.. last.SettledMotions(versions)],
                Versions = versions,
                Whole = WholeAsync,
            };
            var archive = await ReadAsync(charter, settled, last, cancellationToken);
            if (archive.FitsSettled(last))
            {
                return archive;
            }
        }

        return await WholeAsync();

        Task<Archive> WholeAsync() =>
            ReadAsync(charter, new SettledArchive { Versions = versions }, SiteDigest.Nothing, cancellationToken);
    }

    private async Task<ArchiveVersions> VersionsAsync(string committee, CancellationToken cancellationToken)
    {
        var files = await minutes.YearVersionsAsync(committee, cancellationToken);
        return ArchiveVersions.Of(
            files.ToDictionary(year => year.Key, year => year.Value.ToString()),
            await actions.YearVersionsAsync(committee, cancellationToken),
            await motions.VersionsAsync(committee, cancellationToken));
    }

    private async Task<Archive> ReadAsync(
        Charter charter, SettledArchive settled, SiteDigest last, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var years = await YearsAsync(charter.Id, settled, cancellationToken);
        var first = FirstDay(settled, years, charter.DayOf(now));
        var since = new DateTimeOffset(first.AddDays(-DaysBefore), TimeOnly.MinValue, TimeSpan.Zero);
        var followed = await meetings.UnpublishedOrSinceAsync(charter.Id, since, cancellationToken);
        var (read, remembered) = await MotionsAsync(charter.Id, settled, cancellationToken);
        return new Archive
        {
            Charter = charter,
            Years = years,
            Meetings = followed,
            Drafts = await DraftsAsync(charter, followed, cancellationToken),
            Actions = await ActionsAsync(charter.Id, settled, first, cancellationToken),
            Motions = read,
            Settled = settled with { Motions = remembered },
            Address = new Uri(options.Value.SiteAddress!, $"/{charter.Id}/"),
            Now = now,
        };
    }

    private async Task<IReadOnlyList<YearMinutes>> YearsAsync(
        string committee, SettledArchive settled, CancellationToken cancellationToken)
    {
        var years = settled.Versions.MinutedYears.Except(settled.Years.Select(year => year.Year)).Order().ToList();
        var texts = await Task.WhenAll(years.Select(year => minutes.FindYearAsync(committee, year, cancellationToken)));
        return [.. years.Zip(texts, (year, stored) => new YearMinutes(year, MinutesReader.Read(stored!.Text)))];
    }

    /// <summary>The first day of which anything is looked at that is not settled.</summary>
    private static DateOnly FirstDay(SettledArchive settled, IReadOnlyList<YearMinutes> read, DateOnly today)
    {
        var years = settled.Versions.Years.Keys.Except(settled.Years.Select(year => year.Year));
        var meetings = read.SelectMany(year => year.Document.Meetings).Select(meeting => meeting.Date).OfType<DateOnly>();
        return years.Select(year => new DateOnly(year, 1, 1)).Concat(meetings).Append(today.AddDays(-DaysOfCalendar)).Min();
    }

    private async Task<IReadOnlyList<ActionItem>> ActionsAsync(
        string committee, SettledArchive settled, DateOnly first, CancellationToken cancellationToken)
    {
        List<ActionItem> items = [.. await actions.OpenOrSeenAsync(committee, first, cancellationToken)];
        foreach (var id in SiteDescription.LatelyClosedOf(settled, items))
        {
            if (await actions.FindAsync(committee, id, cancellationToken) is { } item)
            {
                items.Add(item);
            }
        }

        return [.. items.OrderBy(item => item.Id, StringComparer.Ordinal)];
    }

    private async Task<(IReadOnlyList<PublicMotion> Read, IReadOnlyList<MotionDigest> Remembered)> MotionsAsync(
        string committee, SettledArchive settled, CancellationToken cancellationToken)
    {
        var years = settled.Years.Select(year => year.Year).ToHashSet();
        var known = settled.Motions.ToDictionary(motion => motion.Summary.Id, StringComparer.Ordinal);
        var wanted = settled.Versions.Motions.Values
            .Where(motion => !years.Contains(motion.Opened.Year) || !known.ContainsKey(motion.Id))
            .ToDictionary(motion => motion.Id, StringComparer.Ordinal);
        List<PublicMotion> read = [];
        if (wanted.Count > 0)
        {
            var since = wanted.Values.Min(motion => motion.Opened);
            foreach (var motion in await motions.SinceAsync(committee, since, cancellationToken))
            {
                if (known.GetValueOrDefault(motion.Id) is { } digest)
                {
                    read.Add(new PublicMotion(motion, Settled: digest));
                }
                else if (wanted.ContainsKey(motion.Id))
                {
                    read.Add(motion.TallyHash is null ? new PublicMotion(motion) : new PublicMotion(
                        motion,
                        await tallies.ReadAsync(motion, cancellationToken),
                        token => tallies.OpenAsync(motion, token)));
                }
            }
        }

        var shown = read.Select(motion => motion.Motion.Id).ToHashSet(StringComparer.Ordinal);
        return (read, [.. settled.Motions.Where(motion => !shown.Contains(motion.Summary.Id))]);
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
