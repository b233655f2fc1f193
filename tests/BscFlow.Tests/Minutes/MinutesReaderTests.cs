using System.Text;
using BscFlow.Minutes;

namespace BscFlow.Tests.Minutes;

public sealed class MinutesReaderTests
{
    private const string People = """
        ## Meeting #1 - 2024-01-10

        - **Chair:** Ada Bell
        - **Participants:**
          - Ada Bell
          - Cy Dorn
          - Eve Foss
          - Dan Hart
        - **Notes:**

        """;

    [Theory]
    [InlineData("## Meeting #62 - 2025-10-08", 62, "2025-10-08")]
    [InlineData("## Meeting \\#8 - 2022-02-09", 8, "2022-02-09")]
    [InlineData("## Meeting #58 -  2025-06-11", 58, "2025-06-11")]
    [InlineData("# TSC Meeting #13 February 28, 2018", 13, "2018-02-28")]
    [InlineData("### Meeting No. 4 (7 March 2024)", 4, "2024-03-07")]
    [InlineData("## 2024/03/07", null, "2024-03-07")]
    [InlineData("## Wed, March 7th, 2024", null, "2024-03-07")]
    [InlineData("## Sept. 5, 2024 - Special session", null, "2024-09-05")]
    [InlineData("# Minutes of the meeting of the 3rd of May 2024", null, "2024-05-03")]
    [InlineData("# 2024.12.01 TOC call", null, "2024-12-01")]
    [InlineData("## TSC - 20240307", null, "2024-03-07")]
    [InlineData("## 13/3/2024", null, "2024-03-13")]
    [InlineData("## 7/3/2024", null, "2024-07-03")]
    [InlineData("## Meeting 07.03.2025", null, "2025-03-07")]
    [InlineData("## Meeting 25.03.2025", null, "2025-03-25")]
    [InlineData("## Meeting 03.25.2025", null, "2025-03-25")]
    public void A_heading_says_number_and_date(string heading, int? number, string date)
    {
        var meeting = Assert.Single(MinutesReader.Read($"{heading}\n\nWelcome.\n").Meetings);

        Assert.Equal((number, DateOnly.Parse(date, null)), (meeting.Number, meeting.Date));
    }

    [Fact]
    public void A_date_without_a_year_takes_it_from_the_heading_above()
    {
        var meetings = MinutesReader.Read("# 2023\n\n## Dec 6\n\nx\n\n# 2024\n\n## January 17\n\ny\n").Meetings;

        Assert.Equal([new DateOnly(2023, 12, 6), new DateOnly(2024, 1, 17)], meetings.Select(meeting => meeting.Date!.Value));
    }

    [Theory]
    [InlineData("# 2025\n\n## March 7\n\n### Roadmap 2026\n\n## April 4\n")]
    [InlineData("# 2025\n\n### March 7\n\n#### Roadmap 2026\n\n### April 4\n")]
    [InlineData("## 2025\n\n## March 7\n\n## April 4\n")]
    public void A_year_within_a_meeting_is_not_that_of_the_next(string text)
    {
        var meetings = MinutesReader.Read(text).Meetings;

        Assert.Equal([new DateOnly(2025, 3, 7), new DateOnly(2025, 4, 4)], meetings.Select(meeting => meeting.Date!.Value));
    }

    [Theory]
    [InlineData("---\ntitle: Minutes\ndate: 2025-01-15\n---\n\n")]
    [InlineData("---\ndate: 2025-01-15\ntags:\n  - minutes\n\n# Attendees: nobody\nname: x\n---\n")]
    [InlineData("+++\ndate = 2025-01-15\n+++\n\n")]
    [InlineData("Date: 2025-01-15\n\n")]
    public void The_date_of_a_years_page_makes_no_meeting_of_the_year(string top)
    {
        const string Year = "## Meeting #2 - 2025-03-12\n\n- Chair: Ada Bell\n\n## Meeting #1 - 2025-02-12\n\n- Chair: Cy Dorn\n";

        var minutes = MinutesReader.Read(top + Year);

        Assert.Equal([2, 1], minutes.Meetings.Select(meeting => meeting.Number!.Value));
        Assert.Equal(top, minutes.Preamble);
    }

