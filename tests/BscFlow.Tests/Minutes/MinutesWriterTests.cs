using BscFlow.Minutes;

namespace BscFlow.Tests.Minutes;

public sealed class MinutesWriterTests
{
    private const string Falling = """
        # Minutes of 2024

        ## Meeting #3 - 2024-03-13

        - **Chair:** Ada Bell
        - **Notes:**
          - Three


        ## Meeting #2 - 2024-02-14
        - **Chair:** Cy Dorn
        - **Notes:**
          - Two


        ## Meeting #1 - 2024-01-10

        - **Notes:**
          - One

        """;

    [Fact]
    public void A_meeting_is_written_in_house_form()
    {
        var written = MinutesWriter.Write(new()
        {
            Number = 62,
            Date = new(2025, 10, 8),
            DurationMinutes = 34,
            Chairs = ["Ada Bell"],
            Participants = ["Ada Bell", "Cy Dorn"],
            Notes = ["Welcome", "- Budget", "  - AI(Cy): ask for figures", ""],
        });

        Assert.Equal(
            """
            ## Meeting #62 - 2025-10-08

            - **Duration:** 34m
            - **Chair:** Ada Bell
            - **Participants:**
              - Ada Bell
              - Cy Dorn
            - **Notes:**
              - Welcome
              - Budget
                - AI(Cy): ask for figures

            """,
            written);
        var read = Assert.Single(MinutesReader.Read(written).Meetings);
        Assert.Equal(34, read.DurationMinutes);
        Assert.Equal(["Ada Bell", "Cy Dorn"], read.Participants.Select(person => person.Name));
        Assert.Equal(["Cy"], Assert.Single(read.ActionItems).Owners);
    }

    [Fact]
    public void A_draft_leaves_its_labels_to_be_filled_in()
    {
        var read = Assert.Single(MinutesReader.Read(MinutesWriter.Write(new() { Number = 7, Date = new(2026, 1, 14) })).Meetings);

        Assert.Null(read.DurationMinutes);
        Assert.Equal((3, 4, 5), (read.DurationLine, read.ChairLine, read.ParticipantsLine));
        Assert.Empty(read.Chairs);
        Assert.Empty(read.Participants);
    }

    [Fact]
    public void A_line_end_in_a_name_starts_no_meeting()
    {
        var written = MinutesWriter.Write(new() { Number = 7, Date = new(2026, 1, 14), Chairs = ["Eve\n## Meeting #8 - 2026-01-15"] });

        Assert.Single(MinutesReader.Read(written).Meetings);
    }

    [Theory]
    [InlineData(null, null, "## No meeting on 2025-11-12\n")]
    [InlineData(63, "Too few could come.", "## Meeting #63 - 2025-11-12 (cancelled)\n\nToo few could come.\n")]
    public void A_cancelled_meeting_is_written_and_read_as_such(int? number, string? reason, string expected)
    {
        var written = MinutesWriter.WriteCancelled(number, new(2025, 11, 12), reason);

        Assert.Equal(expected, written);
        var read = Assert.Single(MinutesReader.Read(written).Meetings);
        Assert.Equal((MeetingStatus.Cancelled, number, new DateOnly(2025, 11, 12)), (read.Status, read.Number, read.Date));
    }

    [Fact]
    public void The_section_of_the_same_number_is_replaced_and_nothing_else()
    {
        var year = MinutesReader.Read(Falling);

        var changed = MinutesWriter.Put(year, "## Meeting #2 - 2024-02-14\r\n\r\n- **Chair:** Flo Gray\r\n");

        Assert.Equal(
            Falling.Replace("## Meeting #2 - 2024-02-14\n- **Chair:** Cy Dorn\n- **Notes:**\n  - Two\n", "## Meeting #2 - 2024-02-14\n\n- **Chair:** Flo Gray\n", StringComparison.Ordinal),
            changed);
    }

    [Theory]
    [InlineData("2024-04-10", "# Minutes of 2024\n\n", "## Meeting #3")]
    [InlineData("2024-02-28", "Three\n\n\n", "## Meeting #2")]
    public void A_new_meeting_goes_where_a_falling_file_has_its_place(string date, string after, string before)
    {
        var section = $"## Meeting #9 - {date}\n\n- **Notes:**\n  - New\n";

        var changed = MinutesWriter.Put(MinutesReader.Read(Falling), section);

        Assert.Equal(Falling.Replace(after + before, after + section + "\n\n" + before, StringComparison.Ordinal), changed);
    }

