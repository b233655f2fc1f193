using System.Net;
using System.Net.Http.Json;
using BscFlow.Committee;
using BscFlow.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace BscFlow.Tests.Web;

public sealed class AccessTests(AzuriteFixture azurite)
{
    private const string Secretary = "leila@tidewater.example";

    private static readonly DateTimeOffset January = new(2026, 1, 8, 15, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_printed_link_sets_a_cookie_that_no_script_and_no_other_site_can_use()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        using var entered = await host.NewBrowser().GetAsync($"/desk/enter?key={DeskHost.DeskKey}");

        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("/desk", entered.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Two_runs_on_two_ports_of_one_host_do_not_sign_each_other_out()
    {
        await using var one = await DeskHost.StartAsync(azurite, options => options.SiteAddress = new Uri("http://127.0.0.1:5080/"));
        await using var other = await DeskHost.StartAsync(azurite, options => options.SiteAddress = new Uri("http://127.0.0.1:5081/"));
        var charter = await one.AddCommitteeAsync();

        var names = new List<string>();
        foreach (var host in (DeskHost[])[one, other])
        {
            var browser = await host.EnterAsync();
            await browser.PageAsync($"/desk/{charter.Id}/motions");
            names.AddRange(browser.Cookies.GetAllCookies().Select(cookie => cookie.Name));
        }

        Assert.Equal(["bscflow-desk-5080", "bscflow-desk-5081", "bscflow-form-5080", "bscflow-form-5081"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_App_Service_signs_people_in_the_link_opens_nothing()
    {
        await using var host = await DeskHost.StartAsync(azurite, options => options.SignIn = true);
        using var entered = await host.NewBrowser().GetAsync($"/desk/enter?key={DeskHost.DeskKey}");

        Assert.Equal(HttpStatusCode.Unauthorized, entered.StatusCode);
        Assert.False(entered.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_principal_header_is_believed_only_where_the_environment_says_that_sign_in_is_on()
    {
        await using var without = await DeskHost.StartAsync(azurite);
        await using var with = await DeskHost.StartAsync(azurite, options => options.SignIn = true);
        var charter = await with.AddCommitteeAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(without, $"/desk/{charter.Id}", DeskHost.Principal(Secretary)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(with, $"/desk/{charter.Id}", DeskHost.Principal(Secretary.ToUpperInvariant())));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(with, $"/desk/{charter.Id}", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(with, $"/desk/{charter.Id}", "not base 64"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(with, $"/desk/{charter.Id}", DeskHost.Principal(Secretary, "github")));
    }

    [Fact]
    public async Task Who_is_signed_in_reaches_the_desks_of_the_committees_that_name_them_and_no_other()
    {
        await using var host = await DeskHost.StartAsync(azurite, options => options.SignIn = true);
        var own = await host.AddCommitteeAsync();
        var other = await host.AddCommitteeAsync(charter => charter with { Secretaries = ["somebody@else.example"] });
        var person = DeskHost.Principal(Secretary);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, $"/desk/{own.Id}", person));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, $"/desk/{other.Id}", person));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, $"/desk/{own.Id}", DeskHost.Principal("member@else.example")));

        // Every route of the desk that names a committee, whatever follows.
        foreach (var route in DeskRoutes(host))
        {
            var path = route.Replace("{committee}", other.Id, StringComparison.Ordinal).Replace("{meeting}", "0001", StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, path, person));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, path, person, HttpMethod.Post));
        }
    }

    [Fact]
    public async Task A_session_ends_by_itself()
    {
        await using var host = await DeskHost.StartAsync(azurite, options => options.SessionLength = TimeSpan.FromSeconds(1));
        var charter = await host.AddCommitteeAsync();
        var browser = await host.EnterAsync();
        var cookie = browser.Cookies.GetCookieHeader(host.Address);
        Assert.NotEmpty(cookie);

        // The browser drops it; who kept a copy has nothing either.
        await Eventually.BeAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, $"/desk/{charter.Id}"));
            request.Headers.Add("Cookie", cookie);
            using var answer = await host.NewBrowser().Http.SendAsync(request, Cancel);
            return answer.StatusCode is HttpStatusCode.Unauthorized;
        });
    }

    [Fact]
    public async Task A_committee_that_is_called_as_the_way_in_has_a_desk_as_closed_as_any()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        foreach (var route in DeskRoutes(host))
        {
            var path = route.Replace("{committee}", "enter", StringComparison.Ordinal).Replace("{meeting}", "0001", StringComparison.Ordinal);
            if (path != "/desk/enter")
            {
                Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, path, null));
            }
        }
    }

    [Theory]
    [InlineData("enter")]
    [InlineData("leave")]
    [InlineData("admin")]
    [InlineData("runtime")]
    public void No_committee_may_be_called_as_the_way_in_or_out_or_as_what_the_host_in_Azure_keeps_to_itself(string id) => Assert.Contains(
        "a route of every deployment",
        Assert.Throws<InvalidCharterException>(() => CharterReader.Read(CharterWriter.Write(Tidewater.Charter with { Id = id }))).Message,
        StringComparison.Ordinal);

    /// <remarks>
    /// A form's redirects are held to form-action too, and the last of these leads to another site, so that a form would leave
    /// everybody signed in.
    /// </remarks>
    [Fact]
    public async Task Whoever_was_signed_in_by_App_Service_signs_out_by_a_link()
    {
        await using var host = await DeskHost.StartAsync(azurite, options => options.SignIn = true);
        var charter = await host.AddCommitteeAsync();
        var browser = host.NewBrowser();
        browser.Http.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", DeskHost.Principal(Secretary));

        var desk = await browser.PageAsync($"/desk/{charter.Id}");

        Assert.Equal("Sign out", desk.QuerySelector("a[href^='/.auth/logout']")!.TextContent);
        Assert.Null(desk.QuerySelector("form[action='/desk/leave']"));
    }

    [Fact]
    public async Task A_session_that_was_left_stays_so_when_the_process_begins_anew()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var (left, other) = (await host.EnterAsync(), await host.EnterAsync());
        var copy = left.Cookies.GetCookieHeader(host.Address);
        using var sent = await left.PressAsync($"/desk/{charter.Id}", await left.PageAsync($"/desk/{charter.Id}"), "Sign out");

        await using var anew = await DeskHost.StartAsync(azurite);

        Assert.Equal(HttpStatusCode.Unauthorized, await WithCookieAsync(copy));
        Assert.Equal(HttpStatusCode.OK, await WithCookieAsync(other.Cookies.GetCookieHeader(host.Address)));

        async Task<HttpStatusCode> WithCookieAsync(string cookie)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(anew.Address, $"/desk/{charter.Id}"));
            request.Headers.Add("Cookie", cookie);
            using var answer = await anew.NewBrowser().Http.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_a_copy_of_its_cookie_too()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var browser = await host.EnterAsync();
        var copy = browser.Cookies.GetCookieHeader(host.Address);
        var desk = await browser.PageAsync($"/desk/{charter.Id}");

        using var left = await browser.PressAsync($"/desk/{charter.Id}", desk, "Sign out");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, $"/desk/{charter.Id}"));
        request.Headers.Add("Cookie", copy);
        using var answer = await host.NewBrowser().Http.SendAsync(request, Cancel);

        Assert.Equal("/", left.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task No_form_is_taken_without_its_token_not_even_one_that_is_only_a_button()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        await host.DraftAsync(charter, January);
        var browser = await host.EnterAsync();
        foreach (var route in DeskRoutes(host, "POST"))
        {
            var path = route.Replace("{committee}", charter.Id, StringComparison.Ordinal).Replace("{meeting}", "0001", StringComparison.Ordinal);
            using var content = new FormUrlEncodedContent([new("reason", "forged"), new("member", "priya"), new("text", "forged")]);
            using var answer = await browser.Http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{path}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_audit_names_the_person_or_the_key()
    {
        await using var host = await DeskHost.StartAsync(azurite, options =>
        {
            options.SignIn = true;
            options.ApiKeys["reporting"] = "fedcba9876543210fedcba9876543210";
        });
        var charter = await host.AddCommitteeAsync();
        await host.DraftAsync(charter, January);

        var browser = host.NewBrowser();
        browser.Http.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", DeskHost.Principal(Secretary));
        var path = $"/desk/{charter.Id}/meetings/0001";
        using var set = await browser.PressAsync(path, await browser.PageAsync(path), "Set the chair", ("member", "priya"));
        await PutChairAsync(host, charter.Id, "mateusz", DeskHost.DeskKey);
        await PutChairAsync(host, charter.Id, "priya", "fedcba9876543210fedcba9876543210");

        var chairs = (await host.AuditAsync(charter)).Where(entry => entry.Event == "chair-set");
        Assert.Equal(
            [(Secretary, "priya"), ("key desk", "mateusz"), ("key reporting", "priya")],
            chairs.Select(entry => (entry.Who, entry.Detail)));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/desk")]
    [InlineData("/style.css")]
    [InlineData("/api/nobody/meetings")]
    [InlineData("/nowhere/at/all")]
    public async Task Every_answer_tells_browsers_what_it_may_do(string path)
    {
        await using var host = await DeskHost.StartAsync(azurite, options => options.SiteAddress = new Uri("https://committee.example/"));
        await host.AddCommitteeAsync();
        using var answer = await host.NewBrowser().GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.StartsWith("max-age=", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weak_key_stops_the_host_at_its_start() =>
        await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(async () =>
        {
            await using var host = await DeskHost.StartAsync(azurite, options => options.ApiKeys["reporting"] = "");
        });

    [Fact]
    public async Task No_committee_may_be_called_as_a_route_begins()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var beginnings = host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.PathSegments is [{ IsSimple: true } first, ..] ? first.Parts[0] : null)
            .OfType<RoutePatternLiteralPart>()
            .Select(literal => literal.Content)
            .Where(CharterValues.IsId)
            .Distinct()
            .ToList();

        Assert.Contains("vote", beginnings);
        Assert.All(beginnings, beginning => Assert.Contains(
            "a route of every deployment",
            Assert.Throws<InvalidCharterException>(() => CharterReader.Read(CharterWriter.Write(Tidewater.Charter with { Id = beginning }))).Message,
            StringComparison.Ordinal));
    }

    private static IEnumerable<string> DeskRoutes(DeskHost host, string? method = null) =>
        from endpoint in host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let route = endpoint.RoutePattern.RawText!
        where route.StartsWith("/desk/{committee}", StringComparison.Ordinal)
        where method is null || endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(method)
        select route;

    private static async Task PutChairAsync(DeskHost host, string committee, string member, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(host.Address, $"/api/{committee}/meetings/1/chair"))
        {
            Content = JsonContent.Create(new ChairRequest(member)),
        };
        request.Headers.Add(Access.KeyHeader, key);
        using var answer = await host.NewBrowser().Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(DeskHost host, string path, string? principal, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(host.Address, path));
        if (principal is not null)
        {
            request.Headers.Add("X-MS-CLIENT-PRINCIPAL", principal);
        }

        using var answer = await host.NewBrowser().Http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
