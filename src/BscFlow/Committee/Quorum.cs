namespace BscFlow.Committee;

/// <summary>Whether enough members were at a meeting for it to decide.</summary>
/// <param name="Present">Members in office that day who were there, the chair counted, each once, in the charter's order.</param>
/// <param name="InOffice">How many members were in office that day.</param>
/// <param name="Needed">How many of them had to be there.</param>
/// <param name="Unclear">Names that could be a member's and could not be told; they are not counted.</param>
public sealed record Quorum(IReadOnlyList<Member> Present, int InOffice, int Needed, IReadOnlyList<string> Unclear)
{
    public bool IsReached => InOffice > 0 && Present.Count >= Needed;

    /// <summary>For people: <c>4 of 6 members; quorum is 4</c>.</summary>
    public string Explanation => $"{Present.Count} of {InOffice} members; quorum is {Needed}";

    /// <summary>Counts the members among those whom the minutes name. Guests and strangers do not count.</summary>
    /// <param name="roster">Of the same charter.</param>
    /// <param name="names">Participants and chairs as written, in any order and any number of times.</param>
    public static Quorum Of(Charter charter, Roster roster, DateOnly day, IEnumerable<string> names)
    {
        var present = new HashSet<string>();
        var unclear = new List<string>();
        foreach (var name in names)
        {
            switch (roster.Find(name, day))
            {
                case NameMatch.OfMember { Member: var member } when member.InOffice(day):
                    present.Add(member.Id);
                    break;
                case NameMatch.Ambiguous when !unclear.Contains(name):
                    unclear.Add(name);
                    break;
            }
        }

        return Of(charter, day, present, unclear);
    }

    /// <summary>Counts the members with these ids.</summary>
    public static Quorum Of(Charter charter, DateOnly day, IEnumerable<string> memberIds) =>
        Of(charter, day, memberIds, unclear: []);

    /// <inheritdoc cref="Of(Charter, DateOnly, IEnumerable{string})"/>
    /// <param name="unclear">Names that could be a member's and could not be told.</param>
    public static Quorum Of(Charter charter, DateOnly day, IEnumerable<string> memberIds, IReadOnlyList<string> unclear)
    {
        var ids = memberIds.ToHashSet();
        var inOffice = charter.Members.Where(member => member.InOffice(day)).ToList();
        return new Quorum(
            Present: [.. inOffice.Where(member => ids.Contains(member.Id))],
            InOffice: inOffice.Count,
            Needed: charter.Quorum.Needed(inOffice.Count),
            Unclear: unclear);
    }
}
