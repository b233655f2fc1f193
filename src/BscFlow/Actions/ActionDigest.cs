using BscFlow.Committee;

namespace BscFlow.Actions;

/// <summary>Whom to remind of what.</summary>
public static class ActionDigest
{
    /// <summary>
    /// The open items of each member in office, by the charter's order of members; members without open items are left out.
    /// An item for everyone is in each list. Guests have no list: the committee cannot oblige them.
    /// </summary>
    public static IEnumerable<(Member Owner, IReadOnlyList<ActionItem> Items)> For(
        Charter charter, IReadOnlyList<ActionItem> register, DateOnly today) =>
        from member in new Roster(charter).On(today)
        let items = register.Where(item => item.State is ActionState.Open && IsFor(member, item)).ToList()
        where items.Count > 0
        select (member, (IReadOnlyList<ActionItem>)items);

    private static bool IsFor(Member member, ActionItem item) =>
        item.Owners.Contains(member.Id) || item.Owners.Contains(ActionItem.Everyone);
}