    [Fact]
    public void The_page_of_a_year_that_has_yet_to_begin_has_no_meeting()
    {
        Assert.Empty(MinutesReader.Read("---\ntitle: \"2026\"\ndate: 2026-01-01\n---\n\n# Minutes of 2026\n").Meetings);
    }

    [Fact]
    public void A_page_about_one_meeting_may_give_its_date_at_the_top()
    {
        var meeting = Assert.Single(MinutesReader.Read("---\ndate: 2024-03-07\n---\n\n## Meeting #5\n\n- Chair: Ada Bell\n").Meetings);

        Assert.Equal((5, new DateOnly(2024, 3, 7)), (meeting.Number, meeting.Date));
    }

    [Fact]
    public void Headings_within_a_meeting_start_no_other()
    {
        const string Text = """
            # TSC Meeting 2024-03-07
            ## Present
            - Ada Bell
            ## Streams [#4711](https://example.org/4711)
            ## Next meeting: 2024-03-21
            ### Releases planned for 2024-04-01
            """;

        Assert.Equal(new DateOnly(2024, 3, 7), Assert.Single(MinutesReader.Read(Text).Meetings).Date);
    }

    [Theory]
    [InlineData("**Date:** March 7, 2024\n\n**Attendees:** Ada Bell, Cy Dorn\n")]
    [InlineData("---\ntitle: \"2024-03-07\"\n---\n# Steering\n\n## Attendees\n- Ada Bell\n- Cy Dorn\n")]
    [InlineData("- When: 2024-03-07 at 19:00 UTC\n- Attending:\n    - Ada Bell\n    - Cy Dorn\n")]
    public void A_file_without_a_meetings_heading_is_one_meeting(string text)
    {
        var meeting = Assert.Single(MinutesReader.Read(text).Meetings);

        Assert.Equal((0, text.Length, new DateOnly(2024, 3, 7)), (meeting.Offset, meeting.Length, meeting.Date));
        Assert.Equal(["Ada Bell", "Cy Dorn"], meeting.Participants.Select(person => person.Name));
    }

    [Theory]
    [InlineData("## No meeting on 2025-11-12\n")]
    [InlineData("## 2025-11-12 (canceled)\n")]
    [InlineData("## 2025-11-12\n\nCancelled, too few could come.\n")]
    [InlineData("## 2025-11-12\n\n- **Status:** cancelled\n")]
    [InlineData("## 2025-11-12\n\n- **Notes:**\n  - This meeting was cancelled.\n")]
    public void A_meeting_that_was_not_held_is_said_so(string text)
    {
        Assert.Equal(MeetingStatus.Cancelled, Assert.Single(MinutesReader.Read(text).Meetings).Status);
    }

    [Fact]
    public void Talk_of_a_cancelled_meeting_cancels_none()
    {
        var meeting = Assert.Single(MinutesReader.Read(People + "  - Cancelled the July meeting\n    - cancelled, really\n").Meetings);

        Assert.Equal(MeetingStatus.Held, meeting.Status);
    }

    [Theory]
    [InlineData("34m", 34)]
    [InlineData("1hr20m", 80)]
    [InlineData("1.5h", 90)]
    [InlineData("45 min", 45)]
    [InlineData("1h", 60)]
    [InlineData("1 hour 15 minutes", 75)]
    [InlineData("1 hour and 5 mins", 65)]
    [InlineData("2 hrs.", 120)]
    [InlineData("1h 5", 65)]
    [InlineData("half an hour", 30)]
    [InlineData("about an hour", 60)]
    [InlineData("1½ hours", 90)]
    [InlineData("1:15", 75)]
    [InlineData("0:45:10", 45)]
    [InlineData("10:00 - 11:15", 75)]
    [InlineData("11:30 AM – 12:15 PM", 45)]
    [InlineData("90", 90)]
    [InlineData("~50m", 50)]
    [InlineData("as planned", null)]
    [InlineData("0", null)]
    [InlineData("99999999999 hours", null)]
    public void A_duration_is_read_as_minutes(string written, int? minutes)
    {
        Assert.Equal(minutes, Assert.Single(MinutesReader.Read($"## 2024-01-10\n\n- **Duration:** {written}\n").Meetings).DurationMinutes);
    }

