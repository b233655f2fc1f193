using System.Text;
using BscFlow.Meetings;
using BscFlow.Minutes;

namespace BscFlow.Tests.Meetings;

/// <summary>Archives of other forms than one file a year: a file a meeting, dated by its heading, a line, or its name.</summary>
public sealed class ArchivePlanTests
{
    private const string Plain =
        "# TSC Meeting\n\n## Attendees\n\n- Ann Lee (chair)\n- Bo Diaz\n\n## Notes\n\n- AI Ann: write a page\n";

    [Fact]
    public void Files_of_every_form_become_one_file_a_year_in_which_no_meeting_is_lost()
    {
        var plan = Plan(
            ("2024-03-05.md", Plain),
            ("2024-04-02.md", Plain.Replace("## Attendees", "Date: 2024-04-02\n\n## Attendees", StringComparison.Ordinal)),
            ("2024-05-07.md", Plain.Replace("# TSC Meeting", "# TSC Meeting 2024-05-07", StringComparison.Ordinal)),
            ("june.md", "**2024-06-04**\n\nAttendees: Ann Lee, Bo Diaz\n"),
            ("july.md", "TSC 2024-07-02\r\n==============\r\n\r\nAttendees: Ann Lee, Bo Diaz\r\n"),
            ("2025/01-07.md", Plain));

        DateOnly[] days = [new(2024, 3, 5), new(2024, 4, 2), new(2024, 5, 7), new(2024, 6, 4), new(2024, 7, 2), new(2025, 1, 7)];
        Assert.Equal(days, plan.Meetings.Select(meeting => meeting.Day));
        var stored = plan.Years.OrderBy(year => year.Key).SelectMany(year => MinutesReader.Read(year.Value.Text).Meetings);
        Assert.Equal(days, stored.Select(minutes => minutes.Date!.Value).Order());
        Assert.All(plan.Meetings, meeting =>
        {
            var read = Assert.Single(MinutesReader.Read(meeting.Text).Meetings);
            Assert.Equal(meeting.Day, read.Date);
            Assert.Equal(["Ann Lee", "Bo Diaz"], read.Participants.Select(person => person.Name));
        });
    }

    [Theory]
    [InlineData("2024-03-05.md", 2024, 3, 5)]
    [InlineData("tsc_20240305-notes.md", 2024, 3, 5)]
    [InlineData("2024/03/05.md", 2024, 3, 5)]
    [InlineData("2024/03-05.md", 2024, 3, 5)]
    [InlineData("2023/2024-03-05.md", 2024, 3, 5)]
    [InlineData("March-5-2024.md", 2024, 3, 5)]
    public void A_meeting_that_gives_no_date_has_that_of_its_files_name(string path, int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), Assert.Single(Plan((path, Plain)).Meetings).Day);

    [Fact]
    public void The_text_has_its_say_before_the_files_name() =>
        Assert.Equal(
            new(2024, 3, 6), Assert.Single(Plan(("2024-03-05.md", "# TSC 2024-03-06\n\nAttendees: Ann Lee\n")).Meetings).Day);

    [Fact]
    public void A_file_that_holds_a_year_is_kept_byte_for_byte()
    {
        const string Year =
            "\uFEFF# Minutes of 2024\r\n\r\n**2024-02-06**\r\n\r\nAttendees: Ann Lee\r\n\r\n**2024-03-05**\r\n\r\nAttendees: Bo Diaz\r\n";

        Assert.Equal(Year, Plan(("2024.md", Year)).Years[2024].Text);
    }

    [Theory]
    [InlineData("**2024-02-06**\n\nAttendees: Ann Lee\n\n**2024-03-05**\n\nAttendees: Bo Diaz\n", "**Meeting #3 - 2024-04-02**")]
    [InlineData("TSC 2024-02-06\n===\n\nAttendees: Ann Lee\n\nTSC 2024-03-05\n===\n\nAttendees: Bo Diaz\n", "# Meeting #3 - 2024-04-02")]
    [InlineData("### 2024-02-06\n\nAttendees: Ann Lee\n\n### 2024-03-05\n\nAttendees: Bo Diaz\n", "### Meeting #3 - 2024-04-02")]
    public void A_new_meeting_starts_as_the_others_of_its_file_do(string year, string heading)
    {
        var text = MinutesWriter.Put(MinutesReader.Read(year), MinutesWriter.Write(new() { Number = 3, Date = new(2024, 4, 2) }));

        Assert.Contains($"\n{heading}\n", text, StringComparison.Ordinal);
        Assert.Equal(
            [new(2024, 2, 6), new(2024, 3, 5), new DateOnly(2024, 4, 2)],
            MinutesReader.Read(text).Meetings.Select(minutes => minutes.Date!.Value));
    }

    [Fact]
    public void Two_meetings_of_one_day_that_only_their_files_tell_apart_are_refused()
    {
        var refused = Assert.Throws<InvalidArchiveException>(
            () => Plan(("2024-03-05-a.md", Plain), ("2024-03-05-b.md", Plain + "More.\n")));

        Assert.Equal(
            "2024-03-05-b.md:1: This meeting cannot be told from another of 2024; give it a heading with its number and date.",
            Assert.Single(refused.Errors).ToString());
    }

    [Fact]
    public void A_meeting_without_any_date_is_refused()
    {
        var refused = Assert.Throws<InvalidArchiveException>(
            () => Plan(("notes.md", "# TSC Meeting #5\n\nAttendees: Ann Lee\n")));

        Assert.Equal(
            "notes.md:1: This meeting has no date: neither its heading, nor a line Date:, nor the file's name gives one.",
            Assert.Single(refused.Errors).ToString());
    }

    private static ArchivePlan Plan(params (string Path, string Text)[] files) =>
        ArchivePlan.Make(
            Charters.Small(),
            [.. files.Select(file => ArchiveFile.Read(file.Path, file.Path, Encoding.UTF8.GetBytes(file.Text)))]);
}
