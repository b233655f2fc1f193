using System.Globalization;
using BscFlow.Actions;

namespace BscFlow.Tests.Actions;

public sealed class DueDateTests
{
    // A Wednesday; the next meeting is four weeks later.
    private static readonly DateOnly Meeting = new(2025, 2, 12);
    private static readonly DateOnly NextMeeting = new(2025, 3, 12);

    [Theory]
    [InlineData("send the numbers by 2025-03-01", "2025-03-01")]
    [InlineData("send the numbers by Friday", "2025-02-14")]
    [InlineData("send the numbers by this Friday", "2025-02-14")]
    [InlineData("send the numbers by next Friday", "2025-02-21")]
    [InlineData("send the numbers by Wednesday", "2025-02-19")]
    [InlineData("send the numbers until Thu", "2025-02-13")]
    [InlineData("EOD Monday is too late, send them by EOD Friday", "2025-02-14")]
    [InlineData("Send the numbers before next meeting", "2025-03-12")]
    [InlineData("Send the numbers by the next committee meeting", "2025-03-12")]
    [InlineData("have a first version for next time", "2025-03-12")]
    [InlineData("report by end of March", "2025-03-31")]
    [InlineData("report by the end of the month", "2025-02-28")]
    [InlineData("report by end of next month", "2025-03-31")]
    [InlineData("report by EOM", "2025-02-28")]
    [InlineData("report by end of Q2", "2025-06-30")]
    [InlineData("report by Q3", "2025-09-30")]
    [InlineData("report by the end of the quarter", "2025-03-31")]
    [InlineData("report by end of year", "2025-12-31")]
    [InlineData("report by end of 2026", "2026-12-31")]
    [InlineData("report by end of week", "2025-02-14")]
    [InlineData("report by next week", "2025-02-21")]
    [InlineData("report by March", "2025-03-31")]
    [InlineData("report by December", "2025-12-31")]
    [InlineData("report by March 2026", "2026-03-31")]
    [InlineData("Deadline: 19th", "2025-02-19")]
    [InlineData("Deadline: 3rd", "2025-03-03")]
    [InlineData("till March 13th posting a snapshot", "2025-03-13")]
    [InlineData("by 13 March", "2025-03-13")]
    [InlineData("no later than the 13th of March", "2025-03-13")]
    [InlineData("by Mar. 13, 2026", "2026-03-13")]
    [InlineData("by February 3rd", "2025-02-03")]
    [InlineData("by January 3rd", "2026-01-03")]
    [InlineData("by 10/21", "2025-10-21")]
    [InlineData("by 21/10/2026", "2026-10-21")]
    [InlineData("reply within two weeks", "2025-02-26")]
    [InlineData("reply within 3 days", "2025-02-15")]
    [InlineData("reply by tomorrow", "2025-02-13")]
    [InlineData("due: 2025-04-30", "2025-04-30")]
    [InlineData("by 2025-02-30, else by March 5", "2025-03-05")]
    public void A_deadline_is_read(string text, string day) => Assert.Equal(
        DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), DueDate.Find(text, Meeting, NextMeeting)?.Day);

    [Theory]
    [InlineData("call scheduled for 8am 10/21")]
    [InlineData("publish the minutes of March")]
    [InlineData("review the change by May Lindqvist")]
    [InlineData("a talk by Monday.example")]
    [InlineData("meet on 2025-03-01")]
    [InlineData("by 3/4")]
    [InlineData("by February 30")]
    [InlineData("stand by day and night")]
    [InlineData("an increase by 2 %")]
    [InlineData("")]
    public void What_is_no_deadline_is_not_read_as_one(string text) => Assert.Null(DueDate.Find(text, Meeting, NextMeeting));

    [Fact]
    public void Before_next_meeting_is_no_date_while_none_is_known() =>
        Assert.Null(DueDate.Find("before next meeting", Meeting, nextMeeting: null));

    [Fact]
    public void A_day_of_the_month_that_February_lacks_is_in_March() =>
        Assert.Equal(new DateOnly(2025, 3, 30), DueDate.Find("Deadline: 30th", Meeting, NextMeeting)?.Day);

    [Fact]
    public void The_phrase_is_given_back_as_written() =>
        Assert.Equal("by the end of March", DueDate.Find("publish, by the end of March, a report", Meeting, NextMeeting)?.Phrase);
}
