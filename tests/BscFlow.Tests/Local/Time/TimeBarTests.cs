using System.IO.Compression;
using System.Net;
using BscFlow.Committee;
using BscFlow.Local.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BscFlow.Tests.Local.Time;

public sealed class TimeBarTests : IAsyncLifetime
{
    private const string Page = "<!doctype html><html><head><title>x</title></head><body class=\"a\"><p>Körper</p></body></html>";

    private readonly FakeTimeProvider _clock = new(new(2025, 10, 8, 16, 5, 0, TimeSpan.Zero));
    private WebApplication? _app;
    private HttpClient? _client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private int _version = 1;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseMiddleware<TimeBarMiddleware>(
            new TimeBar(_clock, [Committee("west", "America/Los_Angeles"), Committee("east", "Asia/Tokyo")], hasMailboxes: true));
        _app.MapGet("/{committee}/page", (HttpContext context) =>
        {
            context.Response.Headers.ETag = $"\"{_version}\"";
            return TypedResults.Text(_version == 1 ? Page : Page.Replace("Körper", "Neuer Körper", StringComparison.Ordinal), "text/html; charset=utf-8");
        });
        _app.MapPost("/{committee}/form", () => TypedResults.Text(Page, "text/html; charset=utf-8"));
        _app.MapGet("/pieces", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/html";
            foreach (var piece in Page.Chunk(7))
            {
                await context.Response.WriteAsync(new string(piece));
                await context.Response.Body.FlushAsync();
            }
        });
        _app.MapGet("/fragment", () => TypedResults.Text("<p>part of a page</p>", "text/html"));
        _app.MapGet("/feed", (HttpContext context) =>
        {
            context.Response.Headers.ETag = "\"1\"";
            return TypedResults.Text("<feed/>", "application/atom+xml");
        });
        _app.MapGet("/nothing", () => TypedResults.StatusCode(304));
        await _app.StartAsync(Cancellation);
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app!.DisposeAsync();
    }

    [Fact]
    public async Task A_page_tells_the_time_in_its_committees_zone()
    {
        var west = await Client.GetStringAsync("/west/page", Cancellation);
        var east = await Client.GetStringAsync("/east/page", Cancellation);

        Assert.Contains(
            "<time datetime=\"2025-10-08T09:05:00-07:00\">Wednesday 8 October 2025, 09:05</time> <span>in America/Los_Angeles</span>",
            west, StringComparison.Ordinal);
        Assert.Contains("Thursday 9 October 2025, 01:05", east, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bar_stands_first_in_the_body_and_the_page_is_kept()
    {
        var page = await Client.GetStringAsync("/west/page", Cancellation);

        Assert.StartsWith(
            "<!doctype html><html><head><title>x</title>" + TimeBar.Head + "</head><body class=\"a\">\n<aside",
            page,
            StringComparison.Ordinal);
        Assert.EndsWith("</aside><p>Körper</p></body></html>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_written_in_pieces_gets_one_bar()
    {
        var page = await Client.GetStringAsync("/pieces", Cancellation);

        Assert.Equal(2, page.Split("<aside").Length);
        Assert.EndsWith("Körper</p></body></html>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_buttons_come_back_to_the_page_with_its_query()
    {
        var page = await Client.GetStringAsync("/west/page?a=1&b=%22%3E", Cancellation);

        Assert.Contains("name=\"back\" value=\"/west/page?a=1&amp;b=%22%3E\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_answers_a_form_comes_back_to_the_page_with_the_form()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/west/form");
        request.Headers.Referrer = new Uri(Client.BaseAddress!, "/west/page?a=1");

        var page = await (await Client.SendAsync(request, Cancellation)).Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("name=\"back\" value=\"/west/page?a=1\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_with_the_time_on_it_is_not_kept_by_a_browser()
    {
        var answer = await Client.GetAsync("/west/page", Cancellation);

        Assert.Null(answer.Headers.ETag);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_page_that_is_asked_for_again_is_the_same_until_its_version_or_the_minute_is_another_and_may_be_compressed()
    {
        var first = await Client.GetStringAsync("/west/page", Cancellation);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(first, await Client.GetStringAsync("/west/page", Cancellation));
            var packed = await PackedAsync("/west/page");
            Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);
            Assert.Null(packed.Headers.ETag);
            Assert.Equal(first, await UnpackedAsync(packed));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("09:06", await Client.GetStringAsync("/west/page", Cancellation), StringComparison.Ordinal);
        _version++;
        Assert.Contains("Neuer Körper", await Client.GetStringAsync("/west/page", Cancellation), StringComparison.Ordinal);
        Assert.Contains("value=\"/west/page?a=1\"", await Client.GetStringAsync("/west/page?a=1", Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/feed", "<feed/>")]
    [InlineData("/fragment", "<p>part of a page</p>")]
    public async Task What_is_no_page_passes_unchanged(string path, string body) =>
        Assert.Equal(body, await Client.GetStringAsync(path, Cancellation));

    [Fact]
    public async Task What_is_no_page_keeps_its_version()
    {
        var answer = await Client.GetAsync("/feed", Cancellation);

        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task An_answer_without_body_passes()
    {
        var answer = await Client.GetAsync("/nothing", Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    private static Charter Committee(string id, string zone) => new()
    {
        Id = id,
        Name = id,
        TimeZone = zone,
        Mailbox = $"{id}@committee.example",
        Secretaries = [],
        Meetings = new() { Rule = "FREQ=MONTHLY;BYDAY=2WE", Start = new(2025, 1, 8, 9, 0, 0) },
        Quorum = new(new(1, 2), MoreThan: true, Body.Entire),
        Rules = new Dictionary<string, VoteRule>(),
        Members = [],
    };

    private Task<HttpResponseMessage> PackedAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        return Client.SendAsync(request, Cancellation);
    }

    private static async Task<string> UnpackedAsync(HttpResponseMessage packed)
    {
        using var gzip = new GZipStream(await packed.Content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress);
        return await new StreamReader(gzip).ReadToEndAsync(Cancellation);
    }
}
