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
        var text = Set(Set(Draft, "ines", Presence.Present)!, "guest-0", Presence.Present)!;

        Assert.Equal(
            Draft.Replace("- **Participants:**\n", "- **Participants:**\n  - Inês Carvalho\n  - Leila Haddad\n", StringComparison.Ordinal), text);
        Assert.Equal(["amara", "ines", "guest-0"], There(text));
    }

    [Fact]
    public void Who_leaves_stays_listed_with_a_remark_that_goes_when_they_come_back()
    {
        var there = Set(Draft, "tomas", Presence.Present)!;
        var left = Set(there, "tomas", Presence.Left)!;

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
    [InlineData("- **Participants:** Tomas\n", "tomas", Presence.Absent, "- **Participants:**\n")]
    [InlineData("- **Participants:** Tomas and Inês\n", "ines", Presence.Absent, "- **Participants:** Tomas\n")]
    [InlineData("- **Participants:** Amara, **Tomas**, [Inês](mailto:i@x.example)\n", "tomas", Presence.Absent, "- **Participants:** Amara, [Inês](mailto:i@x.example)\n")]
    [InlineData("- **Participants:** Amara, **Tomas**, [Inês](mailto:i@x.example)\n", "ines", Presence.Absent, "- **Participants:** Amara, **Tomas**\n")]
    [InlineData("- **Participants:** Amara, Tomasz Nowak, Tomas\n", "tomas", Presence.Absent, "- **Participants:** Amara, Tomasz Nowak\n")]
    [InlineData("- **Participants:** Amara, Tomasz Nowak, Tomas\n", "tomas", Presence.Left, "- **Participants:** Amara, Tomasz Nowak, Tomas (left early)\n")]
    [InlineData("- **Participants:** Tomas Berg, Tomas, Amara\n", "tomas", Presence.Left, "- **Participants:** Tomas Berg, Tomas (left early), Amara\n")]
    [InlineData("", "tomas", Presence.Present, "- **Participants:**\n  - Tomás Herrera\n")]
    public void A_list_that_somebody_wrote_in_another_form_keeps_it(string list, string key, Presence presence, string changed) =>
        Assert.Equal(
            Draft.Replace("- **Participants:**\n", changed, StringComparison.Ordinal),
            Set(Draft.Replace("- **Participants:**\n", list, StringComparison.Ordinal), key, presence));

    [Theory]
    [InlineData("  - Amara Okafor, Lights\n", "ines", Presence.Present, "  - Amara Okafor, Lights\n  - Inês Carvalho\n")]
    [InlineData("  - Amara Okafor (left at 15:40)\n", "ines", Presence.Present, "  - Amara Okafor (left at 15:40)\n  - Inês Carvalho\n")]
    [InlineData("  1. Amara Okafor\n", "ines", Presence.Present, "  1. Amara Okafor\n  2. Inês Carvalho\n")]
    [InlineData("  - Voting: Amara, Tomas\n", "ines", Presence.Present, "  - Voting: Amara, Tomas, Inês Carvalho\n")]
    [InlineData("  - Amara\n    - (joined late)\n", "ines", Presence.Present, "  - Amara\n    - (joined late)\n  - Inês Carvalho\n")]
    [InlineData("  - Amara\n  - Guests:\n    - Noah Whitfield\n", "ines", Presence.Present, "  - Amara\n  - Inês Carvalho\n  - Guests:\n    - Noah Whitfield\n")]
    [InlineData("  - [x] Amara\n  - [ ] Inês\n  - [ ] Inês Carvalho\n", "ines", Presence.Present, "  - [x] Amara\n  - [ ] Inês\n  - [x] Inês Carvalho\n")]
    [InlineData("  - [x] Amara\n  - [x] Inês\n", "ines", Presence.Absent, "  - [x] Amara\n  - [ ] Inês\n")]
    [InlineData("  - [[Inês]{.ul} [Carvalho]{.ul}](mailto:i@x.example)\n  - Amara\n", "ines", Presence.Absent, "  - Amara\n")]
    [InlineData("  - [[Inês]{.ul} [Carvalho]{.ul}](mailto:i@x.example)\n  - Amara\n", "ines", Presence.Left, "  - [[Inês]{.ul} [Carvalho]{.ul}](mailto:i@x.example) (left early)\n  - Amara\n")]
    [InlineData("  - Inês (Lights) (left at 15:40)\n  - Amara\n", "ines", Presence.Present, "  - Inês (Lights)\n  - Amara\n")]
    [InlineData("  - Inês\n  - Amara\n  - Inês Carvalho\n", "ines", Presence.Absent, "  - Amara\n")]
    public void One_persons_box_changes_one_persons_name(string list, string key, Presence presence, string changed) =>
        Assert.Equal(
            Draft.Replace("- **Participants:**\n", $"- **Participants:**\n{changed}", StringComparison.Ordinal),
            Set(Draft.Replace("- **Participants:**\n", $"- **Participants:**\n{list}", StringComparison.Ordinal), key, presence));

    [Fact]
    public void A_text_without_a_place_for_a_name_is_said_to_have_none()
    {
        Assert.Null(Set("Notes of nobody's meeting", "ines", Presence.Present));
        Assert.Null(Set($"{Draft}\n{Draft}", "ines", Presence.Present));
    }

    [Fact]
    public void A_row_without_end_is_not_tried_name_by_name()
    {
        var row = string.Join(", ", Enumerable.Repeat("Tomasz Nowak", 5_000));
        var text = Draft.Replace("- **Participants:**\n", $"- **Participants:** {row}, [[Priya]{{.ul}} [Raghunathan]{{.ul}}](mailto:p@x.example)\n", StringComparison.Ordinal);

        Assert.Null(Set(text, "priya", Presence.Absent));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_end_as_those_around_them(string end)
    {
        var text = Draft.Replace("\n", end, StringComparison.Ordinal);

        var changed = AttendanceList.NoteLoss(Set(Set(text, "ines", Presence.Present)!, "tomas", Presence.Left)!, "Tomás Herrera");

        Assert.Equal(
            $"- **Participants:**{end}  - Inês Carvalho{end}  - Tomás Herrera (left early){end}- **Notes:**{end}  - Harbour lights{end}  - Quorum lost: Tomás Herrera left.{end}",
            changed[changed.IndexOf("- **Part", StringComparison.Ordinal)..]);
        Assert.Equal(["amara", "ines"], There(changed));
    }

    [Theory]
    [InlineData("## Meeting #1\n- **Notes:**\n  - Quorum lost: Tomás left.\n", 3)]
    [InlineData("## Meeting #1\n- **Notes:**\n  - **Quorum was lost** at 15:40\n", 3)]
    [InlineData("## Meeting #1\n- Quorum: yes\n- **Notes:**\n  - Budget\n    - Quorum lost: Tomás left.\n", 5)]
    [InlineData("## Meeting #1\n### Participants (quorum present)\n- Ada\n### Notes\n- Budget\n  - Quorum lost: Tomás left.\n", 6)]
    [InlineData("## Meeting #1\n- Quorum present\nQuorum has been lost\n", 3)]
    [InlineData("## Meeting #1\n- Quorum losters\n", null)]
    [InlineData("## Meeting #1\n- **Notes:**\n  - We talked about how a quorum was lost in May\n", null)]
    public void Minutes_say_where_the_quorum_was_lost(string text, int? line) => Assert.Equal(line, Assert.Single(MinutesReader.Read(text).Meetings).QuorumLostLine);

    [Theory]
    [InlineData("- **Quorum:** yes\n")]
    [InlineData("- Quorum present\n")]
    [InlineData("")]
    public void A_quorum_that_was_said_to_be_there_is_lost_when_the_minutes_say_so_later(string first)
    {
        var text = Draft.Replace("- **Participants:**\n", $"- **Participants:** Amara, Inês, Tomás (left early)\n{first}", StringComparison.Ordinal)
            + "\n  - Decision: the buoys are painted yellow\n  - Quorum lost: Tomás left.\n  - Decision: the fog horn is sold\n";
        var minutes = Assert.Single(MinutesReader.Read(text).Meetings);

        var quorum = MeetingQuorum.Of(minutes, Tidewater.Charter, Tidewater.Roster, Day);

        Assert.Equal(minutes.Decisions[0].Line + 1, quorum.LostAt);
        Assert.Equal([true, false], minutes.Decisions.Select(quorum.Binds));
    }

    [Fact]
    public void A_quorum_that_was_never_there_is_not_lost()
    {
        var text = Draft + "\n  - No quorum\n  - Decision: the buoys are painted yellow\n  - Quorum lost: Tomás left.\n";
        var minutes = Assert.Single(MinutesReader.Read(text).Meetings);

        var quorum = MeetingQuorum.Of(minutes, Tidewater.Charter, Tidewater.Roster, Day);

        Assert.Null(quorum.LostAt);
        Assert.False(quorum.Binds(Assert.Single(minutes.Decisions)));
    }

    private static IEnumerable<string> There(string text) =>
        Read(text).Where(person => person.Presence is Presence.Present).Select(person => person.Key);

    private static IReadOnlyList<Attendee> Read(string text)
    {
        var document = MinutesReader.Read(text);
        return AttendanceList.Read(Tidewater.Charter, Tidewater.Roster, Day, document.Meetings.Single());
    }

    private static string? Set(string text, string key, Presence presence) =>
        AttendanceList.Set(Tidewater.Charter, Tidewater.Roster, Day, text, key, presence);
}
