using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Publishing;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Tokens;
using BscFlow.Web;

namespace BscFlow.Tests.Web;

public sealed class MotionWebTests(AzuriteFixture azurite)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_opens_a_motion_extends_it_and_takes_it_back()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        using var program = Program(host);

        using var opened = await PostAsync(program, charter, "motions", new { title = "Adopt the new charter", text = "Shall we?", rule = "charter" });
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var motion = await ReadAsync(opened);
        Assert.Equal("2026-01-adopt-the-new-charter", motion.GetProperty("id").GetString());
        Assert.Equal("Open", motion.GetProperty("state").GetString());
        Assert.Contains("2/3 of the entire committee", motion.GetProperty("needs").GetString(), StringComparison.Ordinal);

        using var again = await PostAsync(program, charter, "motions", new { title = "Adopt the new charter", text = "Shall we?", rule = "charter" });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

        using var extended = await PostAsync(
            program, charter, "motions/2026-01-adopt-the-new-charter/extend", new { deadline = "2026-02-01T12:00" });
        Assert.StartsWith("2026-02-01T12:00", (await ReadAsync(extended)).GetProperty("deadline").GetString(), StringComparison.Ordinal);

        using var corrected = await PostAsync(
            program, charter, "motions/2026-01-adopt-the-new-charter/correct", new { title = "Adopt the charter", text = "Shall we really?" });
        Assert.Equal("Shall we really?", (await ReadAsync(corrected)).GetProperty("text").GetString());

        using var withdrawn = await PostAsync(
            program, charter, "motions/2026-01-adopt-the-new-charter/withdraw", new { reason = "It was written twice." });
        Assert.Equal("Withdrawn", (await ReadAsync(withdrawn)).GetProperty("state").GetString());

        using var late = await PostAsync(program, charter, "motions/2026-01-adopt-the-new-charter/ratify", new { day = "2026-02-02" });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains(await host.AuditAsync(charter), entry => entry is { Event: "motion-withdrawn", Who: "key desk" });
    }

    [Theory]
    [InlineData("""{"text":"Shall we?","rule":"charter"}""", "title")]
    [InlineData("""{"title":"A","text":" ","rule":"charter"}""", "text")]
    [InlineData("""{"title":"A","text":"B","deadline":"soon"}""", "deadline")]
    [InlineData("""{"title":"A","text":"B","links":[{"address":"javascript:alert(1)"}]}""", "links")]
    [InlineData("""{"title":"A","text":"B","voters":"name,email\nJo,nowhere"}""", "voters")]
    public async Task What_is_wrong_with_a_motion_is_said_by_the_name_of_its_field(string body, string field)
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        using var program = Program(host);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await program.PostAsync(new Uri($"/api/{charter.Id}/motions", UriKind.Relative), content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await ReadAsync(answer)).GetProperty("errors").TryGetProperty(field, out _));
        Assert.Empty(await host.Get<MotionStore>().AllAsync(charter.Id, Cancel));
    }

    [Fact]
    public async Task A_rule_that_the_charter_lacks_is_refused_and_nothing_is_opened()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        using var program = Program(host);
        using var answer = await PostAsync(program, charter, "motions", new { title = "A", text = "B", rule = "whim" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var told = Assert.Single((await ReadAsync(answer)).GetProperty("errors").EnumerateObject());
        Assert.Equal("rule", told.Name);
        Assert.Equal(
            $"The charter has no rule \"whim\"; it has {string.Join(", ", charter.Rules.Keys)}.", told.Value[0].GetString());
        Assert.Empty(await host.Get<MotionStore>().AllAsync(charter.Id, Cancel));
    }

    [Fact]
    public async Task The_page_behind_a_link_votes_by_its_button_only_and_shows_what_counts()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter);
        var voter = motion.Electorate.Asked.First();
        var path = LinkOf(host, charter, motion, voter.Id);
        var browser = host.NewBrowser();

        var page = await browser.PageAsync(path);
        Assert.Contains("you have not voted yet", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(await host.Get<BallotStore>().FindAsync(motion, voter.Id, Cancel));

        using var voted = await browser.PressAsync(path, page, "Vote", ("vote", "Against"), ("comment", "Too early."));
        Assert.Equal(HttpStatusCode.Found, voted.StatusCode);
        var ballot = await host.Get<BallotStore>().FindAsync(motion, voter.Id, Cancel);
        Assert.Equal((Vote.Against, "Too early.", BallotSource.Page), (ballot!.Vote, ballot.Comment, ballot.Source));

        host.Clock.Advance(TimeSpan.FromMinutes(5));
        page = await browser.PageAsync(path);
        Assert.Contains("your ballot: against", page.Body!.TextContent, StringComparison.Ordinal);
        using var changed = await browser.PressAsync(path, page, "Change my vote", ("vote", "For"), ("comment", ""));
        ballot = await host.Get<BallotStore>().FindAsync(motion, voter.Id, Cancel);
        Assert.Equal((Vote.For, null), (ballot!.Vote, ballot.Comment));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("1")]
    [InlineData("")]
    public async Task The_page_takes_no_vote_that_nobody_offered(string vote)
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter);
        var voter = motion.Electorate.Asked.First().Id;
        var path = LinkOf(host, charter, motion, voter);
        var browser = host.NewBrowser();

        using var sent = await browser.PressAsync(path, await browser.PageAsync(path), "Vote", ("vote", vote));

        Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
        Assert.Null(await host.Get<BallotStore>().FindAsync(motion, voter, Cancel));
    }

    [Fact]
    public async Task A_ballot_that_was_heard_says_what_it_says_in_a_mail()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter);
        var voter = motion.Electorate.Asked.First().Id;
        using var program = Program(host);

        using var one = await PostAsync(program, charter, $"motions/{motion.Id}/ballots", new { voter, vote = "1", source = "room", note = "Heard by all." });
        using var where = await PostAsync(program, charter, $"motions/{motion.Id}/ballots", new { voter, vote = "for", source = "2", note = "Heard by all." });
        using var plus = await PostAsync(program, charter, $"motions/{motion.Id}/ballots", new { voter, vote = "+1", source = "room", note = "Heard by all." });

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.OK), (one.StatusCode, where.StatusCode, plus.StatusCode));
        Assert.Equal(Vote.For, (await host.Get<BallotStore>().FindAsync(motion, voter, Cancel))!.Vote);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_one_ballot()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter);
        var voter = motion.Electorate.Asked.First().Id;
        var path = LinkOf(host, charter, motion, voter);
        var browser = host.NewBrowser();
        var page = await browser.PageAsync(path);
        using var first = await browser.PressAsync(path, page, "Vote", ("vote", "For"));
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        using var second = await browser.PressAsync(path, page, "Vote", ("vote", "For"));

        Assert.Equal(HttpStatusCode.Found, second.StatusCode);
        Assert.Equal(1, await host.Get<BallotStore>().CountCastAsync(motion, voter, 100, Cancel));
    }

    [Fact]
    public async Task A_link_of_another_motion_voter_or_committee_opens_nothing()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var other = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter);
        var path = LinkOf(host, charter, motion, motion.Electorate.Asked.First().Id);
        var made = path[..^4] + "aaaa";
        foreach (var wrong in (string[])[made, path.Replace(charter.Id, other.Id, StringComparison.Ordinal), path[..^1], path + "x"])
        {
            using var answer = await host.NewBrowser().GetAsync(wrong);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task After_the_deadline_the_page_takes_no_ballot()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter);
        var voter = motion.Electorate.Asked.First().Id;
        var path = LinkOf(host, charter, motion, voter);
        var browser = host.NewBrowser();
        var page = await browser.PageAsync(path);
        host.Clock.SetUtcNow(motion.Deadline + TimeSpan.FromSeconds(1));
        using var late = await browser.PressAsync(path, page, "Vote", ("vote", "For"));

        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
        Assert.Contains("too late", (await PageClient.ReadAsync(late)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(await host.Get<BallotStore>().FindAsync(motion, voter, Cancel));
    }

    [Fact]
    public async Task An_objection_without_a_reason_is_asked_for_it_and_keeps_what_was_chosen()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter, draft => draft with { Consensus = true });
        var path = LinkOf(host, charter, motion, motion.Electorate.Asked.First().Id);
        var browser = host.NewBrowser();
        using var answer = await browser.PressAsync(path, await browser.PageAsync(path), "Vote", ("vote", "Against"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await PageClient.ReadAsync(answer);
        Assert.Contains("an objection needs its reason", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("input[value=Against][checked]"));
    }

    [Fact]
    public async Task The_secretary_opens_a_motion_enters_a_ballot_that_was_heard_and_sees_who_is_missing()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var browser = await host.EnterAsync();
        var list = $"/desk/{charter.Id}/motions";
        var page = await browser.PageAsync(list);
        Assert.Contains("2/3 of the entire committee", page.Body!.TextContent, StringComparison.Ordinal);

        using var opened = await browser.PressAsync(
            list, page, "Open the motion", ("title", "Meet in May"), ("text", "We meet in May in Lisbon."), ("addresses", "https://example.org/may"));
        var path = opened.Headers.Location!.OriginalString;
        Assert.Equal($"{list}/2026-01-meet-in-may?done=MotionOpened", path);

        page = await browser.PageAsync(path);
        var voter = charter.Members[0];
        using var entered = await browser.PressAsync(
            path, page, "Enter the ballot", ("voter", voter.Id), ("vote", "For"), ("source", "Phone"), ("note", "Called Leila at ten."));
        Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
        page = await browser.PageAsync(path);
        Assert.Contains("1 of ", page.Body!.TextContent, StringComparison.Ordinal);
        var missing = page.QuerySelectorAll("p").Single(line => line.TextContent.StartsWith("Still missing", StringComparison.Ordinal)).TextContent;
        Assert.DoesNotContain(voter.Name, missing, StringComparison.Ordinal);
        Assert.Contains(await host.AuditAsync(charter), entry => entry is { Event: "ballot-recorded", Who: "key desk" });

        using var withdrawn = await browser.PressAsync(path, page, "Withdraw the motion", ("reason", "May is full."));
        Assert.Contains(
            "2026, 09:00 (Europe/Lisbon): May is full.",
            (await browser.PageAsync(path)).Body!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_an_open_vote_is_secret_is_said_at_the_desk_and_in_public()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var browser = await host.EnterAsync();
        var list = $"/desk/{charter.Id}/motions";

        using var opened = await browser.PressAsync(
            list, await browser.PageAsync(list), "Open the motion", ("title", "The treasurer"), ("text", "Rui stays."), ("secret", "true"));
        await host.Get<PublishSite>().RunAsync(charter, Cancel);

        var desk = await browser.PageAsync(opened.Headers.Location!.OriginalString);
        Assert.Contains("The vote is secret.", desk.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("The vote is open. Its mails leave now.", desk.QuerySelector("p[role=status]")!.TextContent);
        var page = await browser.PageAsync($"/{charter.Id}/motions/2026-01-the-treasurer.html");
        Assert.Contains(page.QuerySelectorAll("dl.facts dt"), term => term.TextContent == "Secret");
    }

    [Fact]
    public async Task The_form_opens_a_vote_over_options_too_and_keeps_them_when_they_are_wrong()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var browser = await host.EnterAsync();
        var list = $"/desk/{charter.Id}/motions";
        var page = await browser.PageAsync(list);
        (string, string?)[] typed =
        [
            ("title", "Two nominees"), ("text", "Rank them."), ("options.kind", "Ranked"), ("options.method", "Stv"), ("options.seats", "2"),
        ];

        using var wrong = await browser.PressAsync(list, page, "Open the motion", [.. typed, ("options.table", "Ada\nAda")]);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var again = await PageClient.ReadAsync(wrong);
        Assert.Contains("two options are called", again.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2", again.QuerySelector("#seats")!.GetAttribute("value"));
        Assert.Equal("Stv", again.QuerySelector("#method option[selected]")!.GetAttribute("value"));

        using var opened = await browser.PressAsync(list, again, "Open the motion", ("options.table", "Ada\nCy\nEve"));
        Assert.True(
            opened.StatusCode == HttpStatusCode.Found,
            string.Join("; ", (await PageClient.ReadAsync(opened)).QuerySelectorAll(".error").Select(error => error.TextContent)));
        var motion = Assert.Single(await host.Get<MotionStore>().AllAsync(charter.Id, Cancel));
        Assert.Equal((2, 3, CountingMethod.Stv), (motion.Options!.Seats, motion.Options.Options.Count, motion.Options.Method));
    }

    [Fact]
    public async Task A_number_that_is_none_is_said_beside_its_field_and_nothing_that_was_typed_is_lost()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var browser = await host.EnterAsync();
        var list = $"/desk/{charter.Id}/motions";
        (string, string?)[] typed =
        [
            ("title", "Grants"), ("text", "Word for word."), ("deadline", "soon"), ("options.table", "Ada\nCy"), ("options.kind", "Score"),
            ("options.seats", "99999999999"), ("options.budget", "much"),
        ];
        using var wrong = await browser.PressAsync(list, await browser.PageAsync(list), "Open the motion", typed);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var page = await PageClient.ReadAsync(wrong);
        Assert.Equal("Give a whole number from 0 on.", page.QuerySelector("#seats-error")!.TextContent);
        Assert.Equal("Give an amount such as 2500.50.", page.QuerySelector("#budget-error")!.TextContent);
        Assert.NotNull(page.QuerySelector("#deadline-error"));
        Assert.Equal("99999999999", page.QuerySelector("#seats")!.GetAttribute("value"));
        Assert.Equal("Word for word.", page.QuerySelector("#text")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector("details[open] #seats"));

        using var opened = await browser.PressAsync(
            list, page, "Open the motion", ("deadline", ""), ("options.seats", ""), ("options.budget", "1e5"));
        Assert.Equal(HttpStatusCode.Found, opened.StatusCode);
        Assert.Equal(100_000m, Assert.Single(await host.Get<MotionStore>().AllAsync(charter.Id, Cancel)).Options!.Budget);

        var calls = $"/desk/{charter.Id}/nominations";
        using var many = await browser.PressAsync(
            calls, await browser.PageAsync(calls), "Ask for nominations", ("title", "Who?"), ("text", "Say."), ("seats", "1e99"));
        page = await PageClient.ReadAsync(many);
        Assert.Equal("Give a whole number from 0 on.", page.QuerySelector("#seats-error")!.TextContent);
        Assert.NotNull(page.QuerySelector("#nominateUntil-error"));
        Assert.Equal("Who?", page.QuerySelector("#title")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_form_that_fails_keeps_what_was_typed_and_says_what_is_wrong_beside_the_field()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var browser = await host.EnterAsync();
        var list = $"/desk/{charter.Id}/motions";
        using var answer = await browser.PressAsync(
            list, await browser.PageAsync(list), "Open the motion", ("title", "Meet in May"), ("text", "In Lisbon."), ("addresses", "ftp://x"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await PageClient.ReadAsync(answer);
        Assert.Contains("no address of a page", page.QuerySelector("#links-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Meet in May", page.QuerySelector("#title")!.GetAttribute("value"));
        Assert.Equal("In Lisbon.", page.QuerySelector("#text")!.TextContent.Trim());
    }

    [Fact]
    public async Task One_bad_mark_or_a_long_assessment_is_said_beside_its_field_and_loses_nothing_of_the_ballot()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter, draft => draft with
        {
            Options = new OptionsInput { Kind = BallotKind.Score, Table = "Tide tables\nGauge\nBuoy school" }.Read(charter, out _),
        });
        var voter = motion.Electorate.Asked.First();
        var path = LinkOf(host, charter, motion, voter.Id);
        var browser = host.NewBrowser();
        var longest = AssessmentText.LongestOf(3);
        (string, string?)[] Ballot(string second, string third) =>
        [
            ("option", "0"), ("mark", "9"), ("assessment", "Well made."),
            ("option", "1"), ("mark", second), ("assessment", "Dear."),
            ("option", "2"), ("mark", "3"), ("assessment", third),
        ];

        using var wrong = await browser.PressAsync(
            path, await browser.PageAsync(path), "Vote", [("comment", "As last year."), .. Ballot("11", new string('x', longest + 1))]);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var page = await PageClient.ReadAsync(wrong);
        Assert.Equal("“11” is nothing that can be counted.", page.QuerySelector("#mark-1-error")!.TextContent);
        Assert.StartsWith($"That is longer than {longest} characters", page.QuerySelector("#assessment-2-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Gauge, Buoy school", page.QuerySelector("#vote-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["9", "11", "3"], page.QuerySelectorAll("input[name=mark]").Select(mark => mark.GetAttribute("value")));
        Assert.Equal("Dear.", page.QuerySelector("#assessment-1")!.TextContent.Trim());
        Assert.Equal(longest + 1, page.QuerySelector("#assessment-2")!.TextContent.Trim().Length);
        Assert.Equal($"{longest}", page.QuerySelector("#assessment-2")!.GetAttribute("maxlength"));
        Assert.Null(await host.Get<BallotStore>().FindAsync(motion, voter.Id, Cancel));

        using var voted = await browser.PressAsync(path, page, "Vote", Ballot("", new string('x', longest)));
        Assert.Equal(HttpStatusCode.Found, voted.StatusCode);
        var ballot = await host.Get<BallotStore>().FindAsync(motion, voter.Id, Cancel);
        Assert.Equal(["Well made.", "Dear.", new string('x', longest)], AssessmentText.Read(ballot!.Assessments));
        Assert.Equal("As last year.", ballot.Comment);
    }

    [Fact]
    public async Task A_rank_of_zero_comes_back_in_the_order_in_which_it_was_sent()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter, draft => draft with
        {
            Options = new OptionsInput { Table = "Ada\nCy\nEve" }.Read(charter, out _),
        });
        var path = LinkOf(host, charter, motion, motion.Electorate.Asked.First().Id);
        var browser = host.NewBrowser();

        using var wrong = await browser.PressAsync(
            path, await browser.PageAsync(path), "Vote", ("option", "2"), ("mark", "0"), ("option", "0"), ("mark", "?"), ("option", "1"), ("mark", "2"));

        var page = await PageClient.ReadAsync(wrong);
        Assert.Equal(["Eve", "Ada", "Cy"], page.QuerySelectorAll(".ranks li").Select(row => row.GetAttribute("data-name")));
        Assert.Equal(["0", "?", "2"], page.QuerySelectorAll("input[name=mark]").Select(mark => mark.GetAttribute("value")));
        Assert.Equal("mark-2-error", page.QuerySelector("input[name=mark]")!.GetAttribute("aria-describedby"));
    }

    /// <summary>Fifty thousand contributors are more than any other body may hold.</summary>
    [Fact]
    public async Task Very_many_voters_come_as_a_file_and_from_a_program_in_one_request()
    {
        const int Voters = 50_000;
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var browser = await host.EnterAsync();
        var table = "name,email\n" + string.Concat(Enumerable.Range(1, Voters).Select(n => $"Contributor {n},contributor{n}@project.example\n"));
        Assert.True(table.Length > Limits.BodyBytes);
        var path = $"/desk/{charter.Id}/motions";
        (string, string?)[] typed = [("title", "Election"), ("text", "Rank them."), ("options.table", "Ada\nCy")];

        using var wrong = await browser.PressAsync(
            path, await browser.PageAsync(path), "Open the motion", ("votersFile", new StringContent(table + "Nobody,nowhere\n")), typed);
        Assert.Contains(
            $"Line {Voters + 2} of the voters: \"nowhere\" is no mail address.",
            Assert.Single((await PageClient.ReadAsync(wrong)).QuerySelectorAll(".error")).TextContent,
            StringComparison.Ordinal);

        using var opened = await browser.PressAsync(
            path, await browser.PageAsync(path), "Open the motion", ("votersFile", new StringContent(table)), typed);
        Assert.Equal(HttpStatusCode.Found, opened.StatusCode);

        using var program = Program(host);
        using var sent = await PostAsync(program, charter, "motions", new
        {
            id = "second",
            title = "Second election",
            text = "Rank them.",
            options = new { kind = "ranked", table = "Ada\nCy" },
            voters = table,
        });
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);

        var motions = await host.Get<MotionStore>().OpenAsync(charter.Id, Cancel);
        Assert.Equal([Voters, Voters], motions.Select(motion => motion.Electorate.Size));
        Assert.Equal("contributor50000@project.example", motions[0].Electorate.Find("Contributor 50000")?.Address);
    }

    [Fact]
    public async Task Who_cannot_be_called_again_is_told_of_beside_the_voter()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter, draft => draft with
        {
            Electorate = OptionsInput.ReadVoters("name,email\nAda,ada@x.example\nCy,cy@x.example\n", out _),
            Options = new OptionsInput { Table = "Red\nBlue" }.Read(charter, out _),
        });
        foreach (var elector in motion.Electorate.Asked)
        {
            await host.Get<UnreachedVoters>().AddAsync(
                charter.Id, motion.Id, new(elector.Id, elector.Address!, "no such mailbox", host.Clock.GetUtcNow()), Cancel);
        }

        var browser = await host.EnterAsync();
        var path = $"/desk/{charter.Id}/motions/{motion.Id}/calls";
        var second = motion.Electorate.Asked.Last().Id;
        using var refused = await browser.PressAsync(path, await browser.PageAsync(path), "Call again", ("voter", second), ("address", "nowhere"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await PageClient.ReadAsync(refused);
        var field = page.GetElementById($"address-{second}")!;
        Assert.Equal(("nowhere", $"address-{second}-error"), (field.GetAttribute("value"), field.GetAttribute("aria-describedby")));
        Assert.Contains("is no mail address", Assert.Single(page.QuerySelectorAll(".error")).TextContent, StringComparison.Ordinal);
        Assert.Contains(field, page.QuerySelector(".error")!.Closest("li")!.QuerySelectorAll("input"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("words that would be published as evidence")]
    [InlineData(null)]
    public async Task A_form_that_no_page_of_ours_made_votes_for_nobody(string? press)
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter);
        var path = LinkOf(host, charter, motion, motion.Electorate.Asked.First().Id);
        var browser = host.NewBrowser();
        var page = await browser.PageAsync(path);

        // Null: longer than a row of a table holds.
        using var refused = await browser.PressAsync(path, page, "Vote", ("vote", "For"), ("press", press ?? new string('a', 40_000)));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        page = await PageClient.ReadAsync(refused);
        Assert.Contains("Something was missing", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await host.Get<BallotStore>().VotersAsync(motion, Cancel));
        using var voted = await browser.PressAsync(path, page, "Vote", ("vote", "For"));
        Assert.Single(await host.Get<BallotStore>().VotersAsync(motion, Cancel));
    }

    [Fact]
    public async Task The_ballot_of_somebody_who_stands_in_the_charter_no_more_is_not_entered_and_it_is_said_why()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var motion = await OpenAsync(host, charter);
        var gone = motion.Electorate.Asked.Last();
        var browser = await host.EnterAsync();
        var path = $"/desk/{charter.Id}/motions/{motion.Id}";
        var page = await browser.PageAsync(path);
        await host.Get<CharterStore>().TakeOverAsync(
            CharterWriter.Write(charter with { Members = [.. charter.Members.Where(member => member.Id != gone.Id)] }), Cancel);

        using var refused = await browser.PressAsync(
            path, page, "Enter the ballot", ("voter", gone.Id), ("vote", "For"), ("source", "Room"), ("note", "Heard by all."));
        using var program = Program(host);
        using var conflict = await PostAsync(
            program, charter, $"motions/{motion.Id}/ballots", new { voter = gone.Id, vote = "for", source = "room", note = "Heard by all." });

        var why = $"The ballot cannot be counted: {gone.Name} stands in the charter no more.";
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(why, Assert.Single((await PageClient.ReadAsync(refused)).QuerySelectorAll(".error")).TextContent.Trim());
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Equal(why, (await ReadAsync(conflict)).GetProperty("detail").GetString());
        Assert.Empty(await host.Get<BallotStore>().VotersAsync(motion, Cancel));
    }

    [Fact]
    public async Task Who_ratifies_what_is_carried_is_told_where_one_votes_and_on_the_desk()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync(charter => charter with
        {
            Rules = new Dictionary<string, VoteRule>(charter.Rules)
            {
                ["charter"] = charter.Rules["charter"] with { RatifiedBy = "the board" },
            },
        });
        var motion = await OpenAsync(host, charter);
        var desk = await host.EnterAsync();

        foreach (var page in (AngleSharp.Html.Dom.IHtmlDocument[])
        [
            await host.NewBrowser().PageAsync(LinkOf(host, charter, motion, motion.Electorate.Asked.First().Id)),
            await desk.PageAsync($"/desk/{charter.Id}/motions/{motion.Id}"),
        ])
        {
            Assert.Contains(
                "After that it goes to the board, to be ratified.",
                page.QuerySelector("main")!.TextContent,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_public_pages_tell_a_motions_times_in_the_committees_zone_and_leave_room_for_the_readers()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync(charter => charter with { TimeZone = "America/Los_Angeles" });
        var motion = await OpenAsync(host, charter, draft => draft with { Deadline = new DateTimeOffset(2026, 1, 16, 2, 0, 0, TimeSpan.Zero) });
        var browser = host.NewBrowser();
        await host.Get<PublishSite>().RunAsync(charter, Cancel);

        foreach (var path in (string[])[$"/{charter.Id}/motions.html", $"/{charter.Id}/index.html", $"/{charter.Id}/motions/{motion.Id}.html"])
        {
            var page = await browser.PageAsync(path);
            Assert.Contains("15 January 2026, 18:00 (America/Los_Angeles)", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.Contains(
                page.QuerySelectorAll(".yours time[data-local]"),
                time => time.GetAttribute("datetime") == "2026-01-16T02:00Z" && time.TextContent == "Friday, 16 January, 02:00");
        }

        host.Clock.SetUtcNow(new DateTimeOffset(2026, 1, 15, 3, 0, 0, TimeSpan.Zero));
        await host.Get<WithdrawMotion>().RunAsync(charter, motion.Id, "It rains.", "test", Cancel);
        await host.Get<PublishSite>().RunAsync(charter, Cancel);
        var listed = (await browser.PageAsync($"/{charter.Id}/motions.html")).QuerySelector($"#motion-{motion.Id} .facts")!.TextContent;
        Assert.Contains("14 January 2026", listed, StringComparison.Ordinal);
    }

    private static async Task<Motion> OpenAsync(DeskHost host, Charter charter, Func<MotionDraft, MotionDraft>? change = null)
    {
        var draft = new MotionDraft { Id = "2026-01-charter", Title = "The new charter", Text = "Shall we adopt it?", Rule = "charter" };
        var made = await host.Get<OpenMotion>().RunAsync(charter, change?.Invoke(draft) ?? draft, "test", Cancel);
        var motion = Assert.IsType<MotionChange.Made>(made).Motion;
        await host.Get<CallForVotes>().RunAsync(charter, motion.Id, Cancel);
        return (await host.Get<MotionStore>().FindAsync(charter.Id, motion.Id, Cancel))!;
    }

    private static string LinkOf(DeskHost host, Charter charter, Motion motion, string voter) => host.Get<SiteLinks>()
        .Ballot(charter, host.Get<VotingKeys>().PageToken(charter.Id, motion.Id, voter).Reveal()).AbsolutePath;

    private static HttpClient Program(DeskHost host)
    {
        var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add(Access.KeyHeader, DeskHost.DeskKey);
        return http;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, Charter charter, string path, object body) =>
        http.PostAsJsonAsync(new Uri($"/api/{charter.Id}/{path}", UriKind.Relative), body, Json, Cancel);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
}
