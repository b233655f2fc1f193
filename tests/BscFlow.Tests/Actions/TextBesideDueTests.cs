using BscFlow.Actions;

namespace BscFlow.Tests.Actions;

/// <summary>Where the day by which an item is due stands beside its text, the text does not say it again.</summary>
public sealed class TextBesideDueTests
{
    private static readonly DateOnly Stated = new(2026, 11, 5);

    [Theory]
    [InlineData("Paint the buoys, due 2026-11-14", "Paint the buoys")]
    [InlineData("Paint the buoys (due 2026-11-14)", "Paint the buoys")]
    [InlineData("Paint the buoys by 14 November.", "Paint the buoys")]
    [InlineData("By 14 November paint the buoys", "By 14 November paint the buoys")]
    [InlineData("Due 2026-11-14", "Due 2026-11-14")]
    [InlineData("Paint the buoys", "Paint the buoys")]
    public void Words_at_its_end_that_say_the_day_are_left_out(string text, string told) =>
        Assert.Equal(told, Item(text, new(2026, 11, 14)).TextBesideDue);

    [Fact]
    public void Words_that_say_another_day_stay_as_of_an_item_that_was_put_off() =>
        Assert.Equal("Paint the buoys, due 2026-11-14", Item("Paint the buoys, due 2026-11-14", new(2026, 12, 1)).TextBesideDue);

    private static ActionItem Item(string text, DateOnly due) => new()
    {
        Id = "0034-1",
        Owners = ["ines"],
        Text = text,
        Opened = Stated,
        LastSeen = Stated,
        Due = due,
        Mentions =
        [
            new() { Meeting = 34, Date = Stated, Line = 9, Owners = ["ines"], Text = text, Due = DueDate.Find(text, Stated, null) },
        ],
    };
}
