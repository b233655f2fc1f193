using BscFlow.Actions;

namespace BscFlow.Tests.Actions;

public sealed class ActionDigestTests
{
    private static readonly DateOnly Today = new(2026, 11, 3);

    [Fact]
    public void Each_owner_gets_the_open_items_and_who_has_none_gets_no_list()
    {
        var lists = For(Item("0001-1", "priya"), Item("0001-2", "ines", "priya"), Item("0001-3", "Nobody We Know"));

        Assert.Equal([("ines", "0001-2"), ("priya", "0001-1, 0001-2")], lists);
    }

    [Fact]
    public void What_is_done_or_dropped_is_on_no_list() =>
        Assert.Empty(For(
            Item("0001-1", "priya") with { State = ActionState.Done },
            Item("0001-2", "ines") with { State = ActionState.Dropped }));

    [Fact]
    public void An_item_for_everyone_is_on_the_list_of_each_member_in_office() =>
        Assert.Equal(
            ["amara", "ines", "mateusz", "priya", "tomas"],
            For(Item("0001-1", ActionItem.Everyone)).Select(list => list.Owner));

    [Fact]
    public void A_guest_with_an_address_is_reminded_and_one_without_cannot_be() =>
        Assert.Equal(
            [("leila@tidewater.example", "0001-1")],
            For(Item("0001-1", "Leila Haddad"), Item("0001-2", "Noah Whitfield")));

    [Fact]
    public void Who_has_left_is_not_reminded() => Assert.Empty(For(Item("0001-1", "hana")));

    private static IEnumerable<(string Owner, string Items)> For(params ActionItem[] register) =>
        ActionDigest.For(Tidewater.Charter, register, Today)
            .Select(list => (list.Owner.Key, string.Join(", ", list.Items.Select(item => item.Id))));

    private static ActionItem Item(string id, params string[] owners) => new()
    {
        Id = id,
        Owners = owners,
        Text = "call the harbour",
        Opened = Today.AddDays(-30),
        LastSeen = Today.AddDays(-30),
    };
}
