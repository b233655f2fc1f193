using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Web;

namespace BscFlow.Tests.Web;

/// <summary>Whatever a program does wrong, it is told as problem details (RFC 9457).</summary>
public sealed class ApiErrorsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "motions", "not json", HttpStatusCode.BadRequest)]
    [InlineData("POST", "motions", "", HttpStatusCode.BadRequest)]
    [InlineData("POST", "motions", """{"title":"A","text":"B","options":{"table":""}}""", HttpStatusCode.Conflict)]
    [InlineData("POST", "motions/x/ratify", """{"day":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("GET", "motions/none", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "meetings/7/minutes", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "nothing", null, HttpStatusCode.NotFound)]
    [InlineData("DELETE", "motions", null, HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_wrong_is_told_as_problem_details(string method, string path, string? body, HttpStatusCode status)
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        using var request = Request(host, charter, method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await host.NewBrowser().Http.SendAsync(request, Cancel);

        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
    }

    [Theory]
    [InlineData("POST", "motions", """{"title":"A","options":{"kind":"Best"}}""", "What stands at options.kind, in line 1, byte ")]
    [InlineData("POST", "motions", """{"title":"A","text":"B","deadLines":"2026-03-04T15:00"}""", "\"deadLines\" is no field of this request")]
    [InlineData("POST", "motions", "{\n\"title\": }", "The body cannot be read as JSON at title, in line 2, byte ")]
    [InlineData("GET", "motions?most=many", null, "\"most\" cannot be \"many\".")]
    [InlineData("GET", "meetings/abc", null, "Tidewater Steering Committee has nothing that is called \"meetings/abc\" here.")]
    public async Task What_is_wrong_is_said_by_its_place_and_not_by_the_programs_own_names(
        string method, string path, string? body, string said)
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        using var request = Request(host, charter, method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await host.NewBrowser().Http.SendAsync(request, Cancel);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.StartsWith(said, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_of_a_mail_or_an_item_is_a_line_or_refused_and_nothing_is_done()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var mail = new CollectedMail
        {
            Committee = charter.Id,
            Id = new string('a', 64),
            MessageId = "m@members.example",
            Mailbox = charter.Mailbox,
            GraphId = "g",
            Received = host.Clock.GetUtcNow(),
            From = "ben@members.example",
            Subject = "A question",
            Kind = MailKind.Unclear,
            Reason = "it asks",
            NeedsPerson = true,
        };
        Assert.True(await host.Get<MailStore>().TryAddAsync(mail, Cancel));

        Assert.Equal("how", await FieldAsync($"mail/{mail.Id}/settle", new { how = new string('x', 33_000) }));
        Assert.Equal("how", await FieldAsync($"mail/{mail.Id}/settle", new { how = "told\nBen" }));
        Assert.Equal("proposedBy", await FieldAsync("agenda", new { text = "The roof", proposedBy = new string('x', 501) }));

        Assert.True((await host.Get<MailStore>().FindAsync(charter.Id, mail.Id, Cancel))!.IsOpen);
        Assert.Empty(await host.Get<AgendaStore>().WaitingAsync(charter.Id, Cancel));

        async Task<string> FieldAsync(string path, object body)
        {
            using var request = Request(host, charter, "POST", path);
            request.Content = JsonContent.Create(body);
            using var answer = await host.NewBrowser().Http.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            return Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name;
        }
    }

    [Theory]
    [InlineData("GET", "meetings?most=0", null, "most")]
    [InlineData("GET", "motions?most=-1", null, "most")]
    [InlineData("GET", "mail?most=1001", null, "most")]
    [InlineData("POST", "motions", """{"title":"A","text":"B","options":{"seats":0,"table":"Ada\nCy"}}""", "seats")]
    [InlineData("POST", "motions", """{"title":"A","text":"B","options":{"cap":-1,"table":"Ada\nCy"}}""", "cap")]
    [InlineData("POST", "motions", """{"title":"A","text":"B","options":{"caps":[{"seats":-1}],"table":"Ada\nCy"}}""", "caps")]
    [InlineData("POST", "motions", """{"title":"A","text":"B","options":{"budget":-0.5,"table":"Ada\nCy"}}""", "budget")]
    [InlineData("POST", "motions", """{"title":"A","text":"B","options":{"quorum":-1,"table":"Ada\nCy"}}""", "quorum")]
    [InlineData("POST", "motions", """{"title":"A","text":"B","options":{"kind":"Score","mostScore":1001,"table":"Ada\nCy"}}""", "mostScore")]
    [InlineData("POST", "nominations", """{"title":"A","text":"B","nominateUntil":"2026-02-04T15:00","seats":0}""", "seats")]
    [InlineData("POST", "meetings", """{"start":"2026-02-04T15:00","reason":"The roof","lengthMinutes":0}""", "lengthMinutes")]
    public async Task A_number_out_of_its_range_is_refused_with_its_field(string method, string path, string? body, string field)
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        using var request = Request(host, charter, method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await host.NewBrowser().Http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    private static HttpRequestMessage Request(DeskHost host, Charter charter, string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(host.Address, $"/api/{charter.Id}/{path}"));
        request.Headers.Add(Access.KeyHeader, DeskHost.DeskKey);
        return request;
    }
}
