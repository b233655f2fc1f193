using System.Globalization;
using BscFlow.Actions;
using BscFlow.Minutes;

namespace BscFlow.Tests.Actions;

public sealed class ActionRegisterTests
{
    [Fact]
    public void An_item_is_numbered_by_its_meeting()
    {
        var register = Read(Meeting(
            55, "2025-02-12", Action(7, "Inês", "Write the checklist by Friday"), Action(9, "Zoltan", "Fix the gauge")));

        Assert.Equal(["0055-1", "0055-2"], register.Select(item => item.Id));
        Assert.Equal(["ines"], register[0].Owners);
        Assert.Equal(["Zoltan"], register[1].Owners);
        Assert.Equal(new DateOnly(2025, 2, 14), register[0].Due);
        Assert.Equal((55, 7, new DateOnly(2025, 2, 12)), (register[0].Meeting, register[0].Line, register[0].Opened));
        Assert.Equal(ActionState.Open, register[0].State);
    }

    [Fact]
    public void A_meeting_without_number_lends_its_date() =>
        Assert.Equal("2025-02-12-1", Assert.Single(Read(Meeting(null, "2025-02-12", Action(3, "Priya", "Ask the mayor")))).Id);

    [Fact]
    public void The_line_is_counted_from_the_meetings_heading()
    {
        var minutes = Meeting(55, "2025-02-12", Action(207, "Priya", "Ask the harbour office")) with { Line = 200 };

        Assert.Equal(8, Assert.Single(Read(minutes)).Line);
    }

    [Fact]
    public void A_carried_item_keeps_its_identity_and_takes_a_wording_that_says_more()
    {
        var item = Assert.Single(Read(
            Meeting(55, "2025-02-12", Action(7, "Priya", "reach out to Delphine")),
            Meeting(56, "2025-03-12", Action(4, "Priya", "reach out Delphine, plus invite her team") with { Carried = true })));

        Assert.Equal("0055-1", item.Id);
        Assert.Equal("reach out Delphine, plus invite her team", item.Text);
        Assert.Equal((new DateOnly(2025, 2, 12), new DateOnly(2025, 3, 12)), (item.Opened, item.LastSeen));
        Assert.Equal(35, item.AgeInDays(new DateOnly(2025, 3, 19)));
    }

    [Fact]
    public void A_wording_that_says_less_leaves_the_text_as_it_was() =>
        Assert.Equal("turn the load test into a replay tool", Assert.Single(Read(
            Meeting(55, "2025-02-12", Action(7, "Priya", "turn the load test into a replay tool")),
            Meeting(56, "2025-03-12", Action(4, "Priya", "replay tool, in review") with { Carried = true }))).Text);

    [Fact]
    public void The_day_on_which_it_was_done_does_not_hide_what_was_done() =>
        Assert.Single(Read(
            Meeting(55, "2025-02-12", Action(7, "Priya", "storm rehearsal with the replay tool")),
            Meeting(56, "2025-03-12", Action(4, "Priya", "storm rehearsal, held on 1 March") with { Done = true })));

    [Fact]
    public void An_item_marked_done_later_is_closed_on_that_day_and_ages_no_more()
    {
        var item = Assert.Single(Read(
            Meeting(55, "2025-02-12", Action(7, "Priya", "rotate the signing keys")),
            Meeting(56, "2025-03-12", Action(4, "Priya", "signing keys rotated") with { Done = true }),
            Meeting(57, "2025-04-09", Action(4, "Priya", "signing keys rotated") with { Done = true })));

        Assert.Equal((ActionState.Done, new DateOnly(2025, 3, 12)), (item.State, item.Closed));
        Assert.Equal("rotate the signing keys", item.Text);
        Assert.Equal(28, item.AgeInDays(new DateOnly(2026, 1, 1)));
    }

    [Fact]
    public void A_task_taken_on_again_after_it_was_done_is_a_new_one() =>
        Assert.Equal(
            [ActionState.Done, ActionState.Open],
            Read(
                Meeting(55, "2025-02-12", Action(7, "Priya", "rotate the signing keys") with { Done = true }),
                Meeting(56, "2025-03-12", Action(4, "Priya", "rotate the signing keys"))).Select(item => item.State));

    [Fact]
    public void An_item_carried_after_it_was_said_to_be_done_is_open_again()
    {
        var item = Assert.Single(Read(
            Meeting(55, "2025-02-12", Action(7, "Priya", "rotate the signing keys") with { Done = true }),
            Meeting(56, "2025-03-12", Action(4, "Priya", "rotate the signing keys") with { Carried = true })));

        Assert.Equal((ActionState.Open, null), (item.State, item.Closed));
    }

