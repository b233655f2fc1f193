using System.Text;
using BscFlow.Committee;

namespace BscFlow.Tests.Committee;

public sealed class CharterReaderTests
{
    [Fact]
    public void A_charter_is_read_whole()
    {
        var charter = CharterFiles.Read(CharterFiles.Small);

        Assert.Equal("reef", charter.Id);
        Assert.Equal(new DateTime(2025, 1, 8, 15, 0, 0), charter.Meetings.Start);
        Assert.Equal(TimeSpan.FromDays(7), charter.LeadTimes.Objections);
        Assert.Equal(new Threshold(new Fraction(3, 5), MoreThan: false, Body.Entire), charter.Quorum);
        Assert.Equal(new Threshold(new Fraction(1, 2), MoreThan: true, Body.Present), charter.Rules["ordinary"].InMeeting);
        Assert.True(charter.Rules["removal"].HasSubject);
        Assert.Equal(new DateOnly(2024, 12, 31), charter.Members[1].Terms[0].Until);
        Assert.Equal(new Proxy("chen", "ada", new(2025, 6, 1), new(2025, 6, 30)), Assert.Single(charter.Proxies));
        Assert.True(charter.Motions.CloseEarly);
    }

    [Fact]
    public void Blanks_around_an_address_are_no_part_of_it() =>
        Assert.Equal(
            "desk@reef.example",
            CharterFiles.Read(CharterFiles.SmallWith("secretaries[0]", "\" desk@reef.example \"")).Secretaries[0]);

    [Theory]
    [InlineData("leadTimes")]
    [InlineData("chair")]
    [InlineData("motions")]
    [InlineData("guests")]
    [InlineData("proxies")]
    [InlineData("list")]
    [InlineData("meetings.length")]
    [InlineData("meetings.cancelled")]
    [InlineData("meetings.special")]
    [InlineData("meetings.earlier")]
    [InlineData("quorum.of")]
    [InlineData("members[1].aliases")]
    public void What_has_a_usual_value_may_be_left_out(string path) =>
        Assert.Equal("reef", CharterFiles.Read(CharterFiles.SmallWith(path, null)).Id);