    [Fact]
    public void What_a_sites_page_has_at_its_top_stays_there()
    {
        const string Top = "---\ntitle: Minutes\ndate: 2025-01-15\n---\n\n";

        var one = MinutesWriter.Put(MinutesReader.Read(Top), "## Meeting #1 - 2025-02-12\n\n- Chair: Ada\n");
        var two = MinutesWriter.Put(MinutesReader.Read(one), "## Meeting #2 - 2025-03-12\n\n- Chair: Ada\n");

        Assert.Equal($"{Top}## Meeting #2 - 2025-03-12\n\n- Chair: Ada\n\n## Meeting #1 - 2025-02-12\n\n- Chair: Ada\n", two);
    }

    [Theory]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\u0085")]
    [InlineData("\f")]
    public void What_only_some_take_for_a_line_end_is_kept_as_any_letter(string odd)
    {
        var section = $"## Meeting #1 - 2025-02-12\n\n- Notes:\n  - Slides: one{odd}two\n";

        var year = MinutesWriter.Put(MinutesReader.Read("## Meeting #2 - 2025-03-12\r\n"), section);
        var changed = MinutesWriter.Put(MinutesReader.Read(year), section.Replace(odd, "\n", StringComparison.Ordinal));

        Assert.EndsWith($"\r\n  - Slides: one{odd}two\r\n", year, StringComparison.Ordinal);
        Assert.EndsWith("\r\n  - Slides: one\r\ntwo\r\n", changed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_oldest_meeting_goes_to_the_end_of_a_falling_file()
    {
        var changed = MinutesWriter.Put(MinutesReader.Read(Falling), "## Meeting #0 - 2023-12-13\n");

        Assert.Equal(Falling + "\n\n## Meeting #0 - 2023-12-13\n", changed);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_rising_file_grows_at_its_end_with_its_own_line_ends(string newLine)
    {
        var year = "### 2024-01-10\nOne\n\n### 2024-02-14\nTwo".ReplaceLineEndings(newLine);

        var changed = MinutesWriter.Put(MinutesReader.Read(year), "## Meeting #3 - 2024-03-13\n\nThree\n");

        Assert.Equal(year + "\n\n### Meeting #3 - 2024-03-13\n\nThree\n".ReplaceLineEndings(newLine), changed);
    }

    [Fact]
    public void The_first_meeting_of_a_year_makes_its_file()
    {
        Assert.Equal("## No meeting on 2026-01-14\n", MinutesWriter.Put(MinutesReader.Read(""), "## No meeting on 2026-01-14\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("No heading at all")]
    [InlineData("## Meeting #1 - 2024-01-10\n\n## Meeting #2 - 2024-02-14\n")]
    [InlineData("Preface\n\n## Meeting #1 - 2024-01-10\n")]
    public void Only_one_whole_meeting_is_put_into_a_file(string section)
    {
        Assert.Throws<ArgumentException>(() => MinutesWriter.Put(MinutesReader.Read(Falling), section));
    }

    [Theory]
    [InlineData("2022")]
    [InlineData("2023")]
    [InlineData("2025")]
    public void A_real_file_is_put_together_from_its_sections_byte_for_byte(string year)
    {
        var bytes = File.ReadAllBytes(SharedData.Require($"minutes/{year}.md"));
        var minutes = MinutesReader.Read(bytes);

        Assert.Equal(minutes.Text, string.Concat(minutes.Preamble, string.Concat(minutes.Meetings.Select(m => minutes.Section(m).ToString()))));
        Assert.Equal(bytes, System.Text.Encoding.UTF8.GetBytes(minutes.Text));
        foreach (var meeting in minutes.Meetings)
        {
            Assert.Equal(minutes.Text, MinutesWriter.Put(minutes, minutes.Section(meeting).ToString()));
        }
    }

    [Theory]
    [InlineData("2022")]
    [InlineData("2023")]
    [InlineData("2025")]
    public void A_change_of_a_real_meeting_changes_its_section_only(string year)
    {
        var minutes = MinutesReader.Read(File.ReadAllBytes(SharedData.Require($"minutes/{year}.md")));
        for (var i = 0; i < minutes.Meetings.Count; i++)
        {
            var meeting = minutes.Meetings[i];
            var section = minutes.Section(meeting).TrimEnd().ToString() + "\n- **Added:** a line";

            var changed = MinutesReader.Read(MinutesWriter.Put(minutes, section));

            Assert.Equal(minutes.Meetings.Count, changed.Meetings.Count);
            for (var j = 0; j < minutes.Meetings.Count; j++)
            {
                Assert.Equal(i == j, !minutes.Section(minutes.Meetings[j]).SequenceEqual(changed.Section(changed.Meetings[j])));
            }
        }
    }
}
