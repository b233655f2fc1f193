using System.Text;
using System.Text.Json;
using BscFlow.Committee;
using BscFlow.Minutes;
using BscFlow.Tests.Committee;
using FsCheck.Xunit;

namespace BscFlow.Tests.Minutes;

public sealed class MinutesLinterTests
{
    private const string Clean = """
        ## Meeting #4 - 2025-06-11

        - **Duration:** 45m
        - **Chair:** Bo Lindgren
        - **Participants:**
          - Ada Ström
          - Bo Lindgren
          - Chen Yu
          - Dana Moss
        - **Notes:**
          - Budget of the autumn
            - AI(Ada): draft it
            - Decision: the autumn has a budget

        ## Meeting #3 - 2025-05-14

        - **Duration:** 50m
        - **Chair:** Ada Ström
        - **Participants:**
          - Ada Ström
          - Chen Yu
        - **Notes:**
          - [Plan](https://plans.example/2025?view=all) was read

        ## Meeting #2 - 2025-04-09

        - **Duration:** 40m
        - **Chair:** Chen Yu
        - **Participants:**
          - Bo Lindgren
          - Chen Yu
        - **Notes:**
          - Nothing new
        """;

    private static readonly Charter Reef = CharterFiles.Read(CharterFiles.Small);

    [Fact]
    public void Minutes_in_order_have_no_findings() => Assert.Empty(Lint(Clean));

    [Fact]
    public void Minutes_without_meetings_have_no_findings()
    {
        Assert.Empty(MinutesLinter.Lint([], Reef));
        Assert.Empty(Lint(""));
        Assert.Empty(Lint("# Minutes of 2025\n"));
    }

    [Theory]
    [InlineData("## 2025-02-30\n\n- Present: Bo Lindgren\n", "1 impossible-date: \"2025-02-30\" is no day of the calendar, so that no meeting is read here.")]
    [InlineData("# Minutes\n\n## 32 January 2025\n", "3 impossible-date: \"32 January 2025\" is no day of the calendar, so that no meeting is read here.")]
    [InlineData("TSC 2025-13-45\nPresent: Bo Lindgren\n", "1 impossible-date: \"2025-13-45\" is no day of the calendar, so that no meeting is read here.")]
    [InlineData("# Minutes\n\n- Bo writes\n", "1 no-meeting: No meeting is read in this file: no heading of it has a number or a date.")]
    public void What_looks_like_minutes_and_is_not_read_is_told(string text, string expected)
    {
        var finding = Assert.Single(Lint(text));

        Assert.Equal(expected, $"{finding.Line} {Kind(finding)}: {finding.Message}");
    }

