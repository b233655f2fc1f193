using System.Globalization;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Nominations;

namespace BscFlow.Workflow;

/// <summary>A step and the moment from which on it is due.</summary>
public sealed record PlannedStep(Step Step, DateTimeOffset At);

/// <summary>What a committee's secretary has to do, and when. Pure: the same state gives the same plan.</summary>
public static class Schedule
{
    /// <summary>Monday morning, in the committee's zone.</summary>
    private static readonly TimeOnly OwnersReminded = new(9, 0);

    /// <summary>Every step that is not done yet, for meetings already on the books and for those ahead.</summary>
    /// <param name="meetings">The meetings that are neither published nor long past.</param>
    /// <param name="occurrences">What the calendar holds from now on.</param>
    public static IEnumerable<PlannedStep> Plan(
        Charter charter,
        CommitteeState state,
        IReadOnlyList<Meeting> meetings,
        IEnumerable<Occurrence> occurrences,
        DateTimeOffset now)
    {
        var held = occurrences.Where(occurrence => !occurrence.Cancelled && occurrence.End > now).ToList();
        var onTheBooks = meetings.Select(meeting => meeting.Start).ToHashSet();

        // Where the charter moved a meeting that was announced already, the secretary cancels that one first.
        var days = meetings
            .Where(meeting => meeting is { State: MeetingState.Ahead, Special: false } && meeting.Start > now
                && held.TrueForAll(occurrence => occurrence.Start != meeting.Start))
            .Select(meeting => charter.DayOf(meeting))
            .ToHashSet();
        var drafts = held
            .Where(occurrence => !onTheBooks.Contains(occurrence.Start) && !days.Contains(charter.DayOf(occurrence.Start)))
            .Select(occurrence => new PlannedStep(
                new(charter.Id, StepKind.DraftMeeting, Keys.Instant(occurrence.Start)),
                occurrence.Start - charter.LeadTimes.Draft));
        return drafts
            .Concat(meetings.SelectMany(meeting => Next(charter, meeting, now)))
            .Append(OwnersDigest(charter, state));
    }

    /// <summary>What comes next for one meeting: often one step, none once it is published.</summary>
    private static IEnumerable<PlannedStep> Next(Charter charter, Meeting meeting, DateTimeOffset now)
    {
        PlannedStep Planned(StepKind kind, DateTimeOffset at) => new(new(charter.Id, kind, meeting.Row), at);
        var ahead = now < meeting.Start;
        switch (meeting.State)
        {
            case MeetingState.Cancelled when meeting.CancellationToldAt is null:
                yield return Planned(StepKind.TellCancellation, now);
                break;
            case MeetingState.Ahead when meeting.DraftedAt is null:
                yield return new(new(charter.Id, StepKind.DraftMeeting, Keys.Instant(meeting.Start)), now);
                break;
            case MeetingState.Ahead when ahead && meeting.AgendaSentAt is null:
                yield return Planned(StepKind.SendAgenda, now);
                break;
            case MeetingState.Ahead when ahead && IsReminderOf(meeting, charter, out var at):
                yield return Planned(StepKind.RemindMeeting, at);
                break;
            case MeetingState.Ahead when meeting.MinutesSavedAt is { } saved:
                yield return Planned(StepKind.CirculateMinutes, Later(saved, meeting.End));
                break;
            case MeetingState.Ahead when meeting.MinutesAskedAt is null:
                yield return Planned(StepKind.AskForMinutes, meeting.End + charter.LeadTimes.Minutes);
                break;
            case MeetingState.Ahead when meeting is { MinutesAskedAt: { } asked, MinutesAskedAgainAt: null }:
                yield return Planned(StepKind.AskForMinutes, asked + AskForMinutes.Patience);
                break;
            case MeetingState.Circulated when meeting.MotionsProposedAt is null:
            case MeetingState.Published when meeting.MinutesSavedAt is not null
                && !(meeting.MotionsProposedAt >= meeting.PublishedAt):
                yield return Planned(StepKind.ProposeMotions, now);
                break;
            case MeetingState.Circulated when meeting.Objections.Count == 0:
                yield return Planned(
                    StepKind.PublishMinutes,
                    meeting.PublishedAt is null ? meeting.ObjectionsUntil!.Value + CollectMail.Grace : now);
                break;
        }
    }

