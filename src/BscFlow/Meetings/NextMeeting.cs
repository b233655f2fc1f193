using BscFlow.Committee;

namespace BscFlow.Meetings;

/// <summary>Which meeting comes next.</summary>
public static class NextMeeting
{
    /// <param name="known">The meetings on the books that start after the moment, cancelled ones among them.</param>
    /// <returns>
    /// One that is on the books, or one of the calendar that is not drafted yet and so has no number and no chair; null when none
    /// is in sight.
    /// </returns>
    public static Meeting? After(Charter charter, IEnumerable<Meeting> known, DateTimeOffset moment)
    {
        var later = known.Where(meeting => meeting.Start > moment).ToList();
        var calendar = MeetingCalendar.Of(charter);
        var next = calendar.Next(moment);
        while (next is not null && later.Exists(meeting => meeting.Start == next.Start))
        {
            next = calendar.Next(next.Start);
        }

        var booked = later.Where(meeting => meeting.State != MeetingState.Cancelled).MinBy(meeting => meeting.Start);
        return next is null || booked?.Start < next.Start
            ? booked
            : new Meeting
            {
                Committee = charter.Id,
                Number = null,
                Start = next.Start.ToUniversalTime(),
                Length = next.Length,
                Special = next.Special,
            };
    }
}
