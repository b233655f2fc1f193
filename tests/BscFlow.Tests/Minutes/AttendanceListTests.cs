using BscFlow.Minutes;

namespace BscFlow.Tests.Minutes;

public sealed class AttendanceListTests
{
    private static readonly DateOnly Day = new(2026, 1, 8);

    private const string Draft = """
        ## Meeting #1 - 2026-01-08

        - **Duration:**
        - **Chair:** Amara Okafor
        - **Participants:**
        - **Notes:**
          - Harbour lights
        """;

    [Fact]
    public void Of_a_draft_nobody_is_there_but_the_chair() =>
        Assert.Equal(
            ["amara Present chair", "ines Absent", "mateusz Absent", "priya Absent", "tomas Absent", "guest-0 Absent", "guest-1 Absent"],
            Read(Draft).Select(person => $"{person.Key} {person.Presence}{(person.InChair ? " chair" : "")}"));

    [Fact]
    public void Each_who_comes_is_listed_below_the_last()
    {
        var text = Set(Set(Draft, "ines", Presence.Present), "guest-0", Presence.Present);

        Assert.Equal(
            Draft.Replace("- **Participants:**\n", "- **Participants:**\n  - Inês Carvalho\n  - Leila Haddad\n", StringComparison.Ordinal), text);
        Assert.Equal(["amara", "ines", "guest-0"], There(text));
    }

    [Fact]
    public void Who_leaves_stays_listed_with_a_remark_that_goes_when_they_come_back()
    {
        var there = Set(Draft, "tomas", Presence.Present);
        var left = Set(there, "tomas", Presence.Left);

        Assert.Contains("  - Tomás Herrera (left early)\n", left, StringComparison.Ordinal);
        Assert.Equal(Presence.Left, Read(left).Single(person => person.Key == "tomas").Presence);
        Assert.Equal(there, Set(left, "tomas", Presence.Present));
        Assert.Equal(Draft, Set(left, "tomas", Presence.Absent));
    }

    [Theory]
    [InlineData("- **Participants:** Amara Okafor, Tomas, Inês\n", "priya", Presence.Present, "- **Participants:** Amara Okafor, Tomas, Inês, Priya Raghunathan\n")]
    [InlineData("- **Participants:** Amara Okafor, Tomas, Inês\n", "tomas", Presence.Absent, "- **Participants:** Amara Okafor, Inês\n")]
    [InlineData("- **Participants:** Amara Okafor, Tomas, Inês\n", "tomas", Presence.Left, "- **Participants:** Amara Okafor, Tomas (left early), Inês\n")]
    [InlineData("- **Participants:** Tomas, Inês\n", "tomas", Presence.Absent, "- **Participants:** Inês\n")]
    [InlineData("", "tomas", Presence.Present, "- **Participants:**\n  - Tomás Herrera\n")]
    public void A_list_that_somebody_wrote_in_another_form_keeps_it(string list, string key, Presence presence, string changed) =>
        Assert.Equal(
            Draft.Replace("- **Participants:**\n", changed, StringComparison.Ordinal),
            Set(Draft.Replace("- **Participants:**\n", list, StringComparison.Ordinal), key, presence));

    [Theory]
    [InlineData("## Meeting #1\n- **Notes:**\n  - Quorum lost: Tomás left.\n", 3)]
    [InlineData("## Meeting #1\n- **Notes:**\n  - **Quorum was lost** at 15:40\n", 3)]
    [InlineData("## Meeting #1\n- **Notes:**\n  - We talked about how a quorum was lost in May\n", null)]
    public void Minutes_say_where_the_quorum_was_lost(string text, int? line) => Assert.Equal(line, QuorumLoss.Find(text));

    private static IEnumerable<string> There(string text) =>
        Read(text).Where(person => person.Presence is Presence.Present).Select(person => person.Key);

    private static IReadOnlyList<Attendee> Read(string text)
    {
        var document = MinutesReader.Read(text);
        return AttendanceList.Read(Tidewater.Charter, Tidewater.Roster, Day, document, document.Meetings.Single());
    }

    private static string Set(string text, string key, Presence presence) =>
        AttendanceList.Set(Tidewater.Charter, Tidewater.Roster, Day, text, key, presence);
}
