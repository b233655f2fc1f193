using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Opening;
using BscFlow.Web;

namespace BscFlow.Tests.Web;

/// <summary>The secretary looks at what came in, by pages and by a program, and puts it right.</summary>
public sealed class MailWebTests : IAsyncLifetime
{
    private const string Desk = "/desk/acme/mail";

    private ProductHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Charter Acme => _host.Charters[0];

    public async ValueTask InitializeAsync()
    {
        _host = await ProductHost.StartAsync(["acme"]);
        await _host.SettleAsync();
        var draft = new MotionDraft { Id = "roof", Title = "The roof", Text = "That it be mended.", Rule = "ordinary" };
        Assert.IsType<MotionChange.Made>(await _host.Get<OpenMotion>().RunAsync(Acme, draft, "sec", Cancel));
        await _host.MoveAsync(TimeSpan.FromHours(1));

        // Ada's answer is unclear, and Ben's mail is no answer to anything.
        var (ada, ben) = (Acme.Members[0].Addresses[0], Acme.Members[1].Addresses[0]);
        _host.Graph.As(ada).Reply(_host.Graph.Messages(ada).Last(mail => mail.ReplyTo.Count > 0).Id, "Yes, but in May.");
        _host.Graph.As(ben).Write([Acme.Mailbox], "A question", "When do we meet?");
        await _host.MoveAsync(TimeSpan.FromMinutes(6));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task On_the_desk_a_mail_is_counted_as_somebodys_ballot_and_another_one_is_settled()
    {
        using var browser = new PageClient(_host.Client.BaseAddress!);
        using var entered = await browser.GetAsync($"/desk/enter?key={_host.DeskKey}");
        var waiting = await browser.PageAsync(Desk);
        Assert.Equal(["A question"], waiting.QuerySelectorAll("article h2").Select(heading => heading.TextContent));

        using var done = await browser.PressAsync(Desk, waiting, "I am done with it", ("how", "Told Ben: on Wednesday."));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Empty((await browser.PageAsync(Desk)).QuerySelectorAll("article"));
        Assert.Contains(
            "Mail settled: A question",
            (await browser.PageAsync("/desk/acme/audit")).QuerySelector("tbody tr")!.TextContent,
            StringComparison.Ordinal);

        var all = await browser.PageAsync($"{Desk}?show=all");
        var articles = all.QuerySelectorAll("article").ToDictionary(article => article.QuerySelector("h2")!.TextContent, article => article.TextContent);
        Assert.Contains("Told Ben: on Wednesday.", articles["A question"], StringComparison.Ordinal);
        var unclear = Assert.Single(articles, article => article.Key.StartsWith("Re: ", StringComparison.Ordinal));
        Assert.Contains("Yes, but in May.", unclear.Value, StringComparison.Ordinal);

        // Only mails that no motion has counted have the form; the newest stands first.
        var path = $"{Desk}?show=all";
        using var strange = await browser.PressAsync(path, all, "Count it", ("voter", "mallory"));
        Assert.Equal(HttpStatusCode.BadRequest, strange.StatusCode);
        Assert.Contains(
            "There is no such motion, or nobody of this name votes on it.",
            (await PageClient.ReadAsync(strange)).QuerySelector("article .error, article [role=alert]")!.TextContent,
            StringComparison.Ordinal);
        using var counted = await browser.PressAsync(path, all, "Count it", ("voter", "ada"), ("vote", "for"));
        Assert.Equal(HttpStatusCode.Redirect, counted.StatusCode);
        await _host.SettleAsync();

        Assert.Equal((Vote.For, BallotSource.Mail), await BallotOfAsync("ada"));
        Assert.Contains(
            _host.Graph.Messages(Acme.Members[0].Addresses[0]),
            mail => mail.Text.Contains("Your vote is counted: for.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_is_told_as_its_writers_and_with_it_for_whom_it_counts()
    {
        var (ada, ben) = (Acme.Members[0], Acme.Members[1]);
        var mail = await _host.Get<MailStore>().ListAsync(Acme.Id, after: null, Cancel)
            .FirstAsync(mail => mail.Member == ada.Id, Cancel);
        Assert.NotNull(await _host.Get<MailStore>().TryUpdateAsync(mail with { Member = ben.Id }, Cancel));
        using var browser = new PageClient(_host.Client.BaseAddress!);
        using var entered = await browser.GetAsync($"/desk/enter?key={_host.DeskKey}");

        var page = await browser.PageAsync($"{Desk}?show=all");

        Assert.Contains(
            $"From {ada.Name} ({ada.Addresses[0]}), for {ben.Name}, ",
            page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_desk_an_unclear_mail_is_put_on_the_agenda_and_its_sender_hears_of_it()
    {
        // By then the meeting is drafted.
        await _host.MoveAsync(TimeSpan.FromDays(3));
        using var browser = new PageClient(_host.Client.BaseAddress!);
        using var entered = await browser.GetAsync($"/desk/enter?key={_host.DeskKey}");
        var waiting = await browser.PageAsync(Desk);
        var field = Assert.Single(waiting.QuerySelectorAll("article input[name=item]"));
        Assert.Equal("When do we meet?", field.GetAttribute("value"));
        Assert.Contains(waiting.QuerySelectorAll("select[name=motion] option"), option => option.TextContent == "The roof");

        using var empty = await browser.PressAsync(Desk, waiting, "Put it on the agenda", ("item", " "));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using var put = await browser.PressAsync(Desk, waiting, "Put it on the agenda", ("item", "The days on which we meet"));
        Assert.Equal(HttpStatusCode.Redirect, put.StatusCode);
        await _host.SettleAsync();

        Assert.Empty((await browser.PageAsync(Desk)).QuerySelectorAll("article"));
        var meeting = Assert.Single(
            await _host.Get<MeetingStore>().SinceAsync("acme", _host.Time.GetUtcNow(), Cancel), ahead => ahead.DraftedAt is not null);
        var item = Assert.Single(await _host.Get<AgendaStore>().ForMeetingAsync("acme", meeting.Start, Cancel));
        Assert.Equal(("The days on which we meet", Acme.Members[1].Name), (item.Text, item.ProposedBy));
        Assert.Contains(
            _host.Graph.Messages(Acme.Members[1].Addresses[0]),
            mail => mail.Text.Contains("The days on which we meet", StringComparison.Ordinal)
                && mail.Text.Contains("stands on the agenda of", StringComparison.Ordinal));
        var page = await browser.PageAsync($"/desk/acme/meetings/{meeting.Row}");
        Assert.Contains("The days on which we meet", page.QuerySelector("[aria-labelledby=agenda]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("of", page.QuerySelector("[aria-labelledby=turnout] p")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_back_from_many_voters_is_one_thing_on_the_desk_and_is_done_with_at_once()
    {
        var draft = new MotionDraft
        {
            Id = "prize",
            Title = "The prize",
            Text = "That it go to Ada.",
            Rule = "ordinary",
            Options = new OptionsInput { Table = "Ada\nCy" }.Read(Acme, out _),
            Electorate = OptionsInput.ReadVoters(
                "name,email\n" + string.Concat(Enumerable.Range(1, 5).Select(n => $"Voter {n},voter{n}@gone.example\n")), out _),
        };
        Assert.IsType<MotionChange.Made>(await _host.Get<OpenMotion>().RunAsync(Acme, draft, "sec", Cancel));
        await _host.MoveAsync(TimeSpan.FromHours(1));
        await _host.MoveAsync(TimeSpan.FromMinutes(6));
        using var browser = new PageClient(_host.Client.BaseAddress!);
        using var entered = await browser.GetAsync($"/desk/enter?key={_host.DeskKey}");

        var waiting = await browser.PageAsync(Desk);
        Assert.Equal(
            ["5 mails to voters came back: The prize", "A question"],
            waiting.QuerySelectorAll("article h2").Select(heading => heading.TextContent));
        using var done = await browser.PressAsync(Desk, waiting, "I am done with all of them");

        Assert.Equal($"{Desk}?done=MailsSettled", done.Headers.Location?.OriginalString);
        Assert.Equal("A question", Assert.Single((await browser.PageAsync(Desk)).QuerySelectorAll("article h2")).TextContent);
    }

    [Fact]
    public async Task A_count_that_is_refused_keeps_what_was_chosen_and_the_list_that_it_was_chosen_in()
    {
        foreach (var (id, title, options) in new[] { ("door", "The door", false), ("lamps", "Which lamp", true) })
        {
            var draft = new MotionDraft
            {
                Id = id,
                Title = title,
                Text = "Say.",
                Rule = "ordinary",
                Options = options ? new OptionsInput { Table = "Red\nBlue" }.Read(Acme, out _) : null,
            };
            Assert.IsType<MotionChange.Made>(await _host.Get<OpenMotion>().RunAsync(Acme, draft, "sec", Cancel));
        }

        using var browser = new PageClient(_host.Client.BaseAddress!);
        using var entered = await browser.GetAsync($"/desk/enter?key={_host.DeskKey}");
        var waiting = await browser.PageAsync(Desk);
        Assert.Equal(["The door", "The roof"], waiting.QuerySelector("select[name=motion]")!.Children.Select(choice => choice.TextContent).Order());

        using var unsaid = await browser.PressAsync(Desk, waiting, "Count it", ("motion", "door"), ("voter", "ben"));
        Assert.Equal(HttpStatusCode.BadRequest, unsaid.StatusCode);
        var page = await PageClient.ReadAsync(unsaid);
        Assert.Equal("Choose what the mail says.", page.QuerySelector("article .error")!.TextContent);
        Assert.Equal(waiting.QuerySelectorAll("article").Length, page.QuerySelectorAll("article").Length);
        Assert.Equal(["door", "ben"], page.QuerySelectorAll("article select option[selected]").Take(2).Select(choice => choice.GetAttribute("value")));

        _host.Time.Advance(TimeSpan.FromDays(30));
        using var late = await browser.PressAsync(Desk, page, "Count it", ("motion", "door"), ("voter", "ben"), ("vote", "against"));
        page = await PageClient.ReadAsync(late);
        Assert.Contains("The ballot cannot be counted", page.QuerySelector("article .error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("against", page.QuerySelector("article select[name=vote] option[selected]")!.GetAttribute("value"));

        using var wordy = await browser.PressAsync(Desk, page, "I am done with it", ("how", new string('x', TypedText.LongestLine + 1)));
        page = await PageClient.ReadAsync(wordy);
        Assert.StartsWith("Say it in one line", page.QuerySelector("article .error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_reads_what_came_in_and_puts_it_right()
    {
        using var program = new HttpClient { BaseAddress = new Uri(_host.Client.BaseAddress!, "/api/acme/") };
        program.DefaultRequestHeaders.Add(Access.KeyHeader, _host.DeskKey);
        var question = Assert.Single(await ListAsync("mail?open=true"));
        var unclear = Assert.Single(await ListAsync("mail"), mail => mail.GetProperty("kind").GetString() == nameof(MailKind.Unclear)
            && mail.GetProperty("about").GetString() == "roof");
        Assert.Equal("When do we meet?", question.GetProperty("text").GetString());
        Assert.Equal("ada", unclear.GetProperty("member").GetString());
        var id = unclear.GetProperty("id").GetString();

        using var raw = await program.GetAsync(new Uri($"mail/{id}/raw", UriKind.Relative), Cancel);
        Assert.Equal(("message/rfc822", "attachment"), (
            raw.Content.Headers.ContentType!.MediaType, raw.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Contains("Yes, but in May.", await raw.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync($"mail/{id}/ballot", new { motion = "roof", voter = "ada", vote = "maybe" }));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync($"mail/{id}/ballot", new { motion = "roof", voter = "ada", vote = "2" }));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync($"mail/{id}/ballot", new { motion = "door", voter = "ada", vote = "for" }));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync($"mail/{id}/ballot", new { motion = "roof", voter = "mallory", vote = "for" }));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync("mail/0123456789ab/ballot", new { motion = "roof", voter = "ada", vote = "for" }));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync("mail/x-y/settle", new { how = "x" }));
        Assert.Null(await BallotOfAsync("ada"));

        Assert.Equal(HttpStatusCode.OK, await PostAsync($"mail/{id}/ballot", new { motion = "roof", voter = "ada", vote = "Against", comment = "Not in May." }));
        Assert.Equal(HttpStatusCode.OK, await PostAsync($"mail/{question.GetProperty("id").GetString()}/settle", new { how = "Told." }));
        Assert.Equal((Vote.Against, BallotSource.Mail), await BallotOfAsync("ada"));
        Assert.Empty(await ListAsync("mail?open=true"));
        var settled = Assert.Single(await ListAsync("mail"), mail => mail.GetProperty("id").GetString() == id);
        Assert.Equal(("Ballot", "key desk", "counted as the ballot of Ada Ash: Against"), (
            settled.GetProperty("kind").GetString(), settled.GetProperty("settledBy").GetString(), settled.GetProperty("settlement").GetString()));

        async Task<List<JsonElement>> ListAsync(string path) =>
            (await program.GetFromJsonAsync<List<JsonElement>>(new Uri(path, UriKind.Relative), Cancel))!;

        async Task<HttpStatusCode> PostAsync(string path, object body)
        {
            using var answer = await program.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Cancel);
            return answer.StatusCode;
        }
    }

    private async Task<(Vote, BallotSource)?> BallotOfAsync(string voter)
    {
        var motion = await _host.Get<MotionStore>().FindAsync("acme", "roof", Cancel);
        return await _host.Get<BallotStore>().FindAsync(motion!, voter, Cancel) is { } ballot ? (ballot.Vote, ballot.Source) : null;
    }
}
