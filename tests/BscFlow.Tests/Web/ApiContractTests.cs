using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Web;

namespace BscFlow.Tests.Web;

/// <summary>
/// A program that goes by the published description: each operation is called until it has answered everything that it is said to
/// answer, and nothing else.
/// </summary>
public sealed partial class ApiContractTests : IAsyncLifetime
{
    private const string OtherKey = "fedcba9876543210fedcba9876543210";

    private ProductHost _host = null!;
    private ApiContract _contract = null!;
    private HttpClient _program = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await ProductHost.StartAsync(["acme"], options: options => options.ApiKeys["other"] = $"apex:{OtherKey}");
        var charter = _host.Charters[0];
        var ratified = charter.Rules["ordinary"] with { RatifiedBy = "the board" };
        await _host.Get<CharterStore>().TakeOverAsync(
            CharterWriter.Write(charter with { Rules = new Dictionary<string, VoteRule>(charter.Rules) { ["board"] = ratified } }), Cancel);
        _contract = new ApiContract(
            JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("src/BscFlow/Publishing/openapi.json"), Cancel))!);
        _program = new HttpClient(_contract) { BaseAddress = new Uri(_host.Client.BaseAddress!, "/api/acme/") };
        await _host.SettleAsync();
    }

    public ValueTask DisposeAsync()
    {
        _program.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task Every_answer_is_described_and_every_description_is_an_answer()
    {
        await VoteAsync();
        await ReadMailAsync();
        await MeetAsync();
        await NominateAsync();
        await EndVotesAsync();
        await RefuseAsync();

        // How often one may ask without a right key is tried elsewhere.
        Assert.Empty(_contract.Described.Where(answer => answer.Status != (int)HttpStatusCode.TooManyRequests).Except(_contract.Seen));
    }

    private async Task VoteAsync()
    {
        await PostAsync("motions", new { id = "roof", title = "The roof", text = "That it be mended.", rule = "board", deadline = "2026-02-10T12:00" }, 200);
        await PostAsync("motions", new { id = "roof", title = "The roof", text = "That it be mended." }, 409);
        await PostAsync("motions", new { title = "" }, 400);
        await PostAsync("motions", new { id = "door", title = "The door", text = "That it be open." }, 200);
        await PostAsync("motions/door/correct", new { title = "The door", text = "That it be shut." }, 200);
        await PostAsync("motions/door/correct", new { title = "", text = "" }, 400);
        await PostAsync("motions/door/extend", new { deadline = "2026-03-04T12:00" }, 200);
        await PostAsync("motions/door/extend", new { deadline = "soon" }, 400);
        await PostAsync("motions/door/ballots", new { voter = "cem", vote = "for", source = "room", note = "Heard by all." }, 200);
        await PostAsync("motions/door/ballots", new { voter = "cem", vote = "perhaps", source = "room", note = "Heard by all." }, 400);
        await PostAsync("motions/door/correct", new { title = "The door", text = "That it be open." }, 409);
        await _host.SettleAsync();
        await PostAsync("motions/door/calls", new { voter = "ada" }, 204);
        await PostAsync("motions/door/calls", new { voter = "mallory" }, 409);
        await GetAsync("motions/door/calls");
        await GetAsync("motions/door/voters?most=1");
        await GetAsync("motions/door");
        await GetAsync("motions?most=1");
        await PostAsync("motions/door/withdraw", new { reason = "" }, 400);
        await PostAsync("motions/door/withdraw", new { reason = "It is shut." }, 200);
        await PostAsync("motions/door/withdraw", new { reason = "It is open." }, 409);
        await PostAsync("motions/door/extend", new { deadline = "2026-04-04T12:00" }, 409);
        await PostAsync("motions/door/ballots", new { voter = "ada", vote = "for", source = "room", note = "Heard by all." }, 409);
        await _host.MoveAsync(TimeSpan.FromHours(1));
    }

    private async Task ReadMailAsync()
    {
        var (ada, ben) = (_host.Charters[0].Members[0].Addresses[0], _host.Charters[0].Members[1].Addresses[0]);
        _host.Graph.As(ada).Reply(
            _host.Graph.Messages(ada).Last(mail => mail.ReplyTo.Count > 0 && mail.Subject.Contains("roof", StringComparison.OrdinalIgnoreCase)).Id,
            "Yes, but in May.");
        _host.Graph.As(ben).Write([_host.Charters[0].Mailbox], "A question", "When do we meet?");
        await _host.MoveAsync(TimeSpan.FromMinutes(6));
        var mails = (await GetAsync("mail?open=false"))!.AsArray();
        var unclear = mails.Single(mail => (string?)mail!["about"] == "roof" && (string?)mail["kind"] == nameof(MailKind.Unclear))!["id"];
        var question = (await GetAsync("mail?open=true"))!.AsArray().Single()!["id"];

        await GetAsync($"mail/{unclear}/raw");
        await PostAsync($"mail/{unclear}/ballot", new { motion = "roof", voter = "ada", vote = "1" }, 400);
        await PostAsync($"mail/{unclear}/ballot", new { motion = "roof", voter = "mallory", vote = "for" }, 409);
        await PostAsync($"mail/{unclear}/ballot", new { motion = "roof", voter = "ada", vote = "for" }, 200);
        await PostAsync($"mail/{question}/settle", new { how = new string('x', 501) }, 400);
        await PostAsync($"mail/{question}/settle", new { how = "Told." }, 200);
    }

    private async Task MeetAsync()
    {
        await _host.MoveAsync(TimeSpan.FromDays(3));
        var first = (string?)(await GetAsync("meetings?most=1"))!.AsArray().Single()!["meeting"];
        await PostAsync("agenda", new { text = "The lamps" }, 202);
        await PostAsync("agenda", new { text = "" }, 400);
        await PostAsync("meetings", new { start = "2026-01-20T12:00", reason = "The lamps" }, 200);
        await PostAsync("meetings", new { start = "2026-01-20T12:00", reason = "Another" }, 409);
        await PostAsync("meetings", new { start = "noon", reason = "The lamps" }, 400);
        await PostAsync("meetings/cancel", new { start = "2026-03-11T17:00", reason = "Holidays" }, 200);
        await PostAsync("meetings/cancel", new { start = "2026-03-11T17:00", reason = "Illness" }, 409);
        await PostAsync("meetings/cancel", new { start = "2026-03-11T17:00" }, 400);
        await PutAsync("absences/ben/2026-01-19", new { until = "2026-01-21" }, 200);
        await PutAsync("absences/ben/2026-01-19", new { until = "2026-01-01" }, 400);
        await GetAsync("absences");
        await SendAsync(HttpMethod.Delete, "absences/ben/2026-01-19", null, 204);

        var special = (await GetAsync("meetings"))!.AsArray().Single(meeting => (bool)meeting!["special"]!)!["meeting"];
        await PutAsync($"meetings/{first}/chair", new { member = "cem" }, 200);
        await PutAsync($"meetings/{first}/chair", new { member = "mallory" }, 400);
        await PostAsync($"meetings/{special}/cancel", new { reason = "" }, 400);
        await PostAsync($"meetings/{special}/cancel", new { reason = "Nobody can come." }, 200);
        await PostAsync($"meetings/{first}/publish", null, 409);

        await _host.MoveAsync(TimeSpan.FromDays(10));
        await PostAsync($"meetings/{first}/cancel", new { reason = "It is over." }, 409);
        using var read = new HttpRequestMessage(HttpMethod.Get, new Uri($"meetings/{first}/minutes", UriKind.Relative));
        read.Headers.Add(Access.KeyHeader, _host.DeskKey);
        using var draft = await _program.SendAsync(read, Cancel);
        var (text, version) = (await draft.Content.ReadAsStringAsync(Cancel), draft.Headers.ETag!);
        await WriteAsync(first!, Encoding.UTF8.GetBytes(text + "\n  - The lamps are lit.\n"), null, 428);
        await WriteAsync(first!, [0xC3, 0x28], version, 400);
        await WriteAsync(first!, "Nothing."u8.ToArray(), version, 422);
        await WriteAsync(first!, Encoding.UTF8.GetBytes(text + "\n  - The lamps are lit.\n"), version, 204);
        await WriteAsync(first!, Encoding.UTF8.GetBytes(text + "\n  - The lamps are out.\n"), version, 412);
        await PostAsync($"meetings/{first}/publish", null, 204);
        await GetAsync("actions?most=5");
    }

    private async Task NominateAsync()
    {
        await PostAsync(
            "nominations",
            new { id = "chair", title = "Who chairs", text = "For a year.", nominateUntil = "2026-02-04T15:00", seats = 1 },
            201);
        await PostAsync("nominations", new { title = "Who chairs" }, 400);
        await GetAsync("nominations/chair");
    }

    private async Task EndVotesAsync()
    {
        await PostAsync("motions/roof/ratify", new { day = "2026-03-04" }, 409);
        await PostAsync("motions/roof/ballots", new { voter = "ben", vote = "for", source = "phone", note = "Called by the secretary." }, 200);
        await _host.MoveAsync(TimeSpan.FromDays(30));
        await GetAsync("motions/roof/tally");
        await PostAsync("motions/roof/ratify", new { }, 400);
        await PostAsync("motions/roof/ratify", new { day = DateOnly.FromDateTime(_host.Time.GetUtcNow().UtcDateTime) }, 200);
    }

    /// <summary>What every operation answers to whoever has no right to it, or asks for nothing that it knows.</summary>
    private async Task RefuseAsync()
    {
        foreach (var list in (string[])["meetings", "mail", "motions", "actions", "motions/door/voters"])
        {
            await SendAsync(HttpMethod.Get, $"{list}?most=0", null, 400);
        }

        foreach (var (method, template, takes) in _contract.Operations)
        {
            var path = template.Replace("{committee}", "acme", StringComparison.Ordinal)
                .Replace("{mail}", "0123456789ab", StringComparison.Ordinal)
                .Replace("{from}", "2026-01-20", StringComparison.Ordinal);
            path = PathPart().Replace(path, "none");
            await AskAsync(method, path, takes, key: null, 401);
            await AskAsync(method, path, takes, OtherKey, 403);
            await AskAsync(method, path.Replace("/acme/", "/nobody/", StringComparison.Ordinal), takes, _host.DeskKey, 404);
            if (takes is "application/json")
            {
                await AskAsync(method, path, takes, _host.DeskKey, 400, "no JSON");
            }

            if (takes is not null)
            {
                await AskAsync(method, path, "application/xml", _host.DeskKey, 415);
                var takesVoters = method == "POST" && path is "/api/acme/motions" or "/api/acme/nominations";
                await AskAsync(method, path, takes, _host.DeskKey, 413, length: (takesVoters ? Limits.VotersBytes : Limits.BodyBytes) + 1);
            }
        }
    }

    /// <param name="length">Of a body that is said to have it, and is refused before any of it is sent.</param>
    private async Task AskAsync(string method, string path, string? takes, string? key, int status, string body = "{}", int? length = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_host.Client.BaseAddress!, path));
        request.Content = takes is null ? null : new StringContent(body, Encoding.UTF8, takes);
        request.Headers.ExpectContinue = length is not null;
        if (length is not null)
        {
            request.Content!.Headers.ContentLength = length;
        }

        if (key is not null)
        {
            request.Headers.Add(Access.KeyHeader, key);
        }

        using var answer = await _program.SendAsync(request, Cancel);
        Assert.True((int)answer.StatusCode == status, $"{method} {path}: {(int)answer.StatusCode} in place of {status}");
    }

    private Task<JsonNode?> PostAsync(string path, object? body, int status) => SendAsync(HttpMethod.Post, path, body, status);

    private Task<JsonNode?> PutAsync(string path, object body, int status) => SendAsync(HttpMethod.Put, path, body, status);

    private Task<JsonNode?> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, 200);

    private async Task WriteAsync(string meeting, byte[] text, EntityTagHeaderValue? over, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"meetings/{meeting}/minutes", UriKind.Relative));
        request.Headers.Add(Access.KeyHeader, _host.DeskKey);
        request.Content = new ByteArrayContent(text) { Headers = { ContentType = new("text/markdown") } };
        if (over is not null)
        {
            request.Headers.IfMatch.Add(over);
        }

        using var answer = await _program.SendAsync(request, Cancel);
        Assert.True((int)answer.StatusCode == status, $"PUT minutes: {(int)answer.StatusCode} in place of {status}");
    }

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, object? body, int status)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Add(Access.KeyHeader, _host.DeskKey);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await _program.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)answer.StatusCode == status, $"{method} {path}: {(int)answer.StatusCode} in place of {status}; {text}");
        return answer.Content.Headers.ContentType?.MediaType is "application/json" ? JsonNode.Parse(text) : null;
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex PathPart();
}
