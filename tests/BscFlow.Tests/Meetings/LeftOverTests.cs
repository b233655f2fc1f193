using BscFlow.Meetings;

namespace BscFlow.Tests.Meetings;

public sealed class LeftOverTests
{
    [Theory]
    [InlineData("  - Budget for travel - moved to next meeting", "Budget for travel")]
    [InlineData("- Logo contest (deferred until the next meeting)", "Logo contest")]
    [InlineData("- Roadmap: to be continued next meeting", "Roadmap")]
    [InlineData("- Release policy was postponed to the following meeting.", "Release policy")]
    public void A_remark_at_the_end_of_a_topic_leaves_the_topic(string line, string topic) =>
        Assert.Equal([topic], LeftOver.Find(line));

    [Fact]
    public void A_remark_on_a_line_of_its_own_leaves_the_topic_above_it() =>
        Assert.Equal(
            ["Technical roadmap"],
            LeftOver.Find("""
                - **Notes:**
                  - Technical roadmap
                    - Slides are not ready
                    - To be continued next meeting
                  - Anything else
                """));

    [Theory]
    [InlineData("- The next meeting is on 4 May")]
    [InlineData("- We moved the repository to the new organisation")]
    [InlineData("- Invite them to the next meeting")]
    public void Speaking_of_the_next_meeting_leaves_nothing(string line) => Assert.Empty(LeftOver.Find(line));

    [Fact]
    public void A_topic_is_left_once() =>
        Assert.Equal(
            ["Elections"], LeftOver.Find("- Elections, moved to next meeting\n- Elections: moved to the next meeting\n"));
}