    [Theory]
    [InlineData("- **Chair:** Ada Bell")]
    [InlineData("- **Chair: Ada Bell**")]
    [InlineData("- **Chair**: Ada Bell (acting)")]
    [InlineData("- **Chair** Ada Bell")]
    [InlineData("Chair: Ada Bell")]
    [InlineData("* Chair:\n    * **Ada Bell**")]
    [InlineData("- **Chair: **\n\n    -   [[Ada]{.ul} [Bell]{.ul}](mailto:ada@example.org)")]
    [InlineData("### Chaired by\nAda Bell")]
    [InlineData("**Participants:** Ada Bell (chair), Cy Dorn")]
    [InlineData("- Participants:\n  - Chair: Ada Bell\n  - Cy Dorn")]
    public void The_chair_is_found_where_it_stands(string head)
    {
        var meeting = Assert.Single(MinutesReader.Read($"## 2024-01-10\n\n{head}\n").Meetings);

        Assert.Equal(["Ada Bell"], meeting.Chairs.Select(person => person.Name));
    }

    [Theory]
    [InlineData("Ada Bell and Cy Dorn")]
    [InlineData("Ada Bell, Cy Dorn")]
    [InlineData("Ada Bell / Cy Dorn")]
    [InlineData("Ada Bell & Cy Dorn")]
    public void Two_may_share_the_chair(string written)
    {
        var meeting = Assert.Single(MinutesReader.Read($"## 2024-01-10\n\n- **Chairs:** {written}\n").Meetings);

        Assert.Equal(["Ada Bell", "Cy Dorn"], meeting.Chairs.Select(person => person.Name));
    }

    [Fact]
    public void A_blank_label_is_known_by_its_line()
    {
        var meeting = Assert.Single(MinutesReader.Read("## 2024-01-10\nDuration:\nChair: \n- **Participants:**\n  - Ada Bell\n").Meetings);

        Assert.Equal((2, 3, 4), (meeting.DurationLine, meeting.ChairLine, meeting.ParticipantsLine));
        Assert.Empty(meeting.Chairs);
        Assert.Equal([new NamedPerson("Ada Bell", 5)], meeting.Participants);
    }

    [Fact]
    public void Guests_are_participants_and_who_sent_regrets_is_none()
    {
        const string Text = """
            ## 2024-01-10

            - **Participants:**
              - Ada Bell (joined late)
              - **Cy Dorn**
              - (regrets from Eve Foss)
              - Gil Hart - regrets
              - ~~Ida Jonas~~
              - **External:**
                - Kay Lind (Acme Labs)
                - Mo
              - Absent: Ole Pratt
            - Guests: Quinn Rey, Tully Inc.
            """;

        Assert.Equal(
            [
                new("Ada Bell", 4), new("Cy Dorn", 5), new("Kay Lind", 10, "Acme Labs", true), new("Mo", 11, null, true),
                new("Quinn Rey", 13, null, true), new("Tully Inc", 13, null, true),
            ],
            Assert.Single(MinutesReader.Read(Text).Meetings).Participants);
    }

