using BscFlow.Committee;

namespace BscFlow.Mail;

/// <summary>Someone whose address the charter knows.</summary>
/// <param name="Key">As in <see cref="Addressee.Key"/>: a member's id, or an address.</param>
/// <param name="Member">Null for who has no vote on that day.</param>
public sealed record Correspondent(string Key, string Name, Member? Member)
{
    /// <summary>Whose address it is on a day: a member's, a guest's, a secretary's. Null for a stranger's.</summary>
    public static Correspondent? Find(Charter charter, string address, DateOnly day)
    {
        if (new Roster(charter).ByAddress(address) is { } member)
        {
            return new(member.Id, member.Name, member.InOffice(day) ? member : null);
        }

        if (charter.Guests.FirstOrDefault(guest => Same(guest.Address, address)) is { } guest)
        {
            return new(guest.Address!, guest.Name, null);
        }

        return charter.Secretaries.Any(secretary => Same(secretary, address)) ? new(address, address, null) : null;
    }

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
