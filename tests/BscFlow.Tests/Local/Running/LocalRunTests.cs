using System.Globalization;
using System.Net;
using BscFlow.Tests.Local.Commands;

namespace BscFlow.Tests.Local.Running;

public sealed class LocalRunTests(SampleRun run) : IClassFixture<SampleRun>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/tidewater/")]
    [InlineData("/tidewater/actions.html")]
    [InlineData("/mailboxes")]
    [InlineData("/mailboxes/amara@okafor.example")]
    public async Task Every_page_has_the_clock_on_top(string path)
    {
        var page = await run.Browser.GetStringAsync(path, Cancellation);

        Assert.Contains("<aside class=\"bscflow-clock\"", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"back\" value=\"{path}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_finds_a_hole_is_told_the_mailbox_of_the_committee() => Assert.StartsWith(
        "Contact: mailto:committee@tidewater.example\n",
        await run.Browser.GetStringAsync("/.well-known/security.txt", Cancellation),
        StringComparison.Ordinal);

    [Fact]
    public async Task The_link_that_is_printed_opens_the_desk()
    {
        using var entered = await run.Browser.GetAsync(run.Process.Addresses.Desk, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk/tidewater");
        request.Headers.Add("Cookie", entered.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        using var desk = await run.Browser.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, desk.StatusCode);
        Assert.Contains(
            "<aside class=\"bscflow-clock\"", await desk.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_archive_is_there_and_a_day_later_the_next_meeting_is_drafted_and_mailed()
    {
        using var pressed = await PressAsync(("by", "P1D"), ("back", "/tidewater/"));
        var front = await run.Browser.GetStringAsync("/tidewater/", Cancellation);
        var inbox = await run.Browser.GetStringAsync("/mailboxes/amara@okafor.example", Cancellation);

        Assert.Equal("/tidewater/", pressed.Headers.Location!.OriginalString);
        Assert.Contains("#33", front, StringComparison.Ordinal);
        Assert.Contains("#34", front, StringComparison.Ordinal);
        Assert.Contains("#34", inbox, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_can_be_moved_to_the_next_thing_that_happens()
    {
        var before = await ClockAsync();

        using var pressed = await PressAsync(("by", "next"), ("back", "/mailboxes?a=1"));

        Assert.Equal("/mailboxes?a=1", pressed.Headers.Location!.OriginalString);
        Assert.True(await ClockAsync() > before.AddMinutes(30));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("")]
    public async Task Nobody_is_sent_to_another_site(string back)
    {
        using var pressed = await PressAsync(("by", "PT1S"), ("back", back));

        Assert.Equal("/", pressed.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_page_of_another_site_does_not_move_the_clock()
    {
        var before = await ClockAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/clock/advance?by=P300D");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await run.Browser.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.True(await ClockAsync() < before.AddDays(200));
    }

    [Fact]
    public async Task A_page_of_another_site_answers_no_mail()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/Mailboxes/nobody@tidewater.example/send") { Content = new StringContent("x") };
        request.Headers.Add("Sec-Fetch-Site", "same-site");

        using var answer = await run.Browser.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?by=")]
    [InlineData("?by=-P1D")]
    [InlineData("?by=soon")]
    [InlineData("?by=P99999999999D")]
    [InlineData("?to=soon")]
    [InlineData("?to=2030-01-01&by=P1D")]
    public async Task What_is_no_move_is_refused(string query)
    {
        using var answer = await run.Browser.PostAsync(new Uri($"/clock/advance{query}", UriKind.Relative), null, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_moment_that_has_passed_leaves_the_clock_where_it_is()
    {
        var before = await ClockAsync();

        using var answer = await run.Browser.PostAsync(
            new Uri("/clock/advance?to=2020-01-01", UriKind.Relative), null, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(await ClockAsync() >= before);
    }

    [Fact]
    public async Task A_second_run_on_the_same_data_is_refused_in_one_line() =>
        Assert.Equal(
            new Typed(
                2, "", $"bscflow: {run.Data}: another run uses this folder; give another one with --data{Environment.NewLine}"),
            await Typed.RunAsync("run", "--data", run.Data, "--port", "0"));

    [Fact]
    public async Task A_port_in_use_is_named_in_one_line()
    {
        var port = run.Process.Addresses.Site.Port.ToString(CultureInfo.InvariantCulture);
        using var folder = new TemporaryFolder();

        Assert.Equal(
            new Typed(
                2,
                "",
                $"bscflow: port {port} is in use; give another one with --port, or --port 0 for a free one{Environment.NewLine}"),
            await Typed.RunAsync("run", "--data", folder.Path, "--port", port));
    }

    private async Task<DateTimeOffset> ClockAsync() =>
        DateTimeOffset.Parse(await run.Browser.GetStringAsync("/clock", Cancellation), CultureInfo.InvariantCulture);

    private async Task<HttpResponseMessage> PressAsync(params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value));
        return await run.Browser.PostAsync(new Uri("/clock/advance", UriKind.Relative), form, Cancellation);
    }
}
