using BscFlow.Actions;
using BscFlow.Mail;

namespace BscFlow.Tests.Actions;

public class ActionReplyTests
{
    [Theory]
    [InlineData("0055-2 done", "0055-2 Done")]
    [InlineData("done: 0055-2, 0056-1", "0055-2 Done", "0056-1 Done")]
    [InlineData("0055-2 and 0056-1 are done", "0055-2 Done", "0056-1 Done")]
    [InlineData("- [0055-2] Done!", "0055-2 Done")]
    [InlineData("0055-2: merged last week", "0055-2 Done")]
    [InlineData("0055-2 is done - see the pull request", "0055-2 Done")]
    [InlineData("0055-2 later\n0056-1 not mine", "0055-2 Later", "0056-1 NotMine")]
    [InlineData("0055-2: later, by 1 March", "0055-2 Later")]
    [InlineData("0055-2 not yet done", "0055-2 Later")]
    [InlineData("0055-2 isn't mine")]
    [InlineData("all done", "0055-2 Done", "0056-1 Done")]
    [InlineData("Both are done, thanks", "0055-2 Done", "0056-1 Done")]
    [InlineData("done")]
    [InlineData("0055-2 done with half of it")]
    [InlineData("What is left to be done on 0055-2?")]
    [InlineData("0099-1 done")]
    [InlineData("> 0055-2: Send the budget\ndone\n> 0056-1: Ask\nnot mine", "0055-2 Done", "0056-1 NotMine")]
    [InlineData("0055-2 done\n0055-2 later", "0055-2 Later")]
    [InlineData("")]
    public void A_line_says_one_thing_of_the_items_that_it_names(string text, params string[] expected) =>
        Assert.Equal(expected.Order(), Read(text, "0055-2", "0056-1").Order());

    [Theory]
    [InlineData("Done.", "0055-2 Done")]
    [InlineData("Hi,\n\nlater, please.\n\nAda", "0055-2 Later")]
    [InlineData("It's not mine", "0055-2 NotMine")]
    public void Where_there_is_one_item_it_need_not_be_named(string text, params string[] expected) =>
        Assert.Equal(expected, Read(text, "0055-2"));

    [Theory]
    [InlineData("0032-1 later, by 1 March\n0099-9 done", "0099-9", "0032-1 Later")]
    [InlineData("0099-9 done", "0099-9")]
    [InlineData("> 0099-9: Something\ndone", "0099-9")]
    [InlineData("0032-1 and 0099-9 are done", "0099-9", "0032-1 Done")]
    public void A_line_about_an_item_that_is_not_there_speaks_of_no_other(string text, string unknown, params string[] expected)
    {
        var read = ActionReply.Read(
            new Reply(text, text),
            [new ActionItem { Id = "0032-1", Owners = ["ada"], Text = "x", Opened = default, LastSeen = default }]);

        Assert.Equal(expected, read.Answers.Select(answer => $"{answer.Item} {answer.Standing}"));
        Assert.Equal([unknown], read.Unknown);
    }

    [Fact]
    public void Items_of_a_meeting_without_a_number_are_named_by_its_day() =>
        Assert.Equal(
            ["2025-10-08-1 Done", "2025-10-08-2 Later"],
            Read("2025-10-08-1 done\n2025-10-08-2 later", "2025-10-08-1", "2025-10-08-2").Order());

    private static IEnumerable<string> Read(string text, params string[] ids) => ActionReply
        .Read(new Reply(text, text), [.. ids.Select(id => new ActionItem { Id = id, Owners = ["ada"], Text = "x", Opened = default, LastSeen = default })])
        .Answers.Select(answer => $"{answer.Item} {answer.Standing}");
}