    [Theory]
    [InlineData("- Ada Bell, Acme\n- Cy Dorn, Blue Heron, Inc.", "Ada Bell|Cy Dorn")]
    [InlineData("- Ada Bell, Cy Dorn - Acme\n- Eve Foss - Heron", "Ada Bell|Cy Dorn|Eve Foss")]
    [InlineData("- Ada, Cy, Eve", "Ada|Cy|Eve")]
    [InlineData("- Voting: Ada Bell, Cy Dorn\n- Eve Foss, Acme, Tools WG", "Ada Bell|Cy Dorn|Eve Foss")]
    [InlineData("- @ada @cy-d\n- Eve Foss @eve (voting member)", "@ada|@cy-d|Eve Foss")]
    [InlineData("- [x] Ada Bell\n- [ ] Cy Dorn\n- [X] Anna van der Berg", "Ada Bell|Anna van der Berg")]
    [InlineData("[x] Ada Bell, Acme\n[ ] Cy Dorn, Heron", "Ada Bell")]
    [InlineData("Ada Bell\nCy Dorn", "Ada Bell|Cy Dorn")]
    [InlineData("    - Ada Bell\n    - Cy Dorn", "Ada Bell|Cy Dorn")]
    [InlineData("- Ada Bell\n- Cameras were on for the first time!\n- none\n- TBD", "Ada Bell")]
    [InlineData("| Who | Org | Attended |\n|---|---|---|\n| Ada Bell | Acme | yes |\n| Cy Dorn | | no |", "Ada Bell")]
    public void Participants_are_read_in_every_list(string list, string names)
    {
        var meeting = Assert.Single(MinutesReader.Read($"# Meeting 2024-01-10\n\n## Attendees\n\n{list}\n\n## Agenda\n\n- Members\n").Meetings);

        Assert.Equal(names, string.Join('|', meeting.Participants.Select(person => person.Name)));
    }

    [Theory]
    [InlineData("  - No quorum - many folks out\n", "No quorum", false)]
    [InlineData("  - Quorum present\n", "Quorum present", true)]
    [InlineData("  - We have quorum (4 of 6).\n", "We have quorum (4 of 6)", true)]
    [InlineData("  - Quorum was not reached, so no votes.\n", "Quorum was not reached", false)]
    [InlineData("  - Roll call\n    - Quorum met\n", "Quorum met", true)]
    [InlineData("- **Quorum:** no\n", "Quorum: no", false)]
    [InlineData("- Quorum: 5 of 7 present\n", "Quorum: 5 of 7 present", true)]
    public void A_quorum_statement_is_read(string notes, string text, bool present)
    {
        var quorum = Assert.Single(MinutesReader.Read(People + notes).Meetings).Quorum;

        Assert.Equal((text, present), (quorum?.Text, quorum?.Present));
    }

    [Theory]
    [InlineData("  - Any result of the board's vote?\n    - No, there was no quorum\n")]
    [InlineData("  - Understand that there was no quorum from the board in its session.\n")]
    [InlineData("  - Should we change the quorum to 60 %?\n")]
    [InlineData("  - Quorum is 60 % by charter\n")]
    [InlineData("  - Do we have quorum?\n")]
    public void What_is_said_of_another_quorum_is_no_statement(string notes)
    {
        Assert.Null(Assert.Single(MinutesReader.Read(People + notes).Meetings).Quorum);
    }

