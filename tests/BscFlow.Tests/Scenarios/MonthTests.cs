using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using BscFlow.GraphEmulator;
using BscFlow.Meetings;
using BscFlow.Storage;

namespace BscFlow.Tests.Scenarios;

/// <summary>What the people of a committee do in a month, each test on a committee that begins anew.</summary>
public sealed partial class MonthTests : IAsyncLifetime
{
    /// <summary>Nine days before the meeting of 8 January 2026.</summary>
    private static readonly DateTimeOffset Begin = new(2025, 12, 30, 9, 0, 0, TimeSpan.Zero);

    private CommitteeRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await CommitteeRun.StartAsync(Begin, mailKept: null, Cancel);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task Who_has_no_key_gets_nothing_of_the_desk_or_the_interface()
    {
        using var stranger = new HttpClient { BaseAddress = _run.Process.Addresses.Site };
        foreach (var path in (string[])["/api/tidewater/meetings", "/api/nobody/actions", "/desk", "/desk/tidewater", "/desk/enter?key=x"])
        {
            using var answer = await stranger.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        using var published = await stranger.GetAsync("/tidewater/", Cancel);
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
    }

    [Fact]
    public async Task The_members_are_invited_answer_and_are_told_whether_there_will_be_a_quorum()
    {
        await _run.AdvanceAsync("P3D", Cancel);
        Answer("amara@okafor.example", MeetingAnswer.Accept);
        Answer("mateusz@kowalczyk.example", MeetingAnswer.Accept);
        Answer("priya@saltmarsh.example", MeetingAnswer.Accept);
        Answer("ines.carvalho@tidewater.example", MeetingAnswer.Decline);

        await _run.AdvanceAsync("P6D", Cancel);

        var reminder = Inbox("tomas.herrera@tidewater.example").Single(
            mail => mail.Text.Contains("reminder", StringComparison.Ordinal));
        Assert.Contains("3 of 5 coming, quorum is 3", reminder.Text, StringComparison.Ordinal);
        Assert.Contains("Not coming: Inês Carvalho", reminder.Text, StringComparison.Ordinal);
        var agenda = Inbox("tomas.herrera@tidewater.example").First(mail => mail.Meeting is null);
        Assert.Equal(agenda.ConversationId, reminder.ConversationId);
    }

    [Fact]
    public async Task The_chair_writes_the_minutes_by_the_link_in_the_mail_and_a_week_later_they_are_public()
    {
        await _run.AdvanceAsync("P12D", Cancel);
        var link = LinkToForm(Inbox(_run.Charter.Members.Single(member => member.Id == "amara").Addresses[0]));
        using var chair = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        var form = await chair.GetStringAsync(link, Cancel);
        var draft = WebUtility.HtmlDecode(TextArea().Match(form).Groups[1].Value).TrimStart('\n');

        await PostFormAsync(chair, link, form, draft.TrimEnd() + "\n  - Decision: the buoys are painted yellow\n");
        await _run.AdvanceAsync("PT1M", Cancel);
        var circulated = Inbox("priya@saltmarsh.example").Single(
            mail => mail.Text.Contains("These are the minutes", StringComparison.Ordinal));
        Assert.Contains("painted yellow", circulated.Text, StringComparison.Ordinal);
        using var before = await chair.GetAsync(new Uri(link, "/tidewater/2026.html"), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);

        await _run.AdvanceAsync("P8D", Cancel);

        Assert.Contains(
            "painted yellow",
            await chair.GetStringAsync(new Uri(link, "/tidewater/meetings/0001.html"), Cancel),
            StringComparison.Ordinal);
        using var closed = await chair.GetAsync(link, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
    }

    [Fact]
    public async Task A_link_with_another_signature_opens_nothing()
    {
        await _run.AdvanceAsync("P12D", Cancel);
        var link = LinkToForm(Inbox("amara@okafor.example")).ToString();
        using var client = new HttpClient();
        using var forged = await client.GetAsync(new Uri(link[..^1] + (link[^1] == '0' ? '1' : '0')), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }

    [Fact]
    public async Task Who_loses_a_race_is_told_and_both_texts_are_kept()
    {
        var (text, version) = await DraftAsync();
        using var first = await PutAsync(text + "  - First\n", version);
        using var second = await PutAsync(text + "  - Second\n", version);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        var kept = new BlobServiceClient(_run.Azurite.ConnectionString).GetBlobContainerClient(Keys.MinutesContainer);
        var texts = new List<string>();
        await foreach (var blob in kept.GetBlobsAsync(
            prefix: "tidewater/2026/0001", traits: default, states: default, cancellationToken: Cancel))
        {
            texts.Add((await kept.GetBlobClient(blob.Name).DownloadContentAsync(Cancel)).Value.Content.ToString());
        }

        Assert.Equal([text + "  - First\n", text + "  - Second\n"], texts.Order());
    }

    [Theory]
    [InlineData("# Notes\nnothing\n", 1, "There is no heading of a meeting")]
    [InlineData("# TSC\n\nDate: 2026-01-08\n\nAttendees: Amara Okafor\n", 1, "There is no heading of a meeting, such as")]
    [InlineData("\n## Meeting #1\n- **Notes:**\n", 2, "The heading gives no date; write it as")]
    [InlineData("## Meeting #7 - 2026-01-08\n- **Notes:**\n", 1, "These are the minutes of meeting #7")]
    [InlineData("## Meeting #1 - 2026-02-12\n- **Notes:**\n", 1, "The heading says 2026-02-12")]
    [InlineData("## Meeting #1 - 2026-01-08\n- **Notes:**\n  - a\0b\n", 3, "There is a NUL in the text")]
    [InlineData("Hello\n\n## Meeting #1 - 2026-01-08\n", 1, "There is text before the heading")]
    [InlineData("## Meeting #1 - 2026-01-08\n\n## Meeting #2 - 2026-02-12\n", 3, "A second meeting begins here")]
    public async Task Minutes_that_are_not_this_meetings_are_refused_with_their_line(string text, int line, string reason)
    {
        var (draft, version) = await DraftAsync();
        using var answer = await PutAsync(text, version);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"Line {line}: {reason}", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(draft, (await DraftAsync()).Text);
    }

    [Fact]
    public async Task Minutes_without_the_version_that_they_replace_or_that_are_no_text_are_refused()
    {
        var (_, version) = await DraftAsync();
        using var blind = await PutAsync("## Meeting #1 - 2026-01-08\n", over: null);
        using var binary = new ByteArrayContent([0xff, 0xfe, 0x00]) { Headers = { ContentType = new("text/markdown") } };
        using var noText = await _run.SendAsync(HttpMethod.Put, "meetings/1/minutes", binary, version, Cancel);

        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, noText.StatusCode);
    }

    [Fact]
    public async Task A_meeting_is_published_once_however_often_it_is_asked_for_and_not_before_it_was_held()
    {
        var (text, version) = await DraftAsync();
        using var saved = await PutAsync(text + "  - Decision: yes\n", version);
        using var early = await _run.SendAsync(HttpMethod.Post, "meetings/1/publish", null, null, Cancel);
        await _run.AdvanceAsync("P7D", Cancel);
        using var first = await _run.SendAsync(HttpMethod.Post, "meetings/1/publish", null, null, Cancel);
        using var again = await _run.SendAsync(HttpMethod.Post, "meetings/1/publish", null, null, Cancel);
        using var missing = await _run.SendAsync(HttpMethod.Post, "meetings/9/publish", null, null, Cancel);

        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NotFound],
            new[] { early, first, again, missing }.Select(answer => answer.StatusCode));
        using var reader = new HttpClient { BaseAddress = _run.Process.Addresses.Site };
        var year = await reader.GetStringAsync("/tidewater/2026.md", Cancel);
        Assert.Equal(1, Regex.Count(year, "## Meeting #1 "));
    }

