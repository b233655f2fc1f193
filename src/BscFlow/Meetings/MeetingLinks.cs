using BscFlow.Committee;
using BscFlow.Links;

namespace BscFlow.Meetings;

/// <summary>The addresses that are about one meeting.</summary>
public static class MeetingLinks
{
    extension(SiteLinks links)
    {
        /// <summary>Its public page.</summary>
        public Uri Meeting(Charter charter, Meeting meeting) => links.Meeting(charter, meeting.Number, charter.DayOf(meeting));

        public Uri DeskMinutes(Charter charter, Meeting meeting) => links.DeskMinutes(charter, meeting.Row);

        public Uri MinutesForm(Charter charter, Meeting meeting) => links.MinutesForm(charter, meeting.Row, meeting.Start);

        public Uri MinutesTemplate(Charter charter, Meeting meeting) =>
            links.MinutesTemplate(charter, meeting.Row, meeting.Start);

        public bool MayWrite(string committee, Meeting meeting, string sent) => links.MayWrite(committee, meeting.Start, sent);
    }
}
