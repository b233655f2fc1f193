using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>
/// Takes over the minutes that a committee has. What is there already stays, so that it can be run again. The site is published
/// when somebody asks for its front page.
/// </summary>
public sealed class ImportArchive(
    MeetingStore meetings,
    MinutesStore minutes,
    ActionStore actions,
    CommitteeStateStore states,
    ShowChangesWhenAsked showChanges,
    AuditLog audit,
    TimeProvider clock)
{
    /// <summary>Requests to Storage under way at once.</summary>
    private const int AtOnce = 16;

    /// <returns>How many meetings were new.</returns>
    /// <exception cref="InvalidArchiveException">Names every place that keeps the archive from being imported.</exception>
    public async Task<int> RunAsync(Charter charter, IReadOnlyList<ArchiveFile> files, CancellationToken cancellationToken)
    {
        var plan = ArchivePlan.Make(charter, files);
        var known = (await meetings.AllAsync(charter.Id, cancellationToken)).Select(meeting => meeting.Row).ToHashSet();
        var missing = plan.Meetings.Where(meeting => !known.Contains(meeting.Row.Row)).ToList();

        if (missing.Count > 0)
        {
            await AddAsync(charter, plan, missing, cancellationToken);
            await showChanges(charter.Id, cancellationToken);
        }

        return missing.Count;
    }

    private async Task AddAsync(
        Charter charter, ArchivePlan plan, List<ArchivedMeeting> missing, CancellationToken cancellationToken)
    {
        foreach (var (year, minuted) in plan.Years)
        {
            var added = missing.Where(meeting => meeting.Day.Year == year).Select(meeting => meeting.Text).ToList();
            await minutes.ChangeYearAsync(
                charter.Id,
                year,
                file => file is null
                    ? minuted.Text
                    : added.Aggregate(file, (text, section) => MinutesWriter.Put(MinutesReader.Read(text), section)),
                cancellationToken);
        }

        // The rows come last: a meeting that has one is imported whole.
        await RegisterAsync(charter, plan, cancellationToken);
        await InParallelAsync(
            missing,
            (meeting, token) => minutes.AddAsync(charter.Id, meeting.Day.Year, meeting.Row.Row, meeting.Text, token),
            cancellationToken);
        await audit.AppendOnceAsync(
            charter.Id, "archive-imported", missing[^1].Row.Row, "import", $"{missing.Count} meetings", cancellationToken);
        await states.NoteMinutesAsync(charter.Id, $"import {Guid.NewGuid():N}", cancellationToken);

        // Before the rows too: once all are there, an import that died has nothing more to do.
        await showChanges(charter.Id, cancellationToken);
        await InParallelAsync(
            missing, (meeting, token) => meetings.TryAddAsync(Told(meeting.Row), token), cancellationToken);
    }

    private static Task InParallelAsync(
        IReadOnlyList<ArchivedMeeting> all, Func<ArchivedMeeting, CancellationToken, Task> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            all,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (meeting, token) => await act(meeting, token));

    /// <summary>The members know of a meeting that was cancelled before the import.</summary>
    private Meeting Told(Meeting meeting) =>
        meeting.State == MeetingState.Cancelled ? meeting with { CancellationToldAt = clock.GetUtcNow() } : meeting;

    private async Task RegisterAsync(Charter charter, ArchivePlan plan, CancellationToken cancellationToken)
    {
        var register = ActionRegister.ReadAll(plan.Meetings.Select(meeting => meeting.Minutes), new Roster(charter));
        bool applied;
        do
        {
            var known = (await actions.AllAsync(charter.Id, cancellationToken)).Select(item => item.Id).ToHashSet();
            var changes = new ActionChanges([.. register.Where(item => !known.Contains(item.Id))], []);
            applied = await actions.TryApplyAsync(charter.Id, changes, cancellationToken);
        }
        while (!applied);
    }
}
