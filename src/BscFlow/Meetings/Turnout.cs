using BscFlow.Committee;
using BscFlow.Mail;

namespace BscFlow.Meetings;

/// <summary>Who of the members in office comes to a meeting, as far as they have said.</summary>
/// <param name="Needed">Members that a quorum takes.</param>
public sealed record Turnout(
    int Needed, IReadOnlyList<Member> Coming, IReadOnlyList<Member> NotComing, IReadOnlyList<Member> Silent)
{
    public int InOffice => Coming.Count + NotComing.Count + Silent.Count;

    /// <param name="answers">To the invitation.</param>
    /// <param name="absences">Whoever announced one and did not answer is not coming; who accepts has changed their mind.</param>
    public static Turnout Of(
        Charter charter, Meeting meeting, IReadOnlyList<InvitationAnswer> answers, IReadOnlyList<Absence> absences)
    {
        var day = charter.DayOf(meeting);
        var members = new Roster(charter).On(day);
        var away = absences.On(day);
        var said = members.ToLookup(member => answers
            .FirstOrDefault(answer => member.Addresses.Contains(answer.Address, StringComparer.OrdinalIgnoreCase))?.Answer switch
        {
            Answer.Accepted => Answer.Accepted,
            Answer.Declined => Answer.Declined,
            null or Answer.None when away.Contains(member.Id) => Answer.Declined,
            _ => Answer.None,
        });
        return new(
            charter.Quorum.Needed(members.Count), [.. said[Answer.Accepted]], [.. said[Answer.Declined]], [.. said[Answer.None]]);
    }
}
