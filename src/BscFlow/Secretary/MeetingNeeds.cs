using BscFlow.Committee;
using BscFlow.Meetings;
using static BscFlow.Secretary.NeedWords;

namespace BscFlow.Secretary;

/// <summary>What the next meeting needs of a person, and the minutes of those that were held.</summary>
internal static class MeetingNeeds
{
    public static IEnumerable<Need> Of(DeskState state) => OfMinutes(state).Concat(OfNext(state));

    private static IEnumerable<Need> OfNext(DeskState state)
    {
        var charter = state.Charter;
        if (state.NextMeeting is not { } meeting)
        {
            var next = NextMeeting.After(charter, state.Meetings, state.Now);
            yield return next is null
                ? new Need(
                    Urgency.Now,
                    "No meeting is planned",
                    "The charter's recurrence has no date any more.",
                    new("See the charter", "/charter"))
                : new Need(
                    Urgency.Quiet,
                    $"Next meeting: {When(charter, next.Start)}",
                    $"It will be drafted on {Day(charter.DayOf(next.Start - charter.LeadTimes.Draft))}.",
                    new("See the meetings", "/meetings"));
            yield break;
        }

        if (meeting is { Chair: null, DraftedAt: not null })
        {
            yield return new Need(
                Urgency.Now,
                $"Nobody is in the chair of {meeting.Title()}",
                When(charter, meeting.Start),
                new("Set the chair", $"/meetings/{meeting.Row}#chair"));
        }

        if (meeting is { Special: false }
            && meeting.Start > state.Now
            && MeetingCalendar.Of(charter).At(meeting.Start) is null or { Cancelled: true })
        {
            yield return new Need(
                Urgency.Now,
                $"{Capital(meeting.Title())} is at a time that the charter no longer has",
                $"Everyone was told of {When(charter, meeting.Start)}, and it is held then unless it is cancelled; only after that another one is drafted for its day.",
                new("Cancel it", $"/meetings/{meeting.Row}#cancel"));
        }

        yield return Coming(state, meeting);
    }

    /// <summary>Who comes, and whether they can be enough.</summary>
    private static Need Coming(DeskState state, Meeting meeting)
    {
        var charter = state.Charter;
        var day = charter.DayOf(meeting);
        var members = new Roster(charter).On(day);
        var needed = charter.Quorum.Needed(members.Count);
        var title = $"{Capital(meeting.Title())}: {When(charter, meeting.Start)}";
        var button = new NeedButton("Open the meeting", $"/meetings/{meeting.Row}");
        if (meeting.EventId is null)
        {
            return new Need(Urgency.Quiet, title, $"Nobody has been invited yet; quorum is {needed} of {members.Count}.", button);
        }

        if (state.Answers is not { } answers)
        {
            return new Need(
                Urgency.Soon, title, $"The answers cannot be read now; quorum is {needed} of {members.Count}.", button);
        }

        var turnout = Turnout.Of(charter, meeting, answers, state.Absences);
        var detail = $"{turnout.Coming.Count} of {members.Count} coming, quorum is {needed}."
            + (turnout.NotComing.Count > 0 ? $" Not coming: {Names(turnout.NotComing)}." : "")
            + (turnout.Silent.Count > 0 ? $" No answer: {Names(turnout.Silent)}." : "");
        var urgency = members.Count - turnout.NotComing.Count < needed ? Urgency.Now
            : turnout.Coming.Count < needed && meeting.Start - state.Now < charter.LeadTimes.Reminder * 2 ? Urgency.Soon
            : Urgency.Quiet;
        return new Need(urgency, urgency is Urgency.Now ? $"{title}: no quorum is possible" : title, detail, button);
    }

    private static IEnumerable<Need> OfMinutes(DeskState state)
    {
        var held = state.Meetings
            .Where(meeting => meeting is { State: MeetingState.Ahead, MinutesSavedAt: null } && meeting.End <= state.Now)
            .OrderBy(meeting => meeting.Start);
        foreach (var meeting in held)
        {
            var days = state.Today.DayNumber - state.Charter.DayOf(meeting).DayNumber;
            var chair = meeting.Chair is { } id ? $"{state.Charter.NameOf(id)} was in the chair" : "Nobody was set as chair";
            yield return new Need(
                state.Now - meeting.End > state.Charter.LeadTimes.Minutes ? Urgency.Now : Urgency.Soon,
                $"Minutes of {meeting.Title()}: {(meeting.MinutesBegunAt is null ? "not written" : "begun, not finished")} "
                    + (days > 0 ? $"for {Count(days, "day")}" : "yet"),
                meeting.MinutesAskedAt is { } asked
                    ? $"{chair}, and was asked for them on {Day(state.Charter.DayOf(asked))}."
                    : $"{chair}.",
                new("Write the minutes", $"/meetings/{meeting.Row}/minutes"));
        }
    }

    private static string Names(IEnumerable<Member> members) => string.Join(", ", members.Select(member => member.Name));
}