    [Theory]
    [InlineData("**Duration:** 45m", "**Duration:**", "3 missing-duration: #4 does not say how long it took.")]
    [InlineData("- **Duration:** 45m\n", "", "1 missing-duration: #4 does not say how long it took.")]
    [InlineData("**Chair:** Bo Lindgren", "**Chair:**", "4 empty-chair: #4 does not say who was in the chair.")]
    [InlineData(
        "  - Bo Lindgren\n  - Chen Yu\n  - Dana Moss",
        "  - Chen Yu\n  - Dana Moss",
        "4 chair-not-in-participants: Bo Lindgren, who was in the chair of #4, is not among its participants.")]
    [InlineData(
        "  - Ada Ström\n  - Chen Yu\n- **Notes:**",
        "- **Notes:**",
        "19 missing-participants: #3 does not say who took part.")]
    [InlineData(
        "  - Ada Ström\n  - Chen Yu\n- **Notes:**",
        "  - Ada Ström\n  - Dana Moss\n- **Notes:**",
        "19 quorum-not-stated: #3 had no quorum (1 of 3 members; quorum is 2), and the minutes do not say so.")]
    [InlineData(
        "  - Nothing new",
        "  - No quorum",
        "33 quorum-misstated: #2 says \"No quorum\", but lists 2 of 3 members; quorum is 2.")]
    [InlineData("2025-05-14", "2024-05-14", "15 wrong-year: #3 is dated 2024-05-14, but stands among the meetings of 2025.")]
    [InlineData(
        "2025-05-14",
        "2025-05-15",
        "15 date-off-cadence: #3 was on Thursday, 2025-05-15; by the charter's recurrence it was due on Wednesday, 2025-05-14.")]
    [InlineData("#3 - 2025", "#4 - 2025",
        "1 duplicate-number: #4 is also the number of another meeting, in 2025.md, line 15.",
        "15 duplicate-number: #4 is also the number of another meeting, in 2025.md, line 1.",
        "15 number-gap: #3 is not written anywhere between #2 and #4.")]
    [InlineData("#4 - 2025", "#7 - 2025", "1 number-gap: #4 to #6 are not written anywhere between #3 and #7.")]
    [InlineData("#4 - 2025", "#1 - 2025", "1 number-order: #1 of 2025-06-11 comes after #3 of 2025-05-14.")]
    [InlineData("AI(Ada): draft it", "AI: draft it", "12 action-without-owner: Nobody is named for: draft it")]
    [InlineData("Nothing new", "AI(Ada): ask", "33 owner-absent: Ada, who is to do this, was not at #2: ask")]
    [InlineData("Nothing new", "Terms of use -- Ada to review", "33 owner-absent: Ada, who is to do this, was not at #2: review")]
    [InlineData("Nothing new", "Ada/Kim to follow up",
        "33 owner-absent: Ada, who is to do this, was not at #2: follow up",
        "33 owner-absent: Kim, who is to do this, was not at #2: follow up")]
    [InlineData("Nothing new", "Kim Lee (Acme) is away, but will ask Acme",
        "33 owner-absent: Kim Lee, who is to do this, was not at #2: ask Acme")]
    [InlineData("- Bo Lindgren\n  - Chen Yu\n  - Dana Moss", "- Bo Lindgern\n  - Chen Yu\n  - Dana Moss",
        "7 name-spelling: Bo Lindgern in #4 is Bo Lindgren in the charter.")]
    [InlineData("- Dana Moss", "- Kim", "9 unknown-name: Kim, a participant of #4, is not in the charter and is not named in full.")]
    [InlineData("**Chair:** Bo Lindgren", "**Chair:** Kim Lee",
        "4 unknown-name: Kim Lee, in the chair of #4, is not in the charter.",
        "4 chair-not-in-participants: Kim Lee, who was in the chair of #4, is not among its participants.")]
    [InlineData("2025?view=all", "2025?for=ada%40reef.example",
        "23 private-data-in-link: #3 has a link that carries somebody's mail address in its query.")]
    [InlineData("2025?view=all", "2025?pwd=c2VjcmV0", "23 private-data-in-link: #3 has a link that carries a password or a token.")]
    [InlineData("- Dana Moss", "- [Dana Moss](mailto:dana@home.example)",
        "9 private-data-in-link: #4 has a link that hides a person's mail address behind a name.")]
    [InlineData("https://plans.example/2025?view=all", "dana@reef.example", "23 bad-link: #3 has a link to a bare mail address.")]
    [InlineData("was read", "was read âœ…", "23 bad-code-page: #3 has text that was read in a wrong code page.")]
    [InlineData("was read", "was re\uFFFDd", "23 bad-code-page: #3 lost a character when the text was read in a wrong code page.")]
    [InlineData("Nothing new", "New bylaws: members will get an email to vote",
        "33 vote-never-closed: #2 announces a vote of which no later minutes tell the outcome: " +
        "New bylaws: members will get an email to vote")]
    public void A_flaw_is_found_where_it_stands(string clean, string flawed, params string[] findings)
    {
        Assert.Contains(clean, Clean, StringComparison.Ordinal);
        var text = Clean.Replace(clean, flawed, StringComparison.Ordinal);

        var found = Lint(text).Select(finding => $"{finding.Line} {Kind(finding)}: {finding.Message}");

        Assert.Equal(findings.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("AI(Ada): draft it", "AI(Dana): draft it")] // a guest who is there
    [InlineData("AI(Ada): draft it", "AI(all): draft it")]
    [InlineData("AI(Ada): draft it", "AI: Reef Committee: draft it")]
    [InlineData("- Dana Moss\n- **Notes:**", "- Mei-Lin Tan\n- **Notes:**\n  - AI(Mei-Lin): draft it")]
    [InlineData("Nothing new", "~~AI(Bo): ask~~ (done)")]
    [InlineData("Nothing new", "Ada will join next time")]
    [InlineData("Nothing new", "https://lists.example/list/CA+4qrB95R@mail.example.com/ was read")]
    [InlineData("Nothing new", "Write to [desk@reef.example](mailto:desk@reef.example)")]
    [InlineData("**Chair:** Bo Lindgren", "**Chair:** Bosse")] // an alias
    [InlineData("2025-05-14\n", "2025-05-15\n\nThis meeting was moved by a day.\n")]
    [InlineData("## Meeting #3 - 2025-05-14", "## Special meeting #3 - 2025-05-14")]
    public void What_is_in_order_is_left_alone(string clean, string changed)
    {
        Assert.Contains(clean, Clean, StringComparison.Ordinal);

        Assert.Empty(Lint(Clean.Replace(clean, changed, StringComparison.Ordinal)));
    }

    [Fact]
    public void Days_of_the_recurrence_without_a_word_are_one_gap()
    {
        var text = Clean.Replace("#4 - 2025-06-11", "#4 - 2025-09-10", StringComparison.Ordinal);

        var finding = Assert.Single(Lint(text));

        Assert.Equal(FindingKind.CadenceGap, finding.Kind);
        // The charter cancels the one in August.
        Assert.Equal("Nothing is written for 2025-06-11, 2025-07-09, between #3 and #4.", finding.Message);
        Assert.Equal("If there was none, write: ## No meeting on 2025-06-11", finding.Fix);
    }

    [Fact]
    public void A_date_ahead_that_is_written_off_makes_no_gap_of_a_meeting_whose_minutes_are_to_come()
    {
        // #4 was on June 11 and is not written yet; July is called off already.
        var third = Clean.IndexOf("## Meeting #3", StringComparison.Ordinal);
        var off = $"## No meeting on 2025-07-09\n\nEverybody is at sea.\n\n{Clean[third..]}";

        Assert.Empty(Lint(off));

        // Once a later meeting is written, the one before it is missed.
        var later = $"{Clean[..third].Replace("2025-06-11", "2025-09-10", StringComparison.Ordinal)}{off}";
        Assert.Equal("Nothing is written for 2025-06-11, between #3 and 2025-07-09.", Assert.Single(Lint(later)).Message);
    }

    [Fact]
    public void A_meeting_that_did_not_take_place_fills_its_day_and_wants_a_reason()
    {
        var skipped = Clean.Replace("#4 - 2025-06-11", "#4 - 2025-07-09", StringComparison.Ordinal);

        Assert.Equal(
            [FindingKind.CancelledNoReason],
            Lint(skipped + "\n\n## No meeting on 2025-06-11\n").Select(finding => finding.Kind));
        Assert.Empty(Lint(skipped + "\n\n## No meeting on 2025-06-11\n\n- Everybody was at the summit.\n"));
    }

    [Fact]
    public void Two_meetings_on_one_day_are_told_where_the_calendar_has_one()
    {
        var text = Clean.Replace("#3 - 2025-05-14", "#3 - 2025-04-09", StringComparison.Ordinal);

        Assert.Equal(
            [
                "#4: Nothing is written for 2025-05-14, between #3 and #4.",
                "#3: #3 has the same date as #2, 2025-04-09.",
                "#2: #2 has the same date as #3, 2025-04-09.",
            ],
            Lint(text).Select(finding => $"{finding.Meeting}: {finding.Message}"));
    }

    [Fact]
    public void A_decision_without_quorum_is_none()
    {
        var text = Clean.Replace(
            "  - Bo Lindgren\n  - Chen Yu\n- **Notes:**\n  - Nothing new",
            "  - Chen Yu\n- **Notes:**\n  - No quorum\n  - Decision: a new logo",
            StringComparison.Ordinal);

        var finding = Assert.Single(Lint(text));

        Assert.Equal((FindingKind.DecisionWithoutQuorum, 33), (finding.Kind, finding.Line));
        Assert.StartsWith(
            "#2 had no quorum (1 of 3 members; quorum is 2), so this is no decision: ",
            finding.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bylaws: approved by mail, 3 to 0", true)]
    [InlineData("The members voted: the bylaws are adopted", true)]
    [InlineData("The vote by mail on the bylaws closed on 3 May with 2 for and 1 against", true)]
    [InlineData("The logo was approved", false)]
    public void A_vote_is_closed_by_later_minutes_that_tell_of_it(string later, bool closed)
    {
        var text = Clean
            .Replace("Nothing new", "Bylaws\n    - Needs two thirds; can vote by email", StringComparison.Ordinal)
            .Replace("Budget of the autumn", later, StringComparison.Ordinal);

        Assert.Equal(closed ? [] : [FindingKind.VoteNeverClosed], Lint(text).Select(finding => finding.Kind));
    }

    [Theory]
    [InlineData("Bylaws need two thirds", "2099-01-01", true)]
    [InlineData("Bylaws need two thirds", "2001-01-01", false)]
    [InlineData("A seat for the museum", "2099-01-01", false)]
    public void A_vote_that_a_motion_answers_is_not_left_open(string motion, string opened, bool closed)
    {
        var text = Clean.Replace("Nothing new", "Bylaws\n    - VOTE(charter): two thirds", StringComparison.Ordinal);
        var votes = new VoteByMail(DateOnly.Parse(opened, System.Globalization.CultureInfo.InvariantCulture), motion);

        var findings = MinutesLinter.Lint([("2025.md", MinutesReader.Read(text))], Reef, [votes]);

        Assert.Equal(closed, findings.All(finding => finding.Kind != FindingKind.VoteNeverClosed));
    }

    [Fact]
    public void A_guest_in_two_spellings_is_told_at_both()
    {
        var text = Clean
            .Replace("- Dana Moss", "- Daniel Haver", StringComparison.Ordinal)
            .Replace(
                "  - Bo Lindgren\n  - Chen Yu\n- **",
                "  - Bo Lindgren\n  - Chen Yu\n  - Dave Haver\n- **",
                StringComparison.Ordinal);

        Assert.Equal(
            ["Daniel Haver in #4 may be Dave Haver in #2.", "Dave Haver in #2 may be Daniel Haver in #4."],
            Lint(text).Select(finding => finding.Message));
    }

    [Fact]
    public void What_one_file_says_counts_for_the_next_and_a_file_that_is_not_given_is_no_gap()
    {
        var later = With(
            Clean,
            ("#2 - 2025-04-09", "#22 - 2026-04-08"),
            ("#3 - 2025-05-14", "#23 - 2026-05-13"),
            ("#4 - 2025-06-11", "#24 - 2026-06-10"));
        var muchLater = With(later, ("2026-04-08", "2027-04-14"), ("2026-05-13", "2027-05-12"), ("2026-06-10", "2027-06-09"));

        Assert.Equal(
            [FindingKind.CadenceGap, FindingKind.NumberGap],
            Lint(("2025.md", Clean), ("2026.md", later)).Select(finding => finding.Kind).Order());
        Assert.Empty(Lint(("2025.md", Clean), ("2027.md", muchLater)));
    }

    [Fact]
    public void A_year_that_follows_another_recurrence_is_told_once_and_judged_by_its_own()
    {
        // First Fridays, with one on a Thursday and July left out; the charter says second Wednesdays.
        string[] dates = ["01-03", "02-07", "03-07", "04-04", "05-02", "06-05", "08-01", "09-05"];
        var text = string.Join("\n\n", dates.Select((date, i) => $"""
            ## Meeting #{i + 1} - 2025-{date}

            - **Duration:** 40m
            - **Chair:** Ada Ström
            - **Participants:** Ada Ström, Chen Yu, Bo Lindgren
            """));

        Assert.Equal(
            [
                "The meetings of 2025 do not follow the charter's recurrence; they follow the first Friday of a month.",
                "#6 was on Thursday, 2025-06-05; by the first Friday of a month it was due on Friday, 2025-06-06.",
                "Nothing is written for 2025-07-04, between #6 and #7.",
            ],
            Lint(text).Select(finding => finding.Message));
    }

    [Fact]
    public void What_a_committee_never_writes_down_is_not_missed()
    {
        var text = string.Join("\n\n", new[] { "03-12", "04-09", "05-14", "06-11", "07-09" }.Select((date, i) => $"""
            ## Meeting #{i + 1} - 2025-{date}

            - **Chair:** Ada Ström
            - **Participants:** Chen Yu, Bo Lindgren
            """));

        Assert.Empty(Lint(text));
    }

    [Fact]
    public void A_name_that_two_bear_is_not_counted_for_or_against_a_quorum()
    {
        var lo = new Member { Id = "chen-l", Name = "Chen Lo", Addresses = ["l@reef.example"], Terms = [new(new(2024, 1, 1))] };
        var charter = Reef with { Members = [.. Reef.Members, lo] };
        var text = """
            ## Meeting #1 - 2025-05-14

            - **Duration:** 40m
            - **Chair:** Ada Ström
            - **Participants:** Ada Ström, Bo Lindgren, Chen
            """;

        var finding = Assert.Single(MinutesLinter.Lint([("2025.md", MinutesReader.Read(text))], charter));

        Assert.Equal("Chen could be Chen Yu or Chen Lo.", finding.Message);
    }

    [Fact]
    public void Findings_are_written_as_text_and_as_JSON()
    {
        IReadOnlyList<Finding> findings =
        [
            new("2025.md", 4, "#4", FindingKind.EmptyChair, "#4 does not say who was in the chair.", "Write it."),
            new("2025.md", 9, "#4", FindingKind.BadLink, "#4 has a link to Ström."),
        ];
        using var text = new StringWriter { NewLine = "\n" };
        using var json = new MemoryStream();

        FindingReport.WriteText(text, findings);
        FindingReport.WriteJson(json, findings);

        Assert.Equal(
            "2025.md:4: empty-chair: #4 does not say who was in the chair. Fix: Write it.\n" +
            "2025.md:9: bad-link: #4 has a link to Ström.\n",
            text.ToString());
        Assert.Equal(
            """
            [
              {
                "file": "2025.md",
                "line": 4,
                "meeting": "#4",
                "kind": "empty-chair",
                "message": "#4 does not say who was in the chair.",
                "fix": "Write it."
              },
              {
                "file": "2025.md",
                "line": 9,
                "meeting": "#4",
                "kind": "bad-link",
                "message": "#4 has a link to Ström."
              }
            ]
            """,
            Encoding.UTF8.GetString(json.ToArray()),
            ignoreLineEndingDifferences: true);
    }

    [Property]
    public void Shuffled_cut_and_strange_minutes_are_linted_too(byte[] picks, bool named)
    {
        string[] lines =
        [
            .. Clean.Split('\n'), "## Meeting #4", "## No meeting on 2025-07-09", "## Meeting - 9999-12-31",
            "## Meeting #99999 - 0001-01-01", "- **Chair:** ???", "  - \uD800", "- **Participants:** , , (", "  - AI(): ",
            "\t\t- AI(@): vote by mail", "[](mailto:", "",
        ];

        var text = string.Join('\n', picks.Select(pick => lines[pick % lines.Length]));

        foreach (var finding in Lint((named ? "2025.md" : "minutes.md", text)))
        {
            Assert.InRange(finding.Line, 1, picks.Length);
            Assert.NotEmpty(finding.Message);
        }
    }

    [Fact]
    public void One_very_long_line_is_linted_like_any_other()
    {
        string[] pieces = ["Aa", "AaB ", "](mailto:", "https://x.example/?", "vote ", "[", "- ", "A@b.", "to vote by ", "âœ"];
        foreach (var piece in pieces)
        {
            var line = string.Concat(Enumerable.Repeat(piece, 50_000 / piece.Length));

            Assert.NotEmpty(Lint($"## Meeting #1 - 2025-05-14\n\n- **Notes:** {line}\n"));
        }
    }

    /// <summary>
    /// Real minutes, held against what a careful person flagged in them. The rest of that person's list is for taste; what else
    /// is found here was judged one by one and is no noise.
    /// </summary>
    [Fact]
    public void Real_minutes_have_the_flaws_that_a_careful_secretary_found()
    {
        var labels = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("minutes/expected/anomalies.json"))).RootElement;
        string[] mechanical =
        [
            "missing-duration", "empty-chair", "chair-not-in-participants", "quorum-not-stated", "duplicate-date",
            "date-off-cadence", "cadence-gap", "owner-absent", "action-without-owner", "name-spelling", "private-data-in-link",
            "wrong-year",
        ];
        var expected = labels.EnumerateArray()
            .Select(label => (File: Text(label, "file"), Meeting: Text(label, "meeting"), Kind: Text(label, "kind")))
            .Where(label => mechanical.Contains(label.Kind))
            .ToList();
        var files = new[] { "2023.md", "2025.md" }
            .Select(file => (file, MinutesReader.Read(File.ReadAllBytes(SharedData.Require($"minutes/{file}")))));

        var findings = MinutesLinter.Lint([.. files], CharterReader.Read(CharterFiles.Sample("bsc")));

        var found = findings.Select(finding => (finding.File, finding.Meeting, Kind: Kind(finding))).ToHashSet();
        var missed = expected.Where(label => !found.Contains(label)).ToList();
        var unlabelled = findings
            .Where(finding => !expected.Contains((finding.File, finding.Meeting, Kind(finding))))
            .ToList();
        var output = TestContext.Current.TestOutputHelper;
        output?.WriteLine($"{expected.Count - missed.Count} of {expected.Count} found; missed: {string.Join(", ", missed)}");
        output?.WriteLine($"{findings.Count} findings; not labelled:\n{string.Join("\n", unlabelled)}");
        Assert.True((expected.Count - missed.Count) * 100 >= expected.Count * 95, string.Join(", ", missed));
        Assert.True(unlabelled.Count * 10 <= findings.Count, string.Join(", ", unlabelled));
    }

    private static IReadOnlyList<Finding> Lint(string text) => Lint(("2025.md", text));

    private static IReadOnlyList<Finding> Lint(params (string File, string Text)[] files) =>
        MinutesLinter.Lint([.. files.Select(file => (file.File, MinutesReader.Read(file.Text)))], Reef);

    private static string With(string text, params (string Old, string New)[] changes) =>
        changes.Aggregate(text, (changed, change) => changed.Replace(change.Old, change.New, StringComparison.Ordinal));

    private static string Text(JsonElement label, string field) => label.GetProperty(field).GetString()!;

    private static string Kind(Finding finding) => JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Kind.ToString());
}
