using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using static BscFlow.Secretary.NeedWords;

namespace BscFlow.Secretary;

/// <summary>Action items that are late, and those that are nobody's.</summary>
internal static class ActionNeeds
{
    public static IEnumerable<Need> Of(DeskState state)
    {
        var overdue = state.OpenActions.Where(item => item.IsOverdue(state.Today)).OrderBy(item => item.Due).ToList();
        foreach (var item in overdue.Take(overdue.Count > MostOfAKind ? MostOfAKind - 1 : MostOfAKind))
        {
            yield return new Need(
                Urgency.Soon,
                $"Overdue: {item.TextBesideDue}",
                $"{Owners(state.Charter, item)}; was due on {Day(item.Due!.Value)}.",
                new("Deal with it", $"/actions/{item.Id}"));
        }

        if (overdue.Count > MostOfAKind)
        {
            yield return new Need(
                Urgency.Soon,
                $"{overdue.Count - MostOfAKind + 1} more action items are overdue",
                "The oldest stand above.",
                new("See them all", "/actions"));
        }

        var nobodys = state.OpenActions.Where(item => item.Owners.Count == 0).ToList();
        if (nobodys.Count > 0)
        {
            yield return new Need(
                Urgency.Soon,
                nobodys.Count == 1 ? $"Nobody’s: {nobodys[0].Text}" : $"{nobodys.Count} action items are nobody’s",
                "Nobody is reminded of what has no owner.",
                nobodys.Count == 1 ? new("Give it to somebody", $"/actions/{nobodys[0].Id}") : new("See them", "/actions"));
        }
    }

    private static string Owners(Charter charter, ActionItem item) =>
        item.Owners.Count == 0 ? "Nobody named" : string.Join(", ", item.Owners.Select(charter.NameOf));
}