    [Theory]
    [InlineData("AI: Get the rights to merge", "", "Get the rights to merge")]
    [InlineData("AI(Cy): After the deadline, answer.", "Cy", "After the deadline, answer.")]
    [InlineData("AI (Cy): reach out", "Cy", "reach out")]
    [InlineData("**AI (Cy):** reach out", "Cy", "reach out")]
    [InlineData("**AI Cy:** reach out", "Cy", "reach out")]
    [InlineData("AI Cy to reach out", "Cy", "reach out")]
    [InlineData("AI [Cy/Eve]: talk to them", "Cy|Eve", "talk to them")]
    [InlineData("[AI Cy] Check the process", "Cy", "Check the process")]
    [InlineData("[AI: all] Continue to extend it", "all", "Continue to extend it")]
    [InlineData("[AI: Cy, Eve: answer the company]", "Cy|Eve", "answer the company")]
    [InlineData("Ask for the room [AI: Eve Foss]", "Eve Foss", "Ask for the room")]
    [InlineData("Cy AI: write it down", "Cy", "write it down")]
    [InlineData("AI: Cy: update links", "Cy", "update links")]
    [InlineData("AI: Cy to check with the board", "Cy", "check with the board")]
    [InlineData("AI: Eve Foss will check", "Eve Foss", "check")]
    [InlineData("AI: [[Eve]{.ul} [Foss]{.ul}](mailto:eve@example.org) follow up", "Eve Foss", "follow up")]
    [InlineData("AI Cy/Eve Review the charter", "Cy|Eve", "Review the charter")]
    [InlineData("AI: Zoe to ask for hardware", "Zoe", "ask for hardware")]
    [InlineData("AI(L3 TSC): Map formats", "L3 TSC", "Map formats")]
    [InlineData("Update the page - AI(Cy)", "Cy", "Update the page")]
    [InlineData("Domains - AI Cy: Move them", "Cy", "Domains - Move them")]
    [InlineData("Is a notice enough?  **AI: Cy** to check with legal", "Cy", "check with legal")]
    [InlineData("^^^AI(everyone): Please look at it", "everyone", "Please look at it")]
    [InlineData("Action item for the team: Review it", "team", "Review it")]
    [InlineData("Action item for Cy: Review it", "Cy", "Review it")]
    [InlineData("Action item (Cy, Eve): Review it", "Cy|Eve", "Review it")]
    [InlineData("ACTION (?): create a list", "", "create a list")]
    [InlineData("Action: @cy-d to open a pull request", "@cy-d", "open a pull request")]
    [InlineData("ACTION ITEM - Cy: tell them", "Cy", "tell them")]
    [InlineData("Proposal: Cy takes an action item to compare platforms", "Cy", "compare platforms")]
    [InlineData("Next step: Cy to investigate", "Cy", "investigate")]
    [InlineData("TODO(Cy): archive it", "Cy", "archive it")]
    [InlineData("- [ ] @cy: archive it", "@cy", "archive it")]
    [InlineData("- [ ] @cy archive it", "@cy", "archive it")]
    [InlineData("- [ ] @cy - archive it", "@cy", "archive it")]
    [InlineData("AI starting a document", "", "starting a document")]
    [InlineData("AI: Cy, Eve and Dan Hart to meet", "Cy|Eve|Dan Hart", "meet")]
    [InlineData("AI: convert the page to HTML", "", "convert the page to HTML")]
    [InlineData("AI: fix the YAML", "", "fix the YAML")]
    [InlineData("AI: write the travel policy", "", "write the travel policy")]
    [InlineData("AI: agree on a funding model", "", "agree on a funding model")]
    [InlineData("AI(Cy): ~~draft~~ publish the text", "Cy", "~~draft~~ publish the text")]
    [InlineData("AI(Cy): Closed-source policy", "Cy", "Closed-source policy")]
    [InlineData("AI(Cy): send the (complete) list", "Cy", "send the (complete) list")]
    [InlineData("AI(Cy): ask for the (closed-source) driver", "Cy", "ask for the (closed-source) driver")]
    [InlineData("AI(Cy): leave nothing half-done", "Cy", "leave nothing half-done")]
    public void An_action_item_is_read_in_every_spelling(string written, string owners, string text)
    {
        var action = Assert.Single(Assert.Single(MinutesReader.Read($"{People}  - {written}\n").Meetings).ActionItems);

        Assert.Equal((10, owners, text), (action.Line, string.Join('|', action.Owners), action.Text));
        Assert.False(action.Done);
        Assert.False(action.Carried);
    }

    [Theory]
    [InlineData("AI is used in the kernel")]
    [InlineData("AI: what models mean for our licence policy")]
    [InlineData("AI: use of models in the kernel")]
    [InlineData("AI policy: discuss next time")]
    [InlineData("AI working group wants to become a SIG")]
    [InlineData("AI/ML workloads need tests")]
    [InlineData("AI-generated patches: accept them?")]
    [InlineData("Keynote on AI - the future")]
    [InlineData("[AI] LLM generated contributions")]
    [InlineData("The AI (LLM) gateway")]
    [InlineData("AI Safety: a talk")]
    [InlineData("OpenAI: a new member?")]
    [InlineData("How to best track AI's")]
    [InlineData("Actions runners are slow")]
    [InlineData("No action was taken")]
    [InlineData("Next step: invite them to a meeting")]
    [InlineData("Discuss the list of action items in the tracker?")]
    public void What_only_looks_like_an_action_item_is_none(string written)
    {
        Assert.Empty(Assert.Single(MinutesReader.Read($"{People}  - {written}\n").Meetings).ActionItems);
    }