    [Fact]
    public void The_same_task_a_year_later_is_a_new_one() =>
        Assert.Equal(2, Read(
            Meeting(55, "2025-02-12", Action(7, "Priya", "collect nominations for the election")),
            Meeting(67, "2026-02-11", Action(7, "Priya", "collect nominations for the election"))).Count);

    [Theory]
    [InlineData("dropped: rotate the signing keys")]
    [InlineData("rotate the signing keys - no longer needed")]
    public void An_item_said_to_be_given_up_is_dropped(string text)
    {
        var item = Assert.Single(Read(
            Meeting(55, "2025-02-12", Action(7, "Priya", "rotate the signing keys")),
            Meeting(56, "2025-03-12", Action(4, "Priya", text) with { Carried = true })));

        Assert.Equal((ActionState.Dropped, new DateOnly(2025, 3, 12)), (item.State, item.Closed));
    }

    [Fact]
    public void A_deadline_carried_word_for_word_stays_where_it_was()
    {
        var item = Assert.Single(Read(
            Meeting(55, "2025-02-12", Action(7, "Priya", "write the checklist by Friday")),
            Meeting(56, "2025-03-12", Action(4, "Priya", "write the checklist by Friday") with { Carried = true })));

        Assert.Equal(new DateOnly(2025, 2, 14), item.Due);
        Assert.True(item.IsOverdue(new DateOnly(2025, 2, 15)));
        Assert.False(item.IsOverdue(new DateOnly(2025, 2, 14)));
    }

    [Fact]
    public void A_new_deadline_replaces_the_old_one() =>
        Assert.Equal(new DateOnly(2025, 4, 1), Assert.Single(Read(
            Meeting(55, "2025-02-12", Action(7, "Priya", "write the checklist by Friday")),
            Meeting(56, "2025-03-12", Action(4, "Priya", "write the checklist by April 1st") with { Carried = true }))).Due);

    [Fact]
    public void An_item_handed_on_belongs_to_its_new_owner() =>
        Assert.Equal(["ines"], Assert.Single(Read(
            Meeting(55, "2025-02-12", Action(7, "Priya", "rotate the signing keys")),
            Meeting(56, "2025-03-12", Action(4, "Inês", "rotate the signing keys") with { Carried = true }))).Owners);

    [Fact]
    public void Spellings_of_one_owner_are_one_owner() =>
        Assert.Equal(["ines"], Assert.Single(Read(
            Meeting(55, "2025-02-12", Action(7, "Inês Carvalho, Ines", "write the checklist")))).Owners);

    [Theory]
    [InlineData("all")]
    [InlineData("Everyone")]
    [InlineData("everybody")]
    public void An_item_for_all_belongs_to_everyone(string name) =>
        Assert.Equal([ActionItem.Everyone], Assert.Single(Read(
            Meeting(55, "2025-02-12", Action(7, name, "read the draft")))).Owners);

    [Fact]
    public void What_the_list_at_the_end_says_again_is_one_item()
    {
        var item = Assert.Single(Read(Meeting(
            55, "2025-02-12", Action(7, "Priya", "Write a release checklist"), Action(30, "Priya", "write release checklist"))));

        Assert.Equal([7, 30], item.Mentions.Select(mention => mention.Line));
    }

    [Fact]
    public void Two_short_tasks_of_one_meeting_are_two() =>
        Assert.Equal(2, Read(Meeting(55, "2025-02-12", Action(7, "Priya", "follow up"), Action(30, "Priya", "follow up"))).Count);

    [Fact]
    public void Minutes_without_a_date_change_nothing() =>
        Assert.True(ActionRegister.Read(
            [], Meeting(55, "2025-02-12", Action(7, "Priya", "follow up")) with { Date = null }, Tidewater.Roster, null).IsEmpty);

    [Fact]
    public void Reading_the_same_minutes_again_changes_nothing()
    {
        MeetingMinutes[] year = Year();
        var register = Read(year);

        foreach (var minutes in year)
        {
            Assert.True(ActionRegister.Read(register, minutes, Tidewater.Roster, null).IsEmpty, $"meeting {minutes.Number}");
        }
    }

    [Fact]
    public void An_edited_statement_keeps_its_id()
    {
        var register = Read(Year());
        var edited = Year()[0] with
        {
            ActionItems = [Action(5, "Inês", "Write down the whole release checklist"), .. Year()[0].ActionItems.Skip(1)],
        };

        var item = Assert.Single(ActionRegister.Read(register, edited, Tidewater.Roster, null).Saved);

        Assert.Equal(("0055-1", "Write down the whole release checklist"), (item.Id, item.Mentions[0].Text));
    }

