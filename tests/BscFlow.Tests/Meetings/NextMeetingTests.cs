using BscFlow.Committee;
using BscFlow.Meetings;

namespace BscFlow.Tests.Meetings;

public sealed class NextMeetingTests
{
    private static readonly Charter Charter = Charters.Small();

    /// <summary>Of February, March and April: second Wednesdays, 17:00 in Berlin.</summary>
    private static readonly DateTimeOffset[] Dates =
        [new(2026, 2, 11, 16, 0, 0, TimeSpan.Zero), new(2026, 3, 11, 16, 0, 0, TimeSpan.Zero), new(2026, 4, 8, 15, 0, 0, TimeSpan.Zero)];

    [Fact]
    public void One_of_the_calendar_comes_next_where_none_is_on_the_books() => Assert.Equal(Dates[1], After(Dates[0]));

    [Fact]
    public void One_that_was_cancelled_on_the_books_is_passed_over() =>
        Assert.Equal(Dates[2], After(Dates[0], Booked(Dates[1]) with { State = MeetingState.Cancelled }));

    [Fact]
    public void A_special_one_before_it_comes_first() =>
        Assert.Equal(
            Dates[1].AddDays(-3), After(Dates[0], Booked(Dates[1].AddDays(-3)) with { Special = true }, Booked(Dates[1])));

    [Fact]
    public void The_one_on_the_books_is_given_with_what_is_known_of_it() =>
        Assert.Equal(7, NextMeeting.After(Charter, [Booked(Dates[1]) with { Number = 7 }], Dates[0])!.Number);

    [Fact]
    public void The_meeting_of_the_moment_itself_is_not_next() => Assert.Equal(Dates[1], After(Dates[0], Booked(Dates[0])));

    private static DateTimeOffset? After(DateTimeOffset moment, params Meeting[] known) =>
        NextMeeting.After(Charter, known, moment)?.Start;

    private static Meeting Booked(DateTimeOffset start) =>
        new() { Committee = Charter.Id, Number = 5, Start = start, Length = TimeSpan.FromHours(1) };
}
