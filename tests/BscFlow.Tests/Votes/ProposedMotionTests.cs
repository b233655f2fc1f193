using BscFlow.Minutes;
using BscFlow.Votes;

namespace BscFlow.Tests.Votes;

public sealed class ProposedMotionTests
{
    private static readonly DateOnly Day = new(2025, 7, 9);

    private const string Everyone = "Tessa Quill, Oren Vale, Abel Ngô, Mia Berg, Lev Sand";

    [Theory]
    [InlineData("- VOTE(charter): Adopt the new charter. It is on the wiki.", "charter", "Adopt the new charter")]
    [InlineData("  * **VOTE (Charter):** Adopt the new charter", "charter", "Adopt the new charter")]
    [InlineData("VOTE: Meet in May", "ordinary", "Meet in May")]
    [InlineData("- Vote (removal): Remove Lev Sand", "removal", "Remove Lev Sand")]
    [InlineData("- VOTE(whatever): Meet in May", "ordinary", "Meet in May")]
    public void A_vote_that_the_notes_announce_is_proposed_under_its_rule(string line, string rule, string title)
    {
        var proposed = Assert.Single(In(Everyone, line));

        Assert.Equal((rule, title, ProposalReason.Announced, 7), (proposed.Rule, proposed.Title, proposed.Reason, proposed.Line));
    }

    [Theory]
    [InlineData("- Vote: order the audit. 4 for, 1 against. Carried.")]
    [InlineData("- The vote (by mail) was long")]
    [InlineData("- VOTE(charter):")]
    [InlineData("- Decision: meet in May")]
    public void What_tells_of_a_vote_or_of_a_decision_with_quorum_asks_for_nothing(string line) =>
        Assert.Empty(In(Everyone, line));

    [Fact]
    public void A_decision_of_a_meeting_without_quorum_is_proposed()
    {
        var proposed = Assert.Single(In("Tessa Quill, Oren Vale", "- Decision: We meet in May"));

        Assert.Equal((ProposalReason.NoQuorum, "We meet in May", "ordinary"), (proposed.Reason, proposed.Text, proposed.Rule));
    }

    [Fact]
    public void What_the_minutes_say_of_the_quorum_comes_before_who_is_listed() =>
        Assert.Single(In(Everyone, "- No quorum\n- Decision: We meet in May"));

    [Fact]
    public void Nobody_votes_again_on_what_was_decided_where_nobody_is_listed() =>
        Assert.Empty(In("", "- Decision: We meet in May"));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void A_vote_is_found_on_its_line_whatever_ends_the_lines(string end)
    {
        var document = MinutesReader.Read(string.Join(
            end,
            "## Meeting #7 - 2025-07-09",
            $"- Participants: {Everyone}",
            "- Notes:",
            "  - VOTE(charter): Adopt the new charter.",
            "  - VOTE: Meet in May",
            ""));

        var proposed = ProposedMotion.In(document, document.Meetings[0], SmallCommittee.Agreed, Day);

        Assert.Equal(
            [("Adopt the new charter.", "charter", 4), ("Meet in May", "ordinary", 5)],
            proposed.Select(motion => (motion.Text, motion.Rule, motion.Line)));
    }

    [Fact]
    public void A_vote_that_is_announced_without_quorum_is_proposed_once() =>
        Assert.Single(In("Tessa Quill", "- VOTE(charter): Adopt it\n- VOTE(charter): Adopt it"));

    [Fact]
    public void A_long_text_gets_a_title_that_ends_at_a_word_and_an_id_that_stays()
    {
        var text = string.Join(' ', Enumerable.Repeat("again", 60));
        var proposed = Assert.Single(In(Everyone, $"- VOTE(charter): {text}"));

        Assert.Equal(text, proposed.Text);
        Assert.EndsWith("again ...", proposed.Title, StringComparison.Ordinal);
        Assert.InRange(proposed.Title.Length, 50, 104);
        Assert.Equal(proposed.Id, Assert.Single(In(Everyone, $"- VOTE(charter): {text}")).Id);
    }

    [Fact]
    public void Texts_that_begin_alike_are_two_motions_and_so_is_one_text_of_two_meetings()
    {
        const string Text = "Amend the charter's section on voting members to";
        var both = In(Everyone, $"- VOTE(charter): {Text} add a seat.\n- VOTE(charter): {Text} remove a seat.");

        Assert.Equal(2, both.Select(motion => motion.Id).Distinct().Count());
        var earlier = Assert.Single(In(Everyone, $"- VOTE(charter): {Text} add a seat.", Day.AddDays(-7)));
        Assert.NotEqual(both[0].Id, earlier.Id);
        Assert.All(
            both.Append(earlier),
            motion => Assert.StartsWith(
                "2025-07-amend-the-charter-s-section-on-voting-members", motion.Id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Adopt the new charter", "2025-07-adopt-the-new-charter")]
    [InlineData("  Añadir a Tomás Herrera!  ", "2025-07-anadir-a-tomas-herrera")]
    [InlineData("+++", "2025-07-motion")]
    [InlineData("Grow by twelve members before the first of the month of May", "2025-07-grow-by-twelve-members-before-the-first-of-the")]
    public void An_id_is_the_month_and_the_words_of_the_title(string title, string id) =>
        Assert.Equal(id, MotionId.Of(title, Day));

    private static IReadOnlyList<ProposedMotion> In(string participants, string notes, DateOnly? day = null)
    {
        var document = MinutesReader.Read(
            $"## Meeting #7 - 2025-07-09\n\n- Duration: 30m\n- Chair: Tessa Quill\n- Participants: {participants}\n- Notes:\n{notes}\n");
        return ProposedMotion.In(document, document.Meetings[0], SmallCommittee.Agreed, day ?? Day);
    }
}
