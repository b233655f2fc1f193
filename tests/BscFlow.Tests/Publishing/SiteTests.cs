using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BscFlow.Meetings;
using BscFlow.Publishing;
using BscFlow.Publishing.Data;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Tallies;

namespace BscFlow.Tests.Publishing;

public sealed partial class SiteTests
{
    [Theory]
    [InlineData("index.html")]
    [InlineData("2025.html")]
    [InlineData("meetings/0033.html")]
    [InlineData("meetings/0027.html")]
    [InlineData("meetings/2025-08-14.html")]
    [InlineData("actions.html")]
    [InlineData("actions/2026.html")]
    [InlineData("members.html")]
    [InlineData("motions.html")]
    [InlineData("figures.html")]
    [InlineData("search.html")]
    [InlineData("meetings/0033.json")]
    [InlineData("feed.atom")]
    [InlineData("calendar.ics")]
    public async Task The_pages_are_as_they_were_looked_at(string path)
    {
        var files = await SampleSite.RenderAsync(SampleSite.Archive);

        Golden.Check($"Pages/{path}", files[path]);
    }

    [Theory]
    [InlineData(SiteContent.All)]
    [InlineData(SiteContent.Pages)]
    public async Task Every_link_within_the_site_leads_to_a_file_and_to_an_anchor_in_it(SiteContent content)
    {
        var files = await SampleSite.RenderAsync(SampleSite.Archive, content);
        var links = 0;
        foreach (var (path, html) in files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)))
        {
            foreach (Match match in Href().Matches(html))
            {
                var target = new Uri(new Uri($"http://site/{path}"), match.Groups[1].Value);
                if (target.Host == "site")
                {
                    links++;
                    var anchor = target.Fragment.Length > 0 ? $"id=\"{target.Fragment[1..]}\"" : "";
                    Assert.True(
                        files.TryGetValue(target.AbsolutePath[1..], out var page)
                        && page.Contains(anchor, StringComparison.Ordinal),
                        $"{path} links to {match.Groups[1].Value}");
                }
            }
        }

        Assert.InRange(links, 250, int.MaxValue);
    }

    [Fact]
    public void A_meeting_is_listed_alike_wherever_it_is_listed()
    {
        var all = new SiteDescription(new SiteMap(SampleSite.Archive), SiteContent.All);

        foreach (var meeting in all.Latest(int.MaxValue))
        {
            Assert.Equivalent(MeetingSummary.Of(all.Meeting(meeting)), all.Summary(meeting), strict: true);
        }
    }

    [Fact]
    public async Task No_page_shows_the_name_of_what_it_was_made_with()
    {
        var files = await SampleSite.RenderAsync(SampleSite.Archive);
        var pages = files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.DoesNotMatch("<[A-Z]|@[A-Z]", page.Value.Replace("<!DOCTYPE", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_link_starts_at_the_root_as_the_site_may_lie_below_any_prefix()
    {
        var files = await SampleSite.RenderAsync(SampleSite.Archive);

        Assert.DoesNotContain(files.Values, html => html.Contains("href=\"/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_id_stands_twice_on_a_page()
    {
        foreach (var (path, html) in await SampleSite.RenderAsync(SampleSite.Archive))
        {
            var ids = Id().Matches(html).Select(match => match.Value).ToList();
            Assert.True(ids.Count == ids.Distinct().Count(), path);
        }
    }

    [Fact]
    public async Task A_page_needs_no_inline_style_or_script()
    {
        foreach (var (path, html) in await SampleSite.RenderAsync(SampleSite.Archive))
        {
            Assert.False(Inline().IsMatch(html), path);
        }
    }

    [Fact]
    public async Task A_page_is_small()
    {
        var files = await SampleSite.RenderAsync(SampleSite.Archive);

        Assert.All(files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)), file =>
            Assert.InRange(file.Value.Length + files["style.css"].Length, 1, 50_000));
    }

    [Fact]
    public async Task The_years_minutes_are_there_byte_for_byte()
    {
        var files = await SampleSite.RenderAsync(SampleSite.Archive);

        var written = await File.ReadAllTextAsync(Tidewater.PathOf("2025.md"), TestContext.Current.CancellationToken);
        Assert.Equal(written, files["2025.md"]);
    }

    [Fact]
    public async Task The_same_archive_gives_the_same_bytes() =>
        Assert.Equal(await SampleSite.RenderAsync(SampleSite.Archive), await SampleSite.RenderAsync(SampleSite.Archive));

    [Fact]
    public async Task A_held_meeting_without_minutes_is_said_to_be_missing()
    {
        var files = await SampleSite.RenderAsync(SampleSite.Archive with { Now = SampleSite.Now.AddDays(10) });

        Assert.Contains("<time datetime=\"2026-12-10T15:00Z\">", files["index.html"], StringComparison.Ordinal);
        Assert.Contains(
            "The minutes of <a href=\"meetings/0034.html\">meeting #34</a>", files["index.html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_meeting_is_told_and_is_not_the_next()
    {
        var planned = SampleSite.Archive.Meetings[0];
        var cancelled = planned with { State = MeetingState.Cancelled, Number = null, Reason = "storm" };
        var later = planned with { Number = 35, Start = planned.Start.AddDays(28) };

        var files = await SampleSite.RenderAsync(SampleSite.Archive with { Meetings = [later, cancelled] });

        Assert.Contains(">Meeting #35</a>", files["index.html"], StringComparison.Ordinal);
        Assert.Matches(@"No meeting on\s+<time datetime=""2026-11-12"">12 November 2026</time>: storm", files["index.html"]);
    }

    /// <remarks>Agendas, invitations and the calendar lead there.</remarks>
    [Fact]
    public async Task The_page_of_a_cancelled_meeting_says_so_and_why()
    {
        var cancelled = SampleSite.Archive.Meetings[0] with { State = MeetingState.Cancelled, Reason = "storm" };

        var files = await SampleSite.RenderAsync(SampleSite.Archive with { Meetings = [cancelled], Address = new Uri("https://site.example/") });

        Assert.Contains("This meeting does not take place: storm", files["meetings/0034.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("agenda yet", files["meetings/0034.html"], StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"storm\"", files["meetings/0034.json"], StringComparison.Ordinal);
        Assert.Contains("meetings/0034.html</loc>", files["sitemap.xml"], StringComparison.Ordinal);
        Assert.Contains("URL:https://site.example/meetings/0034.html", files["calendar.ics"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_was_given_back_leads_to_the_cancelled_meeting_until_another_one_has_it()
    {
        var planned = SampleSite.Archive.Meetings[0];
        var cancelled = planned with { State = MeetingState.Cancelled, Number = null, FormerNumber = 34, Reason = "storm" };
        var next = planned with { Start = planned.Start.AddDays(28) };

        var before = await SampleSite.RenderAsync(SampleSite.Archive with { Meetings = [cancelled], Address = new Uri("https://site.example/") });
        var after = await SampleSite.RenderAsync(SampleSite.Archive with { Meetings = [cancelled, next] });

        Assert.Contains("This meeting does not take place: storm", before["meetings/0034.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("URL:", before["calendar.ics"], StringComparison.Ordinal);
        Assert.DoesNotContain("does not take place", after["meetings/0034.html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_committee_without_minutes_has_a_site()
    {
        var files = await SampleSite.RenderAsync(SampleSite.Archive with { Years = [], Actions = [] });

        Assert.Contains("Nothing is open.", files["index.html"], StringComparison.Ordinal);
        Assert.Equal(
            ["actions.html", "figures.html", "index.html", "meetings/0034.html", "members.html", "motions.html", "search.html"],
            files.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Two_meetings_that_claim_one_number_have_a_page_each()
    {
        var files = await SampleSite.RenderAsync(SampleSite.WithMinutes(
            "## Meeting #7 - 2026-02-12\n\n- the second\n\n## Meeting #7 - 2026-01-08\n\n- the first\n"));

        Assert.Contains("the first", files["meetings/0007.html"], StringComparison.Ordinal);
        Assert.Contains("the second", files["meetings/0007-2.html"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[click](javascript:alert(1))")]
    [InlineData("[click](<javascript:alert(1)>)")]
    [InlineData("[click](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![picture](https://elsewhere.example/pixel.gif)")]
    [InlineData("<iframe src=\"https://elsewhere.example\"></iframe>")]
    [InlineData("<p style=\"position:fixed\">over all</p>")]
    [InlineData("**<b onclick=alert(1)>bold</b>**")]
    [InlineData("```html\n    <script>alert(1)</script>\n    ```")]
    public async Task Markup_in_minutes_neither_runs_nor_loads(string text)
    {
        var files = await SampleSite.RenderAsync(SampleSite.WithMinutes(
            $"""
            ## Meeting #1 - 2026-01-08

            - **Chair:** {text}
            - **Participants:**
              - {text}
            - **Notes:**
              - {text}
              - AI Priya: {text}
              - Decision: {text}
            """));

        Assert.All(files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal) && file.Key != "search.html"), file =>
        {
            var page = OwnScript().Replace(file.Value, "");
            Assert.DoesNotMatch("(?i)<(script|img|iframe|object|embed|style|b|base|form)[\\s>]", page);
            Assert.DoesNotMatch("(?i)<[^>]*\\s(on\\w+|style|src)\\s*=", page);
            Assert.DoesNotMatch("(?i)href=\"\\s*(javascript|data|vbscript):", page);
        });
    }

    [Fact]
    public async Task Mail_addresses_in_minutes_are_no_links()
    {
        var files = await SampleSite.RenderAsync(SampleSite.WithMinutes(
            "## Meeting #1 - 2026-01-08\n\n- ask [Priya](mailto:priya@saltmarsh.example) or <desk@saltmarsh.example>\n"));

        Assert.Contains("ask Priya or desk at saltmarsh.example", files["meetings/0001.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("@saltmarsh", files["meetings/0001.html"], StringComparison.Ordinal);
    }

    /// <remarks>Names of months, separators, even the calendar: the machine's language is nothing that a site is made of.</remarks>
    [Theory]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public async Task The_site_is_the_same_whatever_the_language_of_the_machine(string language)
    {
        var many = PublicVotes.Election(secret: true);
        many = many with
        {
            Motion = many.Motion with
            {
                Electorate = new Electorate { Members = [.. Enumerable.Range(0, 1234).Select(i => new Elector($"m{i}", $"M {i}", "a@b.example"))] },
            },
        };
        var archive = SampleSite.Archive with { Motions = [many, PublicVotes.Consensus()] };
        var expected = await SampleSite.RenderAsync(archive);
        var own = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);

            Assert.Equal(expected, await SampleSite.RenderAsync(archive));
        }
        finally
        {
            CultureInfo.CurrentCulture = own;
        }
    }

    [Fact]
    public async Task What_was_decided_after_the_quorum_was_lost_is_marked_wherever_it_is_listed()
    {
        var files = await SampleSite.RenderAsync(SampleSite.WithMinutes(
            """
            ## Meeting #1 - 2026-01-08

            - **Participants:** Priya Raghunathan, Amara Okafor, Tomás Herrera, Inês Carvalho
            - **Notes:**
              - Decision: new ropes
              - Quorum lost: Tomás left.
              - Decision: new lamps
            """));

        Assert.All(["index.html", "2026.html", "meetings/0001.html"], path =>
        {
            Assert.Matches(@"<li><a href=""[^""]*#decision-1"">New ropes</a>", files[path]);
            Assert.Matches(@"<li class=""unsettled""><a href=""[^""]*#decision-2"">New lamps</a>", files[path]);
        });
        Assert.Contains("Yes, 4 of 5 members; quorum is 3; lost before the end", files["meetings/0001.html"], StringComparison.Ordinal);
        using var data = JsonDocument.Parse(files["meetings/0001.json"]);
        Assert.True(data.RootElement.GetProperty("quorum").GetProperty("isLost").GetBoolean());
        Assert.Equal(
            [false, true],
            data.RootElement.GetProperty("decisions").EnumerateArray().Select(decision => decision.GetProperty("isUnsettled").GetBoolean()));
    }

    /// <remarks>What is put to a vote by mail is what the site says binds nobody: both ask the minutes first, then who is listed.</remarks>
    [Theory]
    [InlineData("Priya Raghunathan, Amara Okafor, Tomás Herrera, Inês Carvalho", "No quorum", true)]
    [InlineData("Priya Raghunathan", "Quorum present", false)]
    [InlineData("Priya Raghunathan", "Tea was served", true)]
    [InlineData("", "Tea was served", false)]
    public async Task What_the_minutes_say_of_the_quorum_is_what_the_site_says_binds(string listed, string said, bool isUnsettled)
    {
        var archive = SampleSite.WithMinutes(
            $"""
            ## Meeting #1 - 2026-01-08

            - **Participants:** {listed}
            - **Notes:**
              - {said}
              - Decision: new ropes
            """);

        var files = await SampleSite.RenderAsync(archive);

        Assert.All(
            ["index.html", "2026.html", "meetings/0001.html"],
            path => Assert.Equal(isUnsettled, files[path].Contains("<li class=\"unsettled\">", StringComparison.Ordinal)));
        Assert.Equal(isUnsettled, files["meetings/0001.html"].Contains("What was agreed here binds nobody", StringComparison.Ordinal));
        var document = archive.Years[0].Document;
        Assert.Equal(
            isUnsettled,
            ProposedMotion.In(document, document.Meetings[0], archive.Charter, new(2026, 1, 8)).Count > 0);
    }

    [Fact]
    public async Task Whoever_voted_in_secret_finds_the_line_of_their_receipt_in_the_words_of_their_receipt()
    {
        var files = await SampleSite.RenderAsync(
            SampleSite.Archive with { Motions = [PublicVotes.Election(secret: true), PublicVotes.Consensus()] });

        Assert.Contains(
            "<tr data-marks=\"2,1\"><td>1. Cy, 2. Ada</td><td><code>bcde</code></td></tr>", files["motions/2026-10-chair.html"], StringComparison.Ordinal);
        Assert.Contains("<label for=\"word\">Your secret word</label>", files["motions/2026-10-chair.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("sheet.js", files["motions/2026-10-lamps.html"], StringComparison.Ordinal);
        Assert.Matches(@"<td>\s*an objection\s*</td>", files["motions/2026-10-lamps.html"]);
    }

    [Fact]
    public async Task The_seed_of_a_lot_stands_with_the_tie_that_it_decided_and_nowhere_else()
    {
        var decided = PublicVotes.Election(secret: false);
        var tied = new OptionCount(decided.Motion.Options!);
        tied.Add([1, 2]);
        tied.Add([2, 1]);

        var shown = await PageAsync(new ShownTally(decided.Counted!.Tally, tied.Result()));

        Assert.Contains($"<code>{tied.Seed}</code>", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("seed of the lot", await PageAsync(decided.Counted), StringComparison.Ordinal);

        async Task<string> PageAsync(ShownTally counted) =>
            (await SampleSite.RenderAsync(SampleSite.Archive with { Motions = [decided with { Counted = counted }] }))["motions/2026-10-chair.html"];
    }

    [Theory]
    [InlineData("[priya@saltmarsh.example](mailto:priya@saltmarsh.example)", "priya at saltmarsh.example")]
    [InlineData("<priya@saltmarsh.example>", "priya at saltmarsh.example")]
    [InlineData("priya_r+tide@saltmarsh.example.", "priya_r+tide at saltmarsh.example.")]
    [InlineData("mailto:priya@saltmarsh.example", "priya at saltmarsh.example")]
    [InlineData("(priya@saltmarsh.example)", "(priya at saltmarsh.example)")]
    [InlineData("`priya@saltmarsh.example`", "<code>priya at saltmarsh.example</code>")]
    public async Task No_mail_address_in_minutes_can_be_collected(string written, string shown)
    {
        var files = await SampleSite.RenderAsync(SampleSite.WithMinutes(
            $"## Meeting #1 - 2026-01-08\n\n- **Participants:** Priya Raghunathan\n- **Notes:**\n  - ask {written}\n  - AI Priya: ask {written}\n"
            + $"  - Decision: we ask {written}\n\n```\npriya@saltmarsh.example\n```\n"));

        Assert.Contains($"ask {shown}", files["meetings/0001.html"], StringComparison.Ordinal);
        Assert.All(files, file => Assert.False(file.Value.Contains("@saltmarsh", StringComparison.Ordinal), file.Key));
        Assert.Contains("priya at saltmarsh.example", files["meetings/0001.md"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_carries_a_mail_address_leads_on_without_it_in_the_text_that_everyone_may_have()
    {
        var files = await SampleSite.RenderAsync(SampleSite.WithMinutes(
            "## Meeting #1 - 2026-01-08\n\n- [Plan](https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdocs.example%2Fplan"
            + "&data=05%7C01%7Cpriya%40saltmarsh.example%7C&reserved=0), https://docs.example/a?utm_source=x, "
            + "<https://docs.example/b?mail=priya%2540saltmarsh.example&page=2>\n"));

        Assert.Contains(
            "- [Plan](https://docs.example/plan), https://docs.example/a?utm_source=x, <https://docs.example/b?page=2>\n",
            files["meetings/0001.md"],
            StringComparison.Ordinal);
        Assert.All(files, file => Assert.False(file.Value.Contains("saltmarsh", StringComparison.Ordinal), file.Key));
    }

    [Theory]
    [InlineData("https://lists.example/all/20260108.1-priya@saltmarsh.example/")]
    [InlineData("git@code.example:tide/buoys.git")]
    [InlineData("@priya")]
    [InlineData("priya@localhost")]
    public async Task What_only_looks_like_a_mail_address_stays(string written)
    {
        var files = await SampleSite.RenderAsync(SampleSite.WithMinutes($"## Meeting #1 - 2026-01-08\n\n- ask {written}\n"));

        Assert.Contains(written.Split("://")[^1].TrimEnd('/'), files["meetings/0001.html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_mail_address_in_a_comment_can_be_collected()
    {
        var files = await SampleSite.RenderAsync(
            SampleSite.Archive with { Motions = [PublicVotes.Consensus("ask oren@vale.example")] });

        Assert.Contains("ask oren at vale.example", files["motions/2026-10-lamps.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("@vale", files["motions/2026-10-lamps.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_address_is_shown_short_and_linked_whole()
    {
        var address = $"https://tidewater.example/{new string('x', 200)}?q=1#end";

        var files = await SampleSite.RenderAsync(SampleSite.WithMinutes($"## Meeting #1 - 2026-01-08\n\n- see {address}\n"));

        Assert.Contains($"href=\"{address}\"", files["meetings/0001.html"], StringComparison.Ordinal);
        Assert.Contains(">tidewater.example/xxx", files["meetings/0001.html"], StringComparison.Ordinal);
        Assert.Contains("…</a>", files["meetings/0001.html"], StringComparison.Ordinal);
    }

    [GeneratedRegex("<script src=\"(?:\\.\\./)*site\\.js\" defer></script>")]
    private static partial Regex OwnScript();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Href();

    [GeneratedRegex("\\sid=\"[^\"]*\"")]
    private static partial Regex Id();

    [GeneratedRegex("<script(?! src=\"(?:\\.\\./)*(?:site|search)\\.js\" defer></script>)|<style|<[^>]*\\s(?:style|on\\w+)=")]
    private static partial Regex Inline();
}
