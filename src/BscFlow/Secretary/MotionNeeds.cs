using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Votes;
using static BscFlow.Secretary.NeedWords;

namespace BscFlow.Secretary;

/// <summary>What motions need of a person: those that nobody opened, that are open, and that were carried.</summary>
internal static class MotionNeeds
{
    private const int MostNames = 12;

    /// <summary>The rule's name in the charter under which members are admitted.</summary>
    private const string Admission = "admission";

    /// <summary>An admission that nobody followed for so long was followed otherwise.</summary>
    private const int DaysToJoin = 120;

    private static readonly TimeSpan LastDay = TimeSpan.FromDays(1);

    public static IEnumerable<Need> Of(DeskState state)
    {
        foreach (var (meeting, proposed) in state.Proposed)
        {
            yield return new Need(
                Urgency.Soon,
                $"A vote that nobody opened: {proposed.Title}",
                proposed.Reason is ProposalReason.NoQuorum
                    ? $"The minutes of {meeting.Title()} record it as decided, and the meeting had no quorum."
                    : $"The minutes of {meeting.Title()} announce it.",
                new("See the proposal", $"/proposals/{meeting.Row}/{proposed.Id}"));
        }

        foreach (var motion in state.Motions.Where(motion => motion.IsOpen).OrderBy(motion => motion.Deadline))
        {
            var turnout = state.Turnouts[motion.Id];
            var missing = turnout.Missing.Select(elector => elector.Name).ToList();
            yield return new Need(
                turnout.Out == 0 || state.Now < motion.Opened + (motion.Deadline - motion.Opened) / 2 ? Urgency.Quiet
                    : motion.Deadline - state.Now < LastDay ? Urgency.Now
                    : Urgency.Soon,
                $"Open motion: {motion.Title}",
                (turnout.Out == 0
                    ? "All have voted."
                    : $"{Number(turnout.Out)} of {Number(turnout.Asked)} {(turnout.Out == 1 ? "has" : "have")} not voted"
                        + (missing.Count is > 0 and <= MostNames ? $": {string.Join(", ", missing)}." : "."))
                    + $" Open until {When(state.Charter, motion.Deadline)}.",
                new("Open the motion", $"/motions/{motion.Id}"));
        }

        foreach (var motion in state.Motions.Where(motion => motion.State is MotionState.AwaitingRatification))
        {
            yield return new Need(
                Urgency.Soon,
                $"Carried, not ratified yet: {motion.Title}",
                $"It waits for {motion.Rule.RatifiedBy}.",
                new("Record the ratification", $"/motions/{motion.Id}"));
        }

        foreach (var motion in state.Motions.Where(motion => motion.State is MotionState.Carried or MotionState.Ratified))
        {
            if (OfRoster(state, motion) is { } need)
            {
                yield return need;
            }
        }
    }

    /// <summary>A motion about who belongs to the committee, which the charter does not follow yet.</summary>
    private static Need? OfRoster(DeskState state, Motion motion)
    {
        var closed = state.Charter.DayOf(motion.Closed ?? motion.Opened);
        if (motion.Electorate.Subject is { } subject)
        {
            var leaving = state.Charter.Members.FirstOrDefault(member => member.Id == subject);
            return leaving is not null && leaving.Terms.Any(term => term.Includes(closed) && term.Until is null)
                ? new Need(
                    Urgency.Soon,
                    $"Carried: {motion.Title}",
                    $"{leaving.Name} is still in office in the charter.",
                    new("End the term", $"/members/{subject}"))
                : null;
        }

        return motion.Rule.Name == Admission
            && state.Today.DayNumber - closed.DayNumber < DaysToJoin
            && state.Charter.Members.All(member => member.Terms.All(term => term.From < closed))
            ? new Need(
                Urgency.Soon,
                $"Carried: {motion.Title}",
                "Nobody has joined in the charter since.",
                new("Add the member", "/members/join"))
            : null;
    }
}