    [Theory]
    [InlineData("AI(Cy): update the invite [DONE]")]
    [InlineData("AI(Cy): update the invite \u2705")]
    [InlineData("AI(Cy): update the invite âœ…")]
    [InlineData("[AI Cy: update the invite] (done)")]
    [InlineData("AI(Cy): update the invite - done")]
    [InlineData("~~AI(Cy): update the invite~~")]
    [InlineData("AI(Cy): ~~update the invite~~")]
    [InlineData("AI(Cy): [DONE] update the invite")]
    [InlineData("AI(Cy): Done - update the invite")]
    [InlineData("AI(Cy): Done: update the invite")]
    [InlineData("AI(Cy): update the invite (done, at last)")]
    [InlineData("AI(Cy): [x] update the invite (done)")]
    [InlineData("- [x] Cy: update the invite")]
    [InlineData("AI(Cy): update the invite\n    - Done.")]
    public void A_done_mark_is_read_and_left_out_of_the_text(string written)
    {
        var action = Assert.Single(Assert.Single(MinutesReader.Read($"{People}  - {written}\n").Meetings).ActionItems);

        Assert.True(action.Done);
        Assert.Equal(("Cy", "update the invite"), (Assert.Single(action.Owners), action.Text));
    }

    [Fact]
    public void What_is_reviewed_from_earlier_is_carried()
    {
        const string Notes = """
              - (5m) Review action items
                - Cy: permissions, still open
                - Charter amendment
                  - More of it in June
              - Report on previous AIs
                - Previous AI Eve: ask for a room
                - Status of the request
              - [Eve] topics for the page (my action item)

            """;

        var items = Assert.Single(MinutesReader.Read(People + Notes).Meetings).ActionItems;

        Assert.Equal(
            ["11 Cy: permissions, still open", "12 : Charter amendment", "15 Eve: ask for a room", "17 Eve: topics for the page"],
            items.Select(item => $"{item.Line} {string.Join('|', item.Owners)}: {item.Text}"));
        Assert.All(items, item => Assert.True(item.Carried));
    }

    [Fact]
    public void Under_a_heading_for_them_every_line_is_an_action_item()
    {
        const string Notes = """
            # Meeting 2024-01-10

            ## Present

            - Ada Bell
            - Cy Dorn

            ## Action Items

            Ada volunteered to do the following:

            - Publish the minutes
            - [ ] @cy: Send the survey
            - [x] Cy to book a room
            - Update the page (Ada)
            - Find a date - Cy Dorn
            - Cy Dorn
              - Ask the board
              - Ask the staff
            - None

            ## Notes

            - Something else
            """;

        Assert.Equal(
            [
                "12 Ada: Publish the minutes", "13 @cy: Send the survey", "14 Cy: book a room", "15 Ada: Update the page",
                "16 Cy Dorn: Find a date", "18 Cy Dorn: Ask the board", "19 Cy Dorn: Ask the staff",
            ],
            Assert.Single(MinutesReader.Read(Notes).Meetings).ActionItems.Select(item => $"{item.Line} {string.Join('|', item.Owners)}: {item.Text}"));
    }

