using System.Collections.Frozen;
using System.Text.Json.Serialization;
using BscFlow.Committee;

namespace BscFlow.Votes;

/// <summary>A member as they stood on the day a motion opened.</summary>
/// <param name="Id">The member's id in the charter.</param>
public sealed record Elector(string Id, string Name);

/// <summary>
/// Who is asked: the roster on the day a motion opens, frozen with it. Who joins or leaves later changes nothing.
/// </summary>
public sealed record Electorate
{
    private FrozenSet<string>? _asked;

    /// <summary>All members in office that day, in the charter's order; the subject of the motion too.</summary>
    public required IReadOnlyList<Elector> Members { get; init; }

    /// <summary>Id of the member whom the motion is about and who therefore is not asked; null for most motions.</summary>
    public string? Subject { get; init; }

    /// <summary>The members who are asked: all, or all but the subject.</summary>
    [JsonIgnore]
    public IEnumerable<Elector> Asked => Members.Where(member => member.Id != Subject);

    /// <summary>How many are asked.</summary>
    [JsonIgnore]
    public int Size => AskedIds.Count;

    private FrozenSet<string> AskedIds => _asked ??= Asked.Select(member => member.Id).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The members in office on a day.</summary>
    /// <param name="subject">Id of the member whom a motion is about, under a rule that leaves them out.</param>
    public static Electorate On(Roster roster, DateOnly day, string? subject = null) => new()
    {
        Members = [.. roster.On(day).Select(member => new Elector(member.Id, member.Name))],
        Subject = subject,
    };

    /// <summary>Whether this member may vote.</summary>
    public bool Asks(string member) => AskedIds.Contains(member);

    public bool Equals(Electorate? other) =>
        other is not null && Subject == other.Subject && Members.SequenceEqual(other.Members);

    public override int GetHashCode() => HashCode.Combine(Subject, Members.Count);
}