    [Theory]
    [InlineData("colour", "1", "colour", "is not a field of the charter")]
    [InlineData("mailboxes", "1", "mailboxes", "is not a field of the charter; did you mean mailbox?")]
    [InlineData("members[0].adresses", "[]", "members[0].adresses", "is not a field of the charter; did you mean addresses?")]
    [InlineData("meetings.Rule", "\"\"", "meetings.Rule", "is not a field of the charter; did you mean rule?")]
    [InlineData("members", "{}", "members", "must be a list in [ ]")]
    [InlineData("members[1]", "\"bo\"", "members[1]", "must be an object in { }")]
    [InlineData("name", "7", "name", "must be text in quotes")]
    [InlineData("meetings.cancelledKeepsNumber", "\"no\"", "meetings.cancelledKeepsNumber", "must be true or false")]
    [InlineData("secretaries", "[null]", "secretaries[0]", "must be text in quotes")]
    [InlineData("rules.ordinary", "null", "rules.ordinary", "must be an object in { }")]
    [InlineData("id", null, "id", "is missing")]
    [InlineData("id", "\"Reef 1\"", "id", "is \"Reef 1\"; an id is at most 40 lower-case letters, digits and single hyphens")]
    [InlineData("name", "\"  \"", "name", "is missing")]
    [InlineData("timeZone", null, "timeZone", "is missing; name an IANA zone such as Europe/Berlin")]
    [InlineData("id", "\"desk\"", "id", "is \"desk\", a route of every deployment; choose another")]
    [InlineData("timeZone", "\"Europe/Lisboa\"", "timeZone", "is \"Europe/Lisboa\", which is no IANA time zone; did you mean Europe/Lisbon?")]
    [InlineData("timeZone", "\"Pacific Standard Time\"", "timeZone", "is \"Pacific Standard Time\", which is no IANA time zone")]
    [InlineData("mailbox", "\"committee\"", "mailbox", "is \"committee\", which is no mail address")]
    [InlineData("mailbox", "\"ADA@reef.example\"", "mailbox", "is also an address of Ada Ström; the committee would write to itself")]
    [InlineData("list", "\"Committee@reef.example\"", "list", "is the same as mailbox; the committee would write to itself")]
    [InlineData("secretaries[0]", "\"Committee@reef.example\"", "mailbox", "is also an address of a secretary; the committee would write to itself")]
    [InlineData("guests[0].address", "\"committee@reef.example\"", "mailbox", "is also an address of Dana Moss; the committee would write to itself")]
    [InlineData("secretaries", "[]", "secretaries", "is missing; somebody must hear of what needs a person")]
    [InlineData("secretaries[0]", "\"desk at reef.example\"", "secretaries[0]", "is \"desk at reef.example\", which is no mail address")]
    [InlineData("secretaries[1]", "\"DESK@reef.example\"", "secretaries[1]", "lists DESK@reef.example a second time")]
    [InlineData("meetings", null, "meetings", "is missing; it holds at least rule and start")]
    [InlineData("meetings.rule", null, "meetings.rule", "is missing")]
    [InlineData("meetings.rule", "\"every other week\"", "meetings.rule", "must say how often, such as FREQ=MONTHLY;BYDAY=2WE (RFC 5545)")]
    [InlineData("meetings.rule", "\"FREQ=HOURLY\"", "meetings.rule", "must be DAILY, WEEKLY, MONTHLY or YEARLY")]
    [InlineData("meetings.rule", "\"FREQ=WEEKLY;BYDAY=XX\"", "meetings.rule", "is not a recurrence rule of RFC 5545: XX is not a valid iCal day-of-week indicator")]
    [InlineData("meetings.rule", "\"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"", "meetings.rule", "never occurs from 2025-01-08T15:00 on")]
    [InlineData("meetings.rule", "\"FREQ=MONTHLY;BYDAY=6WE\"", "meetings.rule", "never occurs from 2025-01-08T15:00 on")]
    [InlineData("meetings.rule", "\"FREQ=DAILY;UNTIL=20240101\"", "meetings.rule", "never occurs from 2025-01-08T15:00 on")]
    [InlineData("meetings.start", null, "meetings.start", "is missing")]
    [InlineData("meetings.start", "\"2025-01-08T15:00Z\"", "meetings.start", "is \"2025-01-08T15:00Z\"; write the time in the committee's zone, without an offset, such as 2025-01-31T09:00")]
    [InlineData("meetings.start", "\"2025-01-09T15:00\"", "meetings.start", "is 2025-01-09T15:00, when the rule does not meet; its next time is 2025-02-12T15:00")]
    [InlineData("meetings.length", "\"1h\"", "meetings.length", "is \"1h\"; write a duration such as P7D, PT1H or PT90M")]
    [InlineData("meetings.length", "\"PT0M\"", "meetings.length", "must be more than nothing and at most a day")]
    [InlineData("meetings.cancelled[0]", "\"13.8.2025\"", "meetings.cancelled[0]", "is \"13.8.2025\"; write a date such as 2025-01-31")]
    [InlineData("meetings.cancelled[0]", "\"2025-08-14\"", "meetings.cancelled[0]", "is 2025-08-14, on which the committee does not meet anyway")]
    [InlineData("meetings.cancelled[1]", "\"2025-08-13\"", "meetings.cancelled[1]", "is listed twice")]
    [InlineData("meetings.special[1]", "\"2025-08-20T10:00\"", "meetings.special[1]", "is listed twice")]
    [InlineData("meetings.special[0]", "\"soon\"", "meetings.special[0]", null)]
    [InlineData("meetings.earlier[0].start", "\"2025-01-14T15:00\"", "meetings.earlier[0].start", "must be before meetings.start")]
    [InlineData("meetings.earlier[0].rule", "\"FREQ=WEEKLY;BYDAY=2TU\"", "meetings.earlier[0].rule", null)]
    [InlineData("meetings.earlier[1]", """{ "rule": "FREQ=DAILY", "start": "2024-01-01T15:00" }""", "meetings.earlier[1].start", "must be after the start of the recurrence before it")]
    [InlineData("leadTimes.draft", "\"7 days\"", "leadTimes.draft", "is \"7 days\"; write a duration such as P7D, PT1H or PT90M")]
    [InlineData("leadTimes.draft", "\"P1M\"", "leadTimes.draft", "is \"P1M\"; write a duration such as P7D, PT1H or PT90M")]
    [InlineData("leadTimes.reminder", "\"P8D\"", "leadTimes.reminder", "must be shorter than leadTimes.draft: the reminder goes out after the agenda")]
    [InlineData("chair", """{ "fixed": "aada" }""", "chair.fixed", "is \"aada\", which is no member's id; did you mean ada?")]
    [InlineData("chair.rotates", "false", "chair", "must either rotate or have a fixed member")]
    [InlineData("quorum", null, "quorum", "is missing; write one such as { \"needs\": \"at least 3/5\" }")]
    [InlineData("quorum.of", "\"present\"", "quorum.of", "must be entire: a quorum is a share of all members in office")]
    [InlineData("quorum.needs", "\"60 %\"", "quorum.needs", "must read like \"at least 2/3\" or \"more than 1/2\"")]
    [InlineData("quorum.needs", "\"at least 60 %\"", "quorum.needs", "has no fraction of two whole numbers in \"60 %\"; write one such as 3/5")]
    [InlineData("quorum.needs", "\"at least 3/0\"", "quorum.needs", "has no fraction of two whole numbers in \"3/0\"; write one such as 3/5")]
    [InlineData("quorum.needs", "\"at least -3/5\"", "quorum.needs", "has no fraction of two whole numbers in \"-3/5\"; write one such as 3/5")]
    [InlineData("quorum.needs", "\"at least 5/3\"", "quorum.needs", "has the share 5/3, which is not between 0 and 1")]
    [InlineData("quorum.needs", "\"at least 0/3\"", "quorum.needs", "has the share 0/3, which is not between 0 and 1")]
    [InlineData("quorum.needs", "\"more than 3/3\"", "quorum.needs", "asks for more than all")]
    [InlineData("rules", null, "rules.ordinary", "is missing; it is the rule for motions that name none")]
    [InlineData("rules.Extra", """{ "needs": "at least 2/3", "of": "cast" }""", "rules.Extra", "has a name that is not made of lower-case letters, digits and single hyphens")]
    [InlineData("rules.removal.of", "\"all\"", "rules.removal.of", "is \"all\"; it is one of cast, present, entire, others")]
    [InlineData("rules.removal.of", null, "rules.removal.of", "is missing")]
    [InlineData("rules.removal.of", "\"present\"", "rules.removal.of", "cannot be present by mail; use cast, entire or others")]
    [InlineData("rules.removal.byMail", """{ "needs": "at least 2/3", "of": "cast" }""", "rules.removal", "has both the short form (needs, of) and the long one (inMeeting, byMail)")]
    [InlineData("rules.ordinary.byMail", null, "rules.ordinary.byMail", "is missing")]
    [InlineData("rules.ordinary.byMail.of", "\"others\"", "rules.ordinary", "is of the others in one way of voting only; a motion has a subject or has none")]
    [InlineData("rules.ordinary.byMail.of", "\"present\"", "rules.ordinary.byMail.of", "cannot be present by mail; use cast, entire or others")]
    [InlineData("rules.removal.ratifiedBy", "\" \"", "rules.removal.ratifiedBy", "is missing")]
    [InlineData("motions.open", "\"PT0H\"", "motions.open", "must be more than nothing")]
    [InlineData("motions.minimum", "\"P8D\"", "motions.minimum", "must not be longer than motions.open")]
    [InlineData("elections.tieBreak", "\"coin\"", "elections.tieBreak", "is \"coin\"; it is one of lot, chair")]
    [InlineData("elections.quorum.needs", "\"10 %\"", "elections.quorum.needs", "must read like \"at least 2/3\" or \"more than 1/2\"")]
    [InlineData("elections.quorum.of", "\"cast\"", "elections.quorum.of", "must be entire: it is a share of all who are asked")]
    [InlineData("elections.floor", "\" \"", "elections.floor", "is missing")]
    [InlineData("elections.caps[0].seats", null, "elections.caps[0].seats", "is missing")]
    [InlineData("elections.caps[0].seats", "\"two\"", "elections.caps[0].seats", "must be a whole number")]
    [InlineData("elections.caps[0].seats", "1.5", "elections.caps[0].seats", "must be a whole number")]
    [InlineData("elections.caps[0].seats", "0", "elections.caps[0].seats", "must be at least 1")]
    [InlineData("elections.caps[2]", """{ "affiliation": "TIDEWATER", "seats": 1 }""", "elections.caps[2].affiliation", "lists TIDEWATER a second time")]
    [InlineData("elections.caps[2]", """{ "seats": 1 }""", "elections.caps[2].affiliation", "is left out a second time")]
    [InlineData("members", "[]", "members", "is missing; a committee has at least one member")]
    [InlineData("members[1].id", "\"ada\"", "members[1].id", "is \"ada\", which another member has")]
    [InlineData("members[1].name", "\"ada  STROM\"", "members[1].name", "is \"ada  STROM\", which already means Ada Ström")]
    [InlineData("members[1].name", "\"?!\"", "members[1].name", "is \"?!\", which has no letters")]
    [InlineData("members[1].aliases[0]", "\"Chen Yu\"", "members[2].name", "is \"Chen Yu\", which already means Bo Lindgren")]
    [InlineData("members[0].addresses", null, "members[0].addresses", "is missing; a member is written to and votes by mail")]
    [InlineData("members[0].addresses", "[]", "members[0].addresses", "is missing; a member is written to and votes by mail")]
    [InlineData("members[0].addresses[1]", "\"ada@home\"", "members[0].addresses[1]", "is \"ada@home\", which is no mail address")]
    [InlineData("members[2].addresses[0]", "\"ADA@HOME.example\"", "members[2].addresses[0]", "is ADA@HOME.example, which is already an address of Ada Ström")]
    [InlineData("members[0].terms", "[]", "members[0].terms", "is missing; write one such as { \"from\": \"2025-01-01\" }")]
    [InlineData("members[0].terms[0].from", "\"2024-02-30\"", "members[0].terms[0].from", "is \"2024-02-30\"; write a date such as 2025-01-31")]
    [InlineData("members[0].terms[0].until", "\"2023-12-31\"", "members[0].terms[0].until", "is 2023-12-31, before its first day, 2024-01-01")]
    [InlineData("members[1].terms[1].from", "\"2024-12-31\"", "members[1].terms[1].from", "must be after the end of the term before it")]
    [InlineData("members[1].terms[0].until", null, "members[1].terms[1].from", "must be after the end of the term before it")]
    [InlineData("proxies[0].by", "\"chen\"", "proxies[0].by", "must be somebody else than the member")]
    [InlineData("proxies[0].by", "\"adda\"", "proxies[0].by", "is \"adda\", which is no member's id; did you mean ada?")]
    [InlineData("proxies[0].by", "\"ada strom\"", "proxies[0].by", "is \"ada strom\", which is no member's id; theirs is ada")]
    [InlineData("proxies[0].until", "\"2025-05-01\"", "proxies[0].until", "is 2025-05-01, before its first day, 2025-06-01")]
    [InlineData("guests[0].address", "\"bo@reef.example\"", "guests[0].address", "is bo@reef.example, which is already an address of Bo Lindgren")]
    [InlineData("guests[0].aliases[0]", "\"Bosse\"", "guests[0].aliases[0]", "is \"Bosse\", which already means Bo Lindgren")]
    public void An_error_names_its_field_and_is_alone(string path, string? value, string field, string? message)
    {
        var json = CharterFiles.SmallWith(path, value);

        var error = Assert.Single(Assert.Throws<InvalidCharterException>(() => CharterFiles.Read(json)).Errors);

        Assert.Equal(field, error.Field);
        if (message is not null)
        {
            Assert.Equal(message, error.Message);
        }
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        var exception = Assert.Throws<InvalidCharterException>(() => CharterFiles.Read("""
            {
              "id": "reef", "name": "Reef", "mailbox": 3, "timeZone": "Mars/Olympus", "meetngs": {},
              "secretaries": ["a@b.example"],
              "quorum": { "needs": "most" },
              "rules": { "ordinary": { "needs": "more than 1/2", "of": "entire" } },
              "members": [{ "id": "ada", "name": "Ada" }]
            }
            """));

        Assert.Equal(
            ["mailbox", "meetngs", "timeZone", "members[0].addresses", "members[0].terms", "meetings", "quorum.needs"],
            exception.Errors.Select(error => error.Field));
        Assert.Contains(
            $"meetngs is not a field of the charter; did you mean meetings?{Environment.NewLine}",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"id\": \"reef\",\n  \"name\" \"Reef\"\n}", "line 3")]
    [InlineData("{\n  \"id\": \"reef\"", "line 2")]
    [InlineData("", "line 1")]
    [InlineData("hello", "line 1")]
    public void Text_that_is_no_JSON_is_told_by_its_line(string json, string line)
    {
        var error = Assert.Single(Assert.Throws<InvalidCharterException>(() => CharterFiles.Read(json)).Errors);

        Assert.Equal("", error.Field);
        Assert.Contains($"is not valid JSON in {line}: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"charter\"")]
    public void JSON_that_is_no_object_is_an_error(string json) =>
        Assert.Equal(
            "The charter must be an object in { }.",
            Assert.Single(Assert.Throws<InvalidCharterException>(() => CharterFiles.Read(json)).Errors).ToString());

    [Fact]
    public void A_field_written_twice_is_an_error()
    {
        const string Id = "\"id\": \"reef\",";
        var json = CharterFiles.Small.Replace(Id, Id + Id, StringComparison.Ordinal);

        var exception = Assert.Throws<InvalidCharterException>(() => CharterFiles.Read(json));

        Assert.Contains("'id'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_text_is_an_error()
    {
        var exception = Assert.Throws<InvalidCharterException>(() => CharterReader.Read([0x89, 0x50, 0x4E, 0x47, 0xFF]));

        Assert.Equal("The charter is not text in UTF-8.", exception.Message);
    }

    [Fact]
    public void Deep_nesting_is_an_error_and_no_crash() =>
        Assert.Throws<InvalidCharterException>(() => CharterFiles.Read(new string('[', 100_000)));

    [Fact]
    public void Comments_a_last_comma_and_a_byte_order_mark_are_allowed()
    {
        var json = "\uFEFF// ours\n" + CharterFiles.Small.TrimEnd()[..^1] + ", }";

        Assert.Equal("reef", CharterReader.Read(Encoding.UTF8.GetBytes(json)).Id);
    }

    [Fact]
    public void Any_cut_of_a_charter_is_an_error_and_no_crash()
    {
        var json = Encoding.UTF8.GetBytes(CharterFiles.Small);
        for (var length = 0; length < json.Length - 1; length++)
        {
            var cut = json[..length];
            Assert.Throws<InvalidCharterException>(() => CharterReader.Read(cut));
        }
    }
}
