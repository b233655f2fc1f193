using System.Text.Json.Serialization;
using BscFlow.Committee;

namespace BscFlow.Votes;

/// <summary>A member as they stood on the day a motion opened.</summary>
/// <param name="Id">The member's id in the charter, or that of a voter who was imported.</param>
/// <param name="Address">Of a voter who was imported; a member's stands in the charter. It is published nowhere.</param>
public sealed record Elector(
    string Id, string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Address = null)
{
    /// <summary>The voter in the shape of a member; null for a member, who stands in the charter.</summary>
    internal Member? Imported => Address is null ? null : new Member { Id = Id, Name = Name, Addresses = [Address], Terms = [] };
}

/// <summary>
/// Who is asked: the roster on the day a motion opens, frozen with it. Who joins or leaves later changes nothing.
/// </summary>
public sealed record Electorate
{
    private const int LargestListed = 1_000;

    /// <summary>All members in office that day, in the charter's order; the subject of the motion too.</summary>
    public required Electors Members { get; init; }

    /// <summary>Id of the member whom the motion is about and who therefore is not asked; null for most motions.</summary>
    public string? Subject { get; init; }

    /// <summary>The members who are asked: all, or all but the subject.</summary>
    [JsonIgnore]
    public IEnumerable<Elector> Asked => Members.Where(member => member.Id != Subject);

    /// <summary>How many were asked, where who they were is not published; null where they are named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Unnamed { get; init; }

    /// <summary>How many are asked.</summary>
    [JsonIgnore]
    public int Size => Unnamed ?? (Subject is { } subject && Members.Contains(subject) ? Members.Ids - 1 : Members.Ids);

    /// <summary>How many there are, asked or not.</summary>
    [JsonIgnore]
    public int Count => Unnamed ?? Members.Count;

    /// <summary>The members in office on a day.</summary>
    /// <param name="subject">Id of the member whom a motion is about, under a rule that leaves them out.</param>
    public static Electorate On(Roster roster, DateOnly day, string? subject = null) => new()
    {
        Members = [.. roster.On(day).Select(member => new Elector(member.Id, member.Name))],
        Subject = subject,
    };

    /// <summary>
    /// Whether a page may name its members and how each of them voted; of more, only the file of the tally does.
    /// </summary>
    [JsonIgnore]
    public bool IsListed => Count <= LargestListed;

    /// <summary>
    /// What a tally shows of it. Members stand in the charter for everyone to see; of voters who were imported a public vote
    /// shows the names, as it does with each ballot, and a secret one their number.
    /// </summary>
    public Electorate Published(bool secret) =>
        !IsImported ? this
        : secret ? new Electorate { Members = [], Subject = Subject, Unnamed = Size }
        : this with { Members = Members.WithoutAddresses() };

    /// <summary>Whether its voters were imported, rather than taken from the charter.</summary>
    [JsonIgnore]
    public bool IsImported => Members is [{ Address: not null }, ..];

    /// <summary>The voter of an id, from those who were imported or from the charter.</summary>
    public Member? Voter(Charter charter, string id) =>
        Members.Find(id)?.Imported ?? charter.Members.FirstOrDefault(member => member.Id == id);

    /// <summary>The voter of an id; else the one who has this name or address, where no other has it too.</summary>
    public Elector? Find(string? named)
    {
        if (named?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        return Asks(text) && Members.Find(text) is { } known ? known
            : Asked.Where(elector => Is(elector.Name) || Is(elector.Address)).Take(2).ToList() is [var one] ? one
            : null;

        bool Is(string? other) => string.Equals(other, text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The name of a voter, or the id where it is not known.</summary>
    public string NameOf(string id) => Members.Find(id)?.Name ?? id;

    /// <summary>The same with another address of one voter; itself where nothing is to change.</summary>
    /// <param name="address">Null: as it is.</param>
    /// <param name="why">Why it cannot be.</param>
    public Electorate? Correct(string voter, string? address, bool hasVoted, out string why)
    {
        why = "";
        if (!Asks(voter) || Members.Find(voter) is not { } elector)
        {
            why = $"{voter} is not asked";
            return null;
        }

        if (address is null || Same(elector.Address, address))
        {
            return this;
        }

        why = elector.Address is null ? "a member's address stands in the charter; correct it there"
            : hasVoted ? $"{elector.Name} has voted"
            : !CharterValues.IsAddress(address) ? $"\"{address}\" is no mail address"
            : Members.FirstOrDefault(member => Same(member.Address, address)) is { } other
                ? $"{address} is the address of {other.Name}"
            : "";
        return why.Length > 0 ? null : this with
        {
            Members = Electors.Of(Members.Select(member => member.Id == voter ? member with { Address = address } : member)),
        };

        static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether this member may vote.</summary>
    public bool Asks(string member) => Unnamed is not null || (member != Subject && Members.Contains(member));

    public bool Equals(Electorate? other) =>
        other is not null && Subject == other.Subject && Unnamed == other.Unnamed && Members.SequenceEqual(other.Members);

    public override int GetHashCode() => HashCode.Combine(Subject, Members.Count);
}