    [Fact]
    public void A_statement_put_before_the_others_leaves_their_ids()
    {
        var register = Read(Year());
        var minutes = Year()[1];
        var edited = minutes with { ActionItems = [Action(3, "Leila", "Order new buoys"), .. minutes.ActionItems] };

        var changes = ActionRegister.Read(register, edited, Tidewater.Roster, null);

        Assert.Equal("0056-2", Assert.Single(changes.Saved).Id);
        Assert.Empty(changes.Removed);
    }

    [Fact]
    public void An_item_that_no_minutes_state_any_more_is_removed()
    {
        var register = Read(Year());

        var changes = ActionRegister.Read(register, Year()[1] with { ActionItems = [] }, Tidewater.Roster, null);

        Assert.Equal("0056-1", Assert.Single(changes.Removed).Id);
        Assert.Equal(new DateOnly(2025, 2, 12), Assert.Single(changes.Saved).LastSeen);
        Assert.DoesNotContain(changes.AppliedTo(register), item => item.Id == "0056-1");
    }

    [Fact]
    public void An_item_taken_out_where_it_was_stated_lives_on_where_it_was_carried()
    {
        var register = Read(Year());

        var changes = ActionRegister.Read(register, Year()[0] with { ActionItems = [] }, Tidewater.Roster, null);

        var item = Assert.Single(changes.Saved);
        Assert.Equal(("0055-1", 56, new DateOnly(2025, 3, 12)), (item.Id, item.Meeting, item.Opened));
        Assert.Equal("0055-2", Assert.Single(changes.Removed).Id);
    }

    [Fact]
    public void Minutes_that_come_late_join_what_later_ones_carried()
    {
        MeetingMinutes[] year = Year();
        IReadOnlyList<ActionItem> register = [];
        register = ActionRegister.Read(register, year[1], Tidewater.Roster, null).AppliedTo(register);
        register = ActionRegister.Read(register, year[0], Tidewater.Roster, null).AppliedTo(register);

        var item = Assert.Single(register, item => item.Owners.Contains("ines"));
        Assert.Equal((55, new DateOnly(2025, 3, 12)), (item.Meeting, item.LastSeen));
    }

    [Fact]
    public void An_item_carried_for_years_keeps_its_beginning_and_its_latest_mentions()
    {
        var first = new DateOnly(2020, 1, 8);
        var register = ActionRegister.ReadAll(
            Enumerable.Range(0, 100).Select(i => Meeting(
                i + 1, $"{first.AddMonths(i):yyyy-MM-dd}", Action(4, "Priya", "Tidy the old wiki") with { Carried = i > 0 })),
            Tidewater.Roster);

        var item = Assert.Single(register);
        Assert.Equal((first, ActionRegister.MostMentions), (item.Opened, item.Mentions.Count));
        Assert.Equal(first.AddMonths(99), item.LastSeen);
    }

    [Fact]
    public void A_text_without_end_is_cut()
    {
        var endless = string.Concat(Enumerable.Repeat("tide ", 200_000));

        var item = Assert.Single(Read(Meeting(55, "2025-02-12", Action(7, "Priya", endless))));

        Assert.Equal(ActionRegister.LongestText, item.Text.Length);
    }

    [Fact]
    public void Of_one_meeting_no_more_statements_are_followed_than_a_meeting_can_have()
    {
        var endless = Enumerable.Range(1, 3 * ActionRegister.MostStatements).Select(i => Action(i, "Priya", $"Paint buoy {i}"));

        Assert.Equal(ActionRegister.MostStatements, Read(Meeting(55, "2025-02-12", [.. endless])).Count);
    }

    private static MeetingMinutes[] Year() =>
    [
        Meeting(
            55, "2025-02-12", Action(5, "Inês", "Write the release checklist"), Action(6, "Leila", "Book the harbour museum")),
        Meeting(
            56,
            "2025-03-12",
            Action(4, "Inês", "release checklist") with { Carried = true },
            Action(9, "Priya", "Call the coast guard")),
    ];

    private static IReadOnlyList<ActionItem> Read(params MeetingMinutes[] meetings) =>
        ActionRegister.ReadAll(meetings, Tidewater.Roster);

    private static MinutedAction Action(int line, string owners, string text) =>
        new(line, owners.Split(", "), text, Done: false, Carried: false);

    private static MeetingMinutes Meeting(int? number, string date, params MinutedAction[] actions) => new()
    {
        Offset = 0,
        Length = 0,
        Line = 1,
        Number = number,
        Date = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        ActionItems = actions,
    };
}
