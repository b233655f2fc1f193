using System.Net.Http.Json;
using System.Text.Json;
using Azure.Core.Pipeline;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Storage;
using BscFlow.Tests.Publishing;
using BscFlow.Votes;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Opening;
using BscFlow.Web;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Tests.Web;

/// <summary>Lists that may be long: programs read them page by page, and the desk reads what it shows.</summary>
public sealed class ListsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly StorageRequests _requests = new();
    private DeskHost _host = null!;
    private Charter _charter = null!;
    private HttpClient _program = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await DeskHost.StartAsync(azurite, parts: services => services.AddSingleton<HttpPipelinePolicy>(_requests));
        _charter = await _host.AddCommitteeAsync();
        _program = new HttpClient { BaseAddress = _host.Address };
        _program.DefaultRequestHeaders.Add(Access.KeyHeader, DeskHost.DeskKey);
    }

    public ValueTask DisposeAsync()
    {
        _program.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_to_its_end()
    {
        await _host.ImportSampleAsync(_charter);
        foreach (var id in (string[])["a-roof", "b-door", "c-lamp"])
        {
            await OpenAsync(id);
        }

        Assert.Equal(
            (await _host.Get<MeetingStore>().AllAsync(_charter.Id, Cancel)).Select(meeting => meeting.Row).Order(StringComparer.Ordinal),
            await WalkAsync("meetings?most=7", "meeting"));
        Assert.Equal(
            (await _host.Get<BscFlow.Actions.ActionStore>().AllAsync(_charter.Id, Cancel)).Select(item => item.Id),
            await WalkAsync("actions?most=5", "id"));
        Assert.Equal(["a-roof", "b-door", "c-lamp"], await WalkAsync("motions?most=2", "id"));
        Assert.Equal(
            (await _host.Get<MotionStore>().FindAsync(_charter.Id, "a-roof", Cancel))!.Electorate.Asked.Select(elector => elector.Id),
            await WalkAsync("motions/a-roof/voters?most=2", "id"));
    }

    [Fact]
    public async Task Mail_is_read_page_by_page_the_newest_first_and_so_is_what_of_it_waits()
    {
        var store = _host.Get<MailStore>();
        var (newest, copy) = (new string('5', 64), $"{new string('5', 64)}-{new string('a', 16)}");
        string[] ids = [copy, newest, .. "4321".Select(digit => new string(digit, 64))];
        foreach (var (age, id) in ids.Index())
        {
            // The copy of the newest was received with it.
            await AddAsync(id, _host.Clock.GetUtcNow().AddHours(-Math.Max(age, 1)), waits: age % 2 == 0);
        }

        Assert.Equal([newest, copy, .. ids[2..]], await WalkAsync("mail?most=2", "id"));
        Assert.Equal([copy, ids[2], ids[4]], await WalkAsync("mail?open=true&most=1", "id"));
        var waits = (await store.FindAsync(_charter.Id, copy, Cancel))!;
        await store.TryUpdateAsync(waits with { SettledAt = _host.Clock.GetUtcNow() }, Cancel);
        Assert.Equal([ids[2], ids[4]], await WalkAsync($"mail?open=true&after={copy}", "id"));
        Assert.Empty(await WalkAsync($"mail?after={new string('9', 64)}", "id"));

        Task<bool> AddAsync(string id, DateTimeOffset received, bool waits) => store.TryAddAsync(
            new CollectedMail
            {
                Committee = _charter.Id,
                Id = id,
                MessageId = $"{id}@members.example",
                Mailbox = _charter.Mailbox,
                GraphId = id,
                Received = received,
                From = "ben@members.example",
                Subject = "A question",
                Kind = MailKind.Unclear,
                Reason = "it asks",
                NeedsPerson = waits,
            },
            Cancel);
    }

    [Fact]
    public async Task A_motion_says_how_many_are_asked_and_have_voted_and_who_stands_in_a_list_of_its_own()
    {
        var motion = await OpenAsync("a-roof");
        var voter = motion.Electorate.Asked.ElementAt(1).Id;
        using var heard = await _program.PostAsJsonAsync(
            Path("motions/a-roof/ballots"), new { voter, vote = "for", source = "room", note = "Heard by all." }, Cancel);
        Assert.True(heard.IsSuccessStatusCode);

        var one = await _program.GetFromJsonAsync<JsonElement>(Path("motions/a-roof"), Cancel);
        var listed = Assert.Single((await _program.GetFromJsonAsync<JsonElement>(Path("motions"), Cancel)).EnumerateArray());
        var voters = (await _program.GetFromJsonAsync<JsonElement>(Path("motions/a-roof/voters"), Cancel)).EnumerateArray().ToList();

        Assert.Equal((motion.Electorate.Size, 1), (one.GetProperty("voters").GetInt32(), one.GetProperty("voted").GetInt32()));
        Assert.Equal(motion.Electorate.Size, listed.GetProperty("voters").GetInt32());
        Assert.Equal([voter], voters.Where(elector => elector.GetProperty("voted").GetBoolean()).Select(elector => elector.GetProperty("id").GetString()));
        Assert.Equal(motion.Electorate.Asked.Select(elector => elector.Name), voters.Select(elector => elector.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_list_of_motions_reads_no_electorate()
    {
        await OpenAsync("a-roof");
        await using var anew = await DeskHost.StartAsync(azurite, parts: services => services.AddSingleton<HttpPipelinePolicy>(_requests));
        var browser = await anew.EnterAsync();
        using var program = new HttpClient { BaseAddress = anew.Address };
        program.DefaultRequestHeaders.Add(Access.KeyHeader, DeskHost.DeskKey);
        _requests.Clear();

        await program.GetStringAsync(Path("motions"), Cancel);
        await browser.PageAsync($"/desk/{_charter.Id}/motions");

        Assert.Equal(0, _requests.To($"/{Keys.VotesContainer}/"));
    }

    [Fact]
    public async Task The_lists_of_the_desk_show_what_is_of_late_and_all_where_that_is_wanted()
    {
        await _host.ImportSampleAsync(_charter);
        await OpenAsync("old-roof");
        await _host.Get<WithdrawMotion>().RunAsync(_charter, "old-roof", "written twice", "test", Cancel);
        _host.Clock.Advance(TimeSpan.FromDays(401));
        await OpenAsync("new-roof");
        var browser = await _host.EnterAsync();

        Assert.Equal((1, 2), (await CountAsync("motions", "tbody tr"), await CountAsync("motions?show=all", "tbody tr")));
        var meetings = await _host.Get<MeetingStore>().AllAsync(_charter.Id, Cancel);
        Assert.Equal(
            (meetings.Count(meeting => meeting.Start >= _host.Clock.GetUtcNow().AddDays(-400) || meeting.State is not MeetingState.Published), meetings.Count),
            (await CountAsync("meetings", "tbody tr"), await CountAsync("meetings?show=all", "tbody tr")));
        var items = await _host.Get<BscFlow.Actions.ActionStore>().AllAsync(_charter.Id, Cancel);
        Assert.Equal(
            (items.Count(item => item.State is BscFlow.Actions.ActionState.Open), items.Count),
            (await CountAsync("actions", "li.action"), await CountAsync("actions?show=all", "li.action")));

        async Task<int> CountAsync(string path, string entries) =>
            (await browser.PageAsync($"/desk/{_charter.Id}/{path}")).QuerySelectorAll(entries).Length;
    }

    [Fact]
    public async Task The_front_of_the_desk_reads_no_years_text_that_it_knows()
    {
        _host.Clock.SetUtcNow(SampleSite.Now);
        await _host.ImportSampleAsync(_charter);
        var browser = await _host.EnterAsync();
        var first = await browser.PageAsync($"/desk/{_charter.Id}");
        _requests.Clear();

        var second = await browser.PageAsync($"/desk/{_charter.Id}");

        Assert.Equal(0, _requests.To(Keys.YearBlob(_charter.Id, 2025)) + _requests.To(Keys.YearBlob(_charter.Id, 2026)));
        Assert.Contains("in the published minutes to look at", second.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(first.QuerySelector("main")!.TextContent, second.QuerySelector("main")!.TextContent);

        await _host.Get<MinutesStore>().ChangeYearAsync(
            _charter.Id, 2026, text => text + "\n## Meeting #999 - 2026-03-04\n\n- **Participants:** Nobody Known\n", Cancel);
        var changed = await browser.PageAsync($"/desk/{_charter.Id}");
        Assert.NotEqual(second.QuerySelector("main")!.TextContent, changed.QuerySelector("main")!.TextContent);
    }

    private async Task<Motion> OpenAsync(string id)
    {
        var draft = new MotionDraft { Id = id, Title = $"The {id}", Text = "Shall it be mended?", Rule = "ordinary" };
        return Assert.IsType<MotionChange.Made>(await _host.Get<OpenMotion>().RunAsync(_charter, draft, "test", Cancel)).Motion;
    }

    /// <summary>What a program sees that follows each page's link to the next.</summary>
    private async Task<List<string>> WalkAsync(string path, string key)
    {
        List<string> all = [];
        for (Uri? next = Path(path); next is not null;)
        {
            using var answer = await _program.GetAsync(next, Cancel);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            all.AddRange(page.EnumerateArray().Select(entry => entry.GetProperty(key).GetString()!));
            next = answer.Headers.TryGetValues("Link", out var links)
                ? new Uri(Assert.Single(links).Split('<', '>')[1], UriKind.Relative)
                : null;
        }

        return all;
    }

    private Uri Path(string path) => new($"/api/{_charter.Id}/{path}", UriKind.Relative);
}