    [Theory]
    [InlineData("Consensus: encourage them", DecisionKind.Consensus, "encourage them")]
    [InlineData("**DECISION:** two years", DecisionKind.Decision, "two years")]
    [InlineData("Agreed: monthly", DecisionKind.Consensus, "monthly")]
    [InlineData("Goals look fine. BSC voted to accept it", DecisionKind.Vote, "Goals look fine. BSC voted to accept it")]
    [InlineData("The TSC approved the budget", DecisionKind.Approval, "The TSC approved the budget")]
    [InlineData("We agreed to close it", DecisionKind.Consensus, "We agreed to close it")]
    [InlineData("All present agree provided it is ratified", DecisionKind.Consensus, "All present agree provided it is ratified")]
    [InlineData("Motion carried 5-0", DecisionKind.Vote, "Motion carried 5-0")]
    [InlineData("Agreed that no fee is needed", DecisionKind.Consensus, "Agreed that no fee is needed")]
    [InlineData("There was agreement on the text", DecisionKind.Consensus, "There was agreement on the text")]
    [InlineData("Charter change\n    - Approved", DecisionKind.Approval, "Charter change: Approved")]
    public void A_decision_that_is_said_to_be_one_is_read(string written, DecisionKind kind, string text)
    {
        var decision = Assert.Single(Assert.Single(MinutesReader.Read($"{People}  - {written}\n").Meetings).Decisions);

        Assert.Equal((kind, text), (decision.Kind, decision.Text));
    }

    [Theory]
    [InlineData("Board voted YES on July 21")]
    [InlineData("The members will get an email to vote")]
    [InlineData("BSC already decided to rotate")]
    [InlineData("Is the process approved? Discuss")]
    [InlineData("Cy: we agreed on that years ago")]
    [InlineData("Frame pointers approved by Fedora")]
    [InlineData("Agreement on the text was not reached")]
    [InlineData("Consensus on the budget needs to be found")]
    [InlineData("Consensus is still needed")]
    [InlineData("Agreed to decide next time if the board answers")]
    public void What_others_or_nobody_decided_is_no_decision(string written)
    {
        Assert.Empty(Assert.Single(MinutesReader.Read($"{People}  - {written}\n").Meetings).Decisions);
    }

    [Theory]
    [InlineData("JosÃ© GarcÃ­a", "José García")]
    [InlineData("Åsa Ögren", "Åsa Ögren")]
    [InlineData("JosÃ", "JosÃ")]
    [InlineData("Oâ€™Gorman", "O’Gorman")]
    public void Text_read_in_the_wrong_code_page_is_repaired_for_reading_only(string written, string name)
    {
        var text = $"## 2024-01-10\n\n- Participants:\n  - {written}\n";

        var minutes = MinutesReader.Read(text);

        Assert.Equal(name, Assert.Single(Assert.Single(minutes.Meetings).Participants).Name);
        Assert.Equal(text, minutes.Text);
    }

    [Fact]
    public void Bytes_are_read_with_their_mark_and_line_ends_kept()
    {
        var bytes = Encoding.UTF8.GetBytes("\uFEFFIntro\r\n\r\n## Meeting #1 - 2024-01-10\r\n\r\n- Chair: Ada Bell\r\n");

        var minutes = MinutesReader.Read(bytes);

        var meeting = Assert.Single(minutes.Meetings);
        Assert.Equal((1, 3, 10), (meeting.Number, meeting.Line, meeting.Offset));
        Assert.Equal("\uFEFFIntro\r\n\r\n", minutes.Preamble);
        Assert.Equal(bytes, Encoding.UTF8.GetBytes(minutes.Text));
    }

    [Theory]
    [InlineData(new byte[] { 0x23, 0x20, 0xFF, 0x41 }, 2, "byte 2 is not UTF-8.")]
    [InlineData(new byte[] { 0x41, 0xC3 }, 1, "byte 1 is not UTF-8.")]
    [InlineData(new byte[] { 0x41, 0x42, 0x43, 0x00 }, 3, "byte 3 is a NUL.")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 0, "byte 0 is not UTF-8.")]
    public void A_file_that_is_no_text_is_refused_with_the_place(byte[] bytes, int offset, string said)
    {
        var refused = Assert.Throws<NotTextException>(() => MinutesReader.Read(bytes));

        Assert.Equal(offset, refused.Offset);
        Assert.EndsWith(said, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("# Read me\n\nNothing of a meeting.\n")]
    public void A_text_without_a_meeting_has_none(string text)
    {
        var minutes = MinutesReader.Read(text);

        Assert.Empty(minutes.Meetings);
        Assert.Equal(text, minutes.Preamble);
    }
}
