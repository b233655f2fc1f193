using BscFlow.Actions;
using BscFlow.Minutes;

namespace BscFlow.Tests.Actions;

public sealed class ActionMatchingTests
{
    public static TheoryData<LabelledPair> Pairs => [.. LabelledPair.ReadAll()];

    [Theory]
    [MemberData(nameof(Pairs), DisableDiscoveryEnumeration = true)]
    public void Two_statements_are_one_task_exactly_when_a_person_says_so(LabelledPair pair)
    {
        var first = Meeting(55, new DateOnly(2025, 2, 12), new MinutedAction(
            5, Names(pair.Owners), pair.Text, Done: false, Carried: false));
        var later = Meeting(56, new DateOnly(2025, 3, 12), new MinutedAction(
            5, Names(pair.LaterOwners), pair.LaterText, Done: pair.Back == "done", Carried: pair.Back == "carried"));

        var register = ActionRegister.ReadAll([first, later], Tidewater.Roster);

        Assert.Equal(pair.Same ? 1 : 2, register.Count);
    }

    private static string[] Names(string owners) => owners == "-" ? [] : owners.Split(", ");

    private static MeetingMinutes Meeting(int number, DateOnly date, MinutedAction action) =>
        new() { Offset = 0, Length = 0, Line = 1, Number = number, Date = date, ActionItems = [action] };
}