    [Fact]
    public async Task A_special_meeting_is_called_and_cancelled_with_its_mails_and_its_number_goes_to_the_next()
    {
        using var called = await PostAsync("meetings", new { start = "2026-01-02T16:00", reason = "Grant proposals" });
        Assert.Equal(HttpStatusCode.OK, called.StatusCode);
        using var again = await PostAsync("meetings", new { start = "2026-01-02T16:00", reason = "Grant proposals" });
        using var another = await PostAsync("meetings", new { start = "2026-01-02T16:00", reason = "Something else" });
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (again.StatusCode, another.StatusCode));
        await _run.AdvanceAsync("PT1H", Cancel);
        Assert.Contains(Inbox("priya@saltmarsh.example"), mail =>
            mail.Subject.Contains("special meeting #1", StringComparison.Ordinal)
                && mail.Text.Contains("Grant proposals", StringComparison.Ordinal));

        using var cancelled = await PostAsync("meetings/1/cancel", new { reason = "No proposals came" });
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        await _run.AdvanceAsync("P3D", Cancel);

        Assert.Single(Inbox("priya@saltmarsh.example"), mail =>
            mail.Subject.StartsWith("Cancelled:", StringComparison.Ordinal)
                && mail.Text.Contains("No proposals came", StringComparison.Ordinal));
        var meetings = await _run.MeetingsAsync(Cancel);
        Assert.Equal(
            [(null, MeetingState.Cancelled), ((int?)1, MeetingState.Ahead)],
            meetings.OrderBy(meeting => meeting.Start).Select(meeting => (meeting.Number, meeting.State)));
    }

    [Theory]
    [InlineData("meetings", """{ "start": "tomorrow", "reason": "x" }""", "start")]
    [InlineData("meetings", """{ "start": "2026-03-04T15:00" }""", "reason")]
    [InlineData("agenda", """{ "text": "two\nlines" }""", "text")]
    public async Task A_request_that_lacks_something_names_the_field(string path, string json, string field)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _run.SendAsync(HttpMethod.Post, path, content, null, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_in_stands_on_the_agenda_of_the_next_meeting()
    {
        using var sent = await PostAsync("agenda", new { text = "Colour of the buoys", proposedBy = "Priya" });
        await _run.AdvanceAsync("P3D", Cancel);

        Assert.Contains("Colour of the buoys (Priya)", (await DraftAsync()).Text, StringComparison.Ordinal);
        Assert.All(
            _run.Charter.Members.Where(member => member.Id != "hana"),
            member => Assert.Contains(
                Inbox(member.Addresses[0]), mail => mail.Text.Contains("Colour of the buoys (Priya)", StringComparison.Ordinal)));
    }

    private IReadOnlyList<MailboxMessage> Inbox(string address) => _run.Graph.Messages(address);

    private void Answer(string address, MeetingAnswer answer) =>
        _run.Graph.As(address).Answer(Inbox(address).First(mail => mail.Meeting == "meetingRequest").Id, answer);

    /// <summary>Of the meeting of 8 January, which is drafted on the way if it is not yet.</summary>
    private async Task<(string Text, EntityTagHeaderValue Version)> DraftAsync()
    {
        if ((await _run.MeetingsAsync(Cancel)).Count == 0)
        {
            await _run.AdvanceAsync("P3D", Cancel);
        }

        using var answer = await _run.SendAsync(HttpMethod.Get, "meetings/1/minutes", null, null, Cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsStringAsync(Cancel), answer.Headers.ETag!);
    }

    private async Task<HttpResponseMessage> PutAsync(string text, EntityTagHeaderValue? over)
    {
        using var content = new StringContent(text, Encoding.UTF8, "text/markdown");
        return await _run.SendAsync(HttpMethod.Put, "meetings/1/minutes", content, over, Cancel);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object body)
    {
        using var content = JsonContent.Create(body);
        return await _run.SendAsync(HttpMethod.Post, path, content, null, Cancel);
    }

    private static Uri LinkToForm(IEnumerable<MailboxMessage> inbox) => inbox
        .Select(mail => FormLink().Match(mail.Text))
        .Where(match => match.Success)
        .Select(match => new Uri(match.Value))
        .First();

    private static async Task PostFormAsync(HttpClient client, Uri link, string form, string text)
    {
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = HiddenField("__RequestVerificationToken", form),
            ["version"] = WebUtility.HtmlDecode(HiddenField("version", form)),
            ["text"] = text,
        });
        using var answer = await client.PostAsync(link, fields, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("class=\"error\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static string HiddenField(string name, string form) =>
        Regex.Match(form, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<textarea id=\"text\"[^>]*>(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex TextArea();

    [GeneratedRegex("http://127\\.0\\.0\\.1:\\d+/write/[^/\\s]+/\\d+/[0-9a-f]+")]
    private static partial Regex FormLink();
}
