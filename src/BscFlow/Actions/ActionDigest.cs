using BscFlow.Committee;
using BscFlow.Mail;

namespace BscFlow.Actions;

/// <summary>Whom to remind of what.</summary>
public static class ActionDigest
{
    /// <summary>
    /// The open items of each owner: members in office in the charter's order, then guests who have an address. Who has none is
    /// left out. An item for everyone is each member's; a guest has what the guest took on.
    /// </summary>
    public static IEnumerable<(Addressee Owner, IReadOnlyList<ActionItem> Items)> For(
        Charter charter, IReadOnlyList<ActionItem> register, DateOnly today)
    {
        var members = new Roster(charter).On(today)
            .Select(member => (Owner: Addressee.Of(member), Names: new[] { member.Id, ActionItem.Everyone }));
        var guests = charter.Guests.Where(guest => guest.Address is not null)
            .Select(guest => (Owner: Addressee.Of(guest), Names: new[] { guest.Name }));
        return
            from owner in members.Concat(guests)
            let items = register
                .Where(item => item.State is ActionState.Open && item.Owners.Intersect(owner.Names).Any())
                .ToList()
            where items.Count > 0
            select (owner.Owner, (IReadOnlyList<ActionItem>)items);
    }
}
