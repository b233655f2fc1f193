namespace BscFlow.Committee;

/// <summary>Who is meant by a name in the minutes.</summary>
public abstract record NameMatch
{
    private NameMatch()
    {
    }

    /// <summary>A member, in office that day or not.</summary>
    /// <param name="Exact">False: only by taking the name as a slip for the member's.</param>
    public sealed record OfMember(Member Member, bool Exact) : NameMatch;

    /// <summary>A guest of the charter.</summary>
    /// <param name="Exact">False: only by taking the name as a slip for the guest's.</param>
    public sealed record OfGuest(Guest Guest, bool Exact) : NameMatch;

    /// <summary>Two people or more could be meant.</summary>
    /// <param name="Names">Their full names.</param>
    public sealed record Ambiguous(IReadOnlyList<string> Names) : NameMatch;

    /// <summary>Nobody in the charter.</summary>
    /// <param name="Closest">The full name that looks most like it, where one does.</param>
    public sealed record Unknown(string? Closest) : NameMatch;
}
