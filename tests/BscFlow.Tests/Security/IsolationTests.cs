using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using BscFlow.Committee;
using BscFlow.Exports;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Tests.Web;
using BscFlow.Votes;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Tokens;
using BscFlow.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace BscFlow.Tests.Security;

/// <summary>
/// Every route that there is, asked for one committee by whoever has all rights of another, and by whoever has none. Routes are
/// those of the route table: one that is added is asked too.
/// </summary>
public sealed partial class IsolationTests : IAsyncLifetime
{
    private const string Motion = "roof";
    private const string Key = "0123456789abcdef0123456789abcdef";

    /// <summary>
    /// What anybody may read, and the door at which a right is shown. A route that is to be public is added here.
    /// </summary>
    private static readonly string[] Public =
    [
        "/", "/healthz", "/readyz", "/.well-known/security.txt", "/style.css",
        "/editor.js", "/desk/enter", "/{committee}/{**path}",
    ];

    private readonly TemporaryFolder _folder = new();
    private ProductHost _host = null!;
    private Meeting _own = null!;
    private Meeting _other = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Charter Own => _host.Charters.Single(charter => charter.Id == "acme");

    private string Principal => DeskHost.Principal(Own.Secretaries[0]);

    private string Signature => _host.Get<SiteLinks>().MinutesForm(Own, _own).AbsolutePath.Split('/')[^1];

    /// <summary>Of the own committee; the other one has a motion of the same name.</summary>
    private string Ballot => _host.Get<VotingKeys>().PageToken("acme", Motion, "ada").Reveal();

    public async ValueTask InitializeAsync()
    {
        _host = await ProductHost.StartAsync(["acme", "apex"], options: options =>
        {
            options.SignIn = true;
            options.ApiKeys["reporting"] = $"acme:{Key}";
            options.SecurityContact = new Uri("mailto:security@committee.example");
        });
        foreach (var charter in _host.Charters)
        {
            var draft = new MotionDraft { Id = Motion, Title = "The roof", Text = "That it be mended.", Rule = "ordinary" };
            Assert.IsType<MotionChange.Made>(await _host.Get<OpenMotion>().RunAsync(charter, draft, "sec", Cancel));
        }

        await _host.MoveAsync(TimeSpan.FromDays(3));
        _own = (await _host.Get<MeetingStore>().FindAsync("acme", "0001", Cancel))!;
        _other = (await _host.Get<MeetingStore>().FindAsync("apex", "0001", Cancel))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_rights_that_are_tried_are_rights()
    {
        using var member = Rightful();
        foreach (var path in (string[])["/desk/acme", "/desk/acme/meetings/0001", "/api/acme/meetings", $"/write/acme/0001/{Signature}", $"/vote/acme/{Ballot}"])
        {
            using var answer = await member.GetAsync(path, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task With_every_right_of_one_committee_nothing_of_another_is_read_or_changed()
    {
        using var member = Rightful();
        await AssertClosedAsync(member, await TokenAsync(member), [HttpStatusCode.Forbidden, HttpStatusCode.NotFound]);
    }

    [Fact]
    public async Task Without_any_right_nothing_is_had_but_the_public_pages()
    {
        using var stranger = Client();
        await AssertClosedAsync(
            stranger, token: null, [HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
        foreach (var path in (string[])["/desk", "/api/acme/meetings", "/api"])
        {
            using var answer = await stranger.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    /// <summary>Asks every route that is not public for the other committee, with every method that it has.</summary>
    private async Task AssertClosedAsync(HttpClient client, string? token, HttpStatusCode[] closed)
    {
        var before = await StoredAsync("before");
        var asked = 0;
        foreach (var (pattern, methods) in Routes().Where(route => !Public.Contains(route.Pattern.RawText)))
        {
            if (pattern.Parameters.All(parameter => parameter.Name != "committee"))
            {
                continue;
            }

            foreach (var method in methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), PathOf(pattern))
                {
                    Content = ContentOf(
                    pattern, method, token)
                };
                using var answer = await client.SendAsync(request, Cancel);
                var text = await answer.Content.ReadAsStringAsync(Cancel);
                Assert.True(closed.Contains(answer.StatusCode), $"{method} {request.RequestUri}: {answer.StatusCode}");
                Assert.DoesNotContain("apex@committee.example", text, StringComparison.Ordinal);
                Assert.DoesNotContain(".apex@members.example", text, StringComparison.Ordinal);
                asked++;
            }
        }

        Assert.True(asked > 20, $"Only {asked} requests were made.");
        Assert.Equal(before, await StoredAsync("after"));
    }

    private IEnumerable<(RoutePattern Pattern, IReadOnlyList<string> Methods)> Routes() =>
        from endpoint in _host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        select (endpoint.RoutePattern, endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST", "PUT", "DELETE"]);

    /// <summary>Of the other committee, with what the own one's right is wherever a secret stands in the path.</summary>
    private string PathOf(RoutePattern pattern)
    {
        var path = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternParameterPart { Name: "committee" } => "apex",
                    RoutePatternParameterPart { Name: "meeting" } => _other.Row,
                    RoutePatternParameterPart { Name: "signature" } => Signature,
                    RoutePatternParameterPart { Name: "token" } => Ballot,
                    RoutePatternParameterPart { Name: "motion" } => Motion,
                    _ => "1",
                });
            }
        }

        return path.ToString();
    }

    private static HttpContent? ContentOf(RoutePattern pattern, string method, string? token)
    {
        if (method is not ("POST" or "PUT"))
        {
            return null;
        }

        if (pattern.RawText!.StartsWith("/api", StringComparison.Ordinal))
        {
            return pattern.RawText.EndsWith("/minutes", StringComparison.Ordinal)
                ? new StringContent("## Meeting #1 - 2026-01-14\n", Encoding.UTF8, "text/markdown")
                : new StringContent(
                    """{"reason": "r", "start": "2026-03-04T15:00", "text": "t", "member": "ada", "from": "2026-03-04", "until": "2026-03-05"}""",
                    Encoding.UTF8,
                    "application/json");
        }

        var fields = new Dictionary<string, string>
        {
            ["reason"] = "r",
            ["start"] = "2026-03-04T15:00",
            ["text"] = "t",
            ["member"] = "ada",
            ["version"] = "",
            ["vote"] = "For",
        };
        if (token is not null)
        {
            fields["__RequestVerificationToken"] = token;
        }

        return new FormUrlEncodedContent(fields);
    }

    private async Task<string> StoredAsync(string name)
    {
        var folder = Path.Combine(_folder.Path, name);
        await _host.Get<ExportCommittee>().RunAsync("apex", folder, Cancel);
        var all = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            all.AppendLine(Path.GetRelativePath(folder, file)).AppendLine(await File.ReadAllTextAsync(file, Cancel));
        }

        return all.ToString();
    }

    /// <summary>Signed in as secretary of the own committee, with its key beside.</summary>
    private HttpClient Rightful()
    {
        var client = Client();
        client.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", Principal);
        client.DefaultRequestHeaders.Add(Access.KeyHeader, Key);
        return client;
    }

    private HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = _host.Client.BaseAddress,
    };

    /// <summary>A form token that is good: a request must not be refused for want of one.</summary>
    private static async Task<string> TokenAsync(HttpClient client) =>
        TokenField().Match(await client.GetStringAsync("/desk/acme/meetings", Cancel)).Groups[1].Value is { Length: > 0 } token
            ? token
            : throw new InvalidDataException("The desk has no form.");

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]*)\"")]
    private static partial Regex TokenField();
}