    /// <summary>Whether a reminder is still to come. An agenda that left after the reminder's time is reminder enough.</summary>
    private static bool IsReminderOf(Meeting meeting, Charter charter, out DateTimeOffset at)
    {
        at = meeting.Start - charter.LeadTimes.Reminder;
        return meeting.RemindedAt is null && meeting.AgendaSentAt < at;
    }

    /// <summary>What comes next for each motion; at most one step a motion.</summary>
    public static IEnumerable<PlannedStep> Plan(Charter charter, IReadOnlyList<PendingMotion> motions, DateTimeOffset now)
    {
        foreach (var motion in motions)
        {
            if (Next(motion, now) is var (kind, at))
            {
                yield return new(new(charter.Id, kind, motion.Id), at);
            }
        }
    }

    /// <summary>What comes next for each call for nominations.</summary>
    public static IEnumerable<PlannedStep> Plan(Charter charter, IReadOnlyList<PendingNomination> calls, DateTimeOffset now) =>
        calls.Select(call => call.Called
            ? new PlannedStep(new(charter.Id, StepKind.OpenNominated, call.Id), call.AnswerUntil + CollectMail.Grace)
            : new PlannedStep(new(charter.Id, StepKind.CallForNominations, call.Id), now));

    private static (StepKind Kind, DateTimeOffset At)? Next(PendingMotion motion, DateTimeOffset now) => motion switch
    {
        { IsOpen: true, BoxShut: not null } => (StepKind.CloseMotion, now),
        { News: var news } when news.HasFlag(MotionNews.Opened) => (StepKind.CallForVotes, now),
        { News: var news } when (news & MotionNews.ToTell) is not MotionNews.None => (StepKind.TellVoters, now),
        { News: MotionNews.ToForget, Closed: { } closed } => (StepKind.ForgetBallots, Motion.ForgottenAfter(closed)),
        { IsOpen: false } => null,
        _ => Earliest(motion, now),
    };

    private static (StepKind Kind, DateTimeOffset At) Earliest(PendingMotion motion, DateTimeOffset now)
    {
        var close = motion.Deadline + CollectMail.Grace;
        if (motion.NextLook is { } look && look < close)
        {
            close = look;
        }

        return motion.NextReminder is { } reminder && reminder <= close && now <= motion.Deadline
            ? (StepKind.RemindVoters, reminder)
            : (StepKind.CloseMotion, close);
    }

    /// <summary>Minutes that changed, for a committee that has a repository.</summary>
    public static IEnumerable<PlannedStep> Offer(Charter charter, CommitteeState state, DateTimeOffset now)
    {
        if (state.HasMinutesToOffer)
        {
            yield return new(new(charter.Id, StepKind.OfferMinutes, ""), now);
        }
    }

    /// <summary>
    /// When the public pages are next out of date though nothing was done: on the next day, and when a meeting that they announce
    /// is over.
    /// </summary>
    /// <param name="meetings">As for the plan of all else.</param>
    public static PlannedStep Refresh(Charter charter, CommitteeState state, IReadOnlyList<Meeting> meetings)
    {
        var told = state.SiteAsOf ?? state.Since;
        var midnight = charter.Zone().At(charter.DayOf(told).AddDays(1).ToDateTime(TimeOnly.MinValue));
        var at = meetings.Where(meeting => meeting.State is not MeetingState.Cancelled && meeting.End > told)
            .Select(meeting => meeting.End).Append(midnight).Min();
        return new(new(charter.Id, StepKind.RefreshSite, Keys.Instant(at)), at);
    }

    private static PlannedStep OwnersDigest(Charter charter, CommitteeState state)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(charter.TimeZone);
        var monday = state.OwnersRemindedFor is { } last
            ? last.AddDays(7)
            : MondayOnOrAfter(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(state.Since, zone).DateTime).AddDays(1));
        var subject = monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(new(charter.Id, StepKind.RemindOwners, subject), zone.At(monday.ToDateTime(OwnersReminded)));
    }

    private static DateOnly MondayOnOrAfter(DateOnly day) => day.AddDays(((int)DayOfWeek.Monday - (int)day.DayOfWeek + 7) % 7);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
