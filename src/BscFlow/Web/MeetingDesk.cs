using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Secretary;
using BscFlow.Votes;

namespace BscFlow.Web;

/// <summary>What the desk shows of one meeting.</summary>
public sealed record MeetingDeskView
{
    public required Meeting Meeting { get; init; }

    /// <summary>It can be cancelled no more.</summary>
    public required bool HasBegun { get; init; }

    /// <summary>It was held: who is in its chair is no question any more, and its minutes say who was.</summary>
    public required bool HasEnded { get; init; }

    /// <summary>Path of its public page.</summary>
    public required string Page { get; init; }

    /// <summary>What people sent in for it, in its order.</summary>
    public required IReadOnlyList<AgendaItem> Agenda { get; init; }

    /// <summary>Null once it is over, before anybody was invited, and while the mailbox does not tell.</summary>
    public Turnout? Turnout { get; init; }

    /// <summary>Absences of that day.</summary>
    public required IReadOnlyList<Absence> Absences { get; init; }

    /// <summary>Motions by mail that came of its minutes.</summary>
    public required IReadOnlyList<Motion> Motions { get; init; }
}

/// <summary>Reads what the desk shows of one meeting.</summary>
public sealed class MeetingDesk(
    MeetingStore meetings,
    AgendaStore agenda,
    AbsenceStore absences,
    ReadDesk desk,
    MotionStore motions,
    SiteLinks links,
    TimeProvider clock)
{
    public async Task<MeetingDeskView?> ReadAsync(Charter charter, string row, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken) is not { } meeting)
        {
            return null;
        }

        var day = charter.DayOf(meeting);
        var isAhead = meeting.State is MeetingState.Ahead && meeting.End > clock.GetUtcNow();
        var away = isAhead ? await absences.SinceAsync(charter.Id, day, cancellationToken) : [];
        var answers = isAhead && meeting.EventId is { } invitation
            ? await desk.AnswersAsync(charter, invitation, cancellationToken)
            : null;
        return new MeetingDeskView
        {
            Meeting = meeting,
            HasBegun = meeting.Start <= clock.GetUtcNow(),
            HasEnded = meeting.End <= clock.GetUtcNow(),
            Page = links.Meeting(charter, meeting).AbsolutePath,
            Agenda = await agenda.ForMeetingAsync(charter.Id, meeting.Start, cancellationToken),
            Turnout = answers is null ? null : Turnout.Of(charter, meeting, answers, away),
            Absences = [.. away.Where(absence => absence.Includes(day))],
            Motions = await motions.OfMeetingAsync(charter.Id, meeting.Row, cancellationToken),
        };
    }
}
