namespace BscFlow.Committee;

/// <summary>Who belongs to the committee on a day, and who is meant by a name in the minutes.</summary>
public sealed class Roster(Charter charter)
{
    /// <summary>Members in office that day, in the charter's order.</summary>
    public IReadOnlyList<Member> On(DateOnly day) => [.. charter.Members.Where(member => member.InOffice(day))];
}
