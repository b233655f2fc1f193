namespace BscFlow.Committee;

/// <summary>That a member said ahead when they cannot come; both days are included, in the committee's zone.</summary>
/// <param name="Member">Id of the member.</param>
/// <param name="Note">One line of plain text, for the secretary only.</param>
public sealed record Absence(string Member, DateOnly From, DateOnly Until, string? Note = null)
{
    public bool Includes(DateOnly day) => From <= day && day <= Until;
}

/// <summary>What a list of absences says of a day.</summary>
public static class Absences
{
    /// <summary>Ids of those who said that they are away that day.</summary>
    public static IReadOnlySet<string> On(this IEnumerable<Absence> absences, DateOnly day) =>
        absences.Where(absence => absence.Includes(day)).Select(absence => absence.Member).ToHashSet();
}
