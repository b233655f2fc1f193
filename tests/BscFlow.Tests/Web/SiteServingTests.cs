using System.IO.Compression;
using System.Net;
using BscFlow.Publishing;
using BscFlow.Publishing.Targets;

namespace BscFlow.Tests.Web;

public sealed class SiteServingTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_page_is_sent_compressed_to_who_takes_it(string coding)
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        var plain = await client.GetStringAsync($"/{charter.Id}/", Cancel);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{charter.Id}/");
        request.Headers.AcceptEncoding.ParseAdd($"{coding}, identity;q=0.5");
        using var answer = await client.SendAsync(request, Cancel);

        Assert.Equal([coding], answer.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancel);
        await using Stream read = coding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(read);
        Assert.Equal(plain, await reader.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task A_coding_with_the_weight_of_nothing_is_not_sent()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{charter.Id}/");
        request.Headers.AcceptEncoding.ParseAdd("br;q=0, gzip;q=0");

        using var answer = await client.SendAsync(request, Cancel);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Who_has_a_page_is_told_that_it_is_still_the_one()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        for (var i = 0; i < 2; i++)
        {
            using var first = await client.GetAsync(new Uri($"/{charter.Id}/", UriKind.Relative), Cancel);
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/{charter.Id}/");
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var answer = await client.SendAsync(request, Cancel);

            Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancel));
        }
    }

    [Fact]
    public async Task A_publication_is_seen_at_once_where_it_was_made_and_soon_elsewhere()
    {
        await using var here = await DeskHost.StartAsync(azurite);
        await using var elsewhere = await DeskHost.StartAsync(azurite);
        var charter = await here.AddCommitteeAsync();
        using var client = new HttpClient();
        var (address, other) = (new Uri(here.Address, $"/{charter.Id}/"), new Uri(elsewhere.Address, $"/{charter.Id}/"));
        var before = await client.GetStringAsync(address, Cancel);
        Assert.Equal(before, await client.GetStringAsync(other, Cancel));

        await here.Get<IEnumerable<IPublishingTarget>>().OfType<BlobSite>().Single().PublishAsync(
            charter.Id, [new SiteFile("index.html", "text/html", SiteStage.Index, "new"u8.ToArray())], null, Cancel);

        Assert.Equal("new", await client.GetStringAsync(address, Cancel));
        elsewhere.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("new", await client.GetStringAsync(other, Cancel));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/style.css")]
    [InlineData("/editor.js")]
    [InlineData("/vote.js")]
    [InlineData("/.well-known/security.txt")]
    public async Task Whoever_asks_for_the_head_alone_is_told_what_a_reader_gets(string path)
    {
        await using var host = await DeskHost.StartAsync(
            azurite, options => options.SecurityContact = new Uri("mailto:security@committee.example"));
        await host.AddCommitteeAsync();
        var browser = host.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(path, UriKind.Relative));

        using var head = await browser.Http.SendAsync(request, Cancel);
        using var whole = await browser.GetAsync(path);

        Assert.Equal((whole.StatusCode, whole.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
    }
}
