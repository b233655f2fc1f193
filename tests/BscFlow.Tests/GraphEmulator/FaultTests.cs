using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.Faults;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class FaultTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<(EmulatorRun Run, string Send)> WithDraftAsync()
    {
        var run = await StartAsync();
        var draft = await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Joe));
        return (run, $"users/{Desk}/messages/{draft["id"]}/send");
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests, 429, "TooManyRequests", 0)]
    [InlineData(FaultKind.ServiceUnavailable, 503, "ServiceUnavailable", 0)]
    [InlineData(FaultKind.InternalServerError, 500, "ErrorInternalServerError", 0)]
    [InlineData(FaultKind.GatewayTimeout, 504, "GatewayTimeout", 0)]
    [InlineData(FaultKind.GatewayTimeoutAfterAcceptance, 504, "GatewayTimeout", 1)]
    [InlineData(FaultKind.Silence, 504, "GatewayTimeout", 0)]
    [InlineData(FaultKind.SilenceAfterAcceptance, 504, "GatewayTimeout", 1)]
    public async Task A_fault_hits_its_call_once_before_or_after_the_work(FaultKind kind, int status, string code, int delivered)
    {
        var (run, send) = await WithDraftAsync();
        await using var _ = run;
        run.Host.Faults.Arm(
            new() { Kind = kind, Method = "POST", Path = "/users/*/messages/*/send", Delay = TimeSpan.FromMilliseconds(1) });
        await run.GetAsync($"users/{Desk}/messages");
        await run.RefusedAsync(HttpMethod.Post, send, null, (HttpStatusCode)status, code);
        Assert.Equal(delivered, run.Host.Messages(Joe).Count);
        Assert.Empty(run.Host.Faults.Armed);
        if (delivered == 0)
        {
            await run.PostAsync(send, null, HttpStatusCode.Accepted);
            Assert.Single(run.Host.Messages(Joe));
        }
    }

    [Fact]
    public async Task Retry_After_says_what_the_fault_says()
    {
        var (run, send) = await WithDraftAsync();
        await using var _ = run;
        run.Host.Faults.Arm(new() { Kind = FaultKind.TooManyRequests, RetryAfter = TimeSpan.FromSeconds(300) });
        using var response = await run.Http.PostAsync(new Uri(send, UriKind.Relative), null, Cancelled);
        Assert.Equal(TimeSpan.FromSeconds(300), response.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData(FaultKind.ConnectionReset, 0)]
    [InlineData(FaultKind.ConnectionResetAfterAcceptance, 1)]
    public async Task A_connection_may_break_before_or_after_the_work(FaultKind kind, int delivered)
    {
        var (run, send) = await WithDraftAsync();
        await using var _ = run;
        run.Host.Faults.Arm(new() { Kind = kind, Path = "*/send" });
        await Assert.ThrowsAsync<HttpRequestException>(
            () => run.Http.PostAsync(new Uri(send, UriKind.Relative), null, Cancelled));
        Assert.Equal(delivered, run.Host.Messages(Joe).Count);
    }

    [Fact]
    public async Task A_client_that_gives_up_waiting_finds_the_work_done_or_not()
    {
        var (run, send) = await WithDraftAsync();
        await using var _ = run;
        run.Host.Faults.Arm(new() { Kind = FaultKind.SilenceAfterAcceptance, Path = "*/send" });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var answer = run.Http.PostAsync(new Uri(send, UriKind.Relative), null, patience.Token);
        while (run.Host.Messages(Joe).Count == 0)
        {
            await Task.Delay(5, Cancelled);
        }

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_fault_lets_calls_pass_first_and_hits_as_often_as_it_says()
    {
        await using var run = await StartAsync();
        run.Host.Faults.Arm(
            new() { Kind = FaultKind.ServiceUnavailable, Method = "GET", Path = "/users/*/messages", After = 1, Times = 2 });
        var statuses = new List<int>();
        for (var call = 0; call < 4; call++)
        {
            using var response = await run.Http.GetAsync(new Uri($"users/{Desk}/messages", UriKind.Relative), Cancelled);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([200, 503, 503, 200], statuses);
    }

    [Fact]
    public async Task Parallel_calls_are_hit_exactly_as_often_as_the_fault_says()
    {
        await using var run = await StartAsync();
        run.Host.Faults.Arm(new() { Kind = FaultKind.TooManyRequests, Times = 10 });
        var statuses = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            using var response = await run.Http.GetAsync(new Uri($"users/{Desk}/messages", UriKind.Relative), Cancelled);
            return (int)response.StatusCode;
        }));
        Assert.Equal(10, statuses.Count(status => status == 429));
    }

    [Fact]
    public async Task A_move_can_fail_and_leaves_the_message_where_it_was()
    {
        await using var run = await StartAsync();
        run.Host.As(Joe).Write([Desk], "x", "y");
        run.Host.Faults.Arm(new() { Kind = FaultKind.InternalServerError, Path = "*/move" });
        await run.RefusedAsync(
            HttpMethod.Post,
            $"users/{Desk}/messages/{run.Host.Messages(Desk).Single().Id}/move",
            """{"destinationId":"archive"}""",
            HttpStatusCode.InternalServerError,
            "ErrorInternalServerError");
        Assert.Single(run.Host.Messages(Desk));
    }

    [Fact]
    public async Task A_call_that_Graph_refuses_uses_up_its_fault_too()
    {
        await using var run = await StartAsync();
        run.Host.Faults.Arm(new() { Kind = FaultKind.GatewayTimeoutAfterAcceptance });
        await run.RefusedAsync(HttpMethod.Get, $"users/{Desk}/messages/none", null, HttpStatusCode.NotFound, "ErrorItemNotFound");
        Assert.Empty(run.Host.Faults.Armed);
    }

    [Fact]
    public async Task Faults_are_armed_listed_and_cleared_over_http()
    {
        await using var run = await StartAsync();
        using var http = new HttpClient { BaseAddress = run.Host.Address };
        using var armed = await http.PostAsJsonAsync(
            new Uri("_emulator/faults", UriKind.Relative),
            new { kind = "TooManyRequests", method = "POST", path = "/users/*/sendMail", times = 2, retryAfter = "00:05:00" },
            Cancelled);
        Assert.Equal(HttpStatusCode.Created, armed.StatusCode);
        var list = await http.GetFromJsonAsync<JsonArray>(new Uri("_emulator/faults", UriKind.Relative), Cancelled);
        Assert.Equal("/users/*/sendMail", (string)list!.Single()!["path"]!);
        await run.RefusedAsync(
            HttpMethod.Post,
            $"users/{Desk}/sendMail",
            $$"""{"message":{{Draft("x", Joe)}}}""",
            HttpStatusCode.TooManyRequests,
            "TooManyRequests");
        using var cleared = await http.DeleteAsync(new Uri("_emulator/faults", UriKind.Relative), Cancelled);
        Assert.Empty(run.Host.Faults.Armed);
        using var wrong = await http.PostAsJsonAsync(
            new Uri("_emulator/faults", UriKind.Relative), new { kind = "Rain" }, Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Every_call_is_logged_with_what_the_client_was_told()
    {
        await using var run = await StartAsync();
        using var http = new HttpClient { BaseAddress = run.Host.Address };
        run.Host.Faults.Arm(new() { Kind = FaultKind.ServiceUnavailable });
        await run.RefusedAsync(
            HttpMethod.Get, $"users('{Desk}')/messages?$top=1", null, HttpStatusCode.ServiceUnavailable, "ServiceUnavailable");
        await run.GetAsync($"users/{Desk}/messages?$select=id");
        var log = await http.GetFromJsonAsync<JsonArray>(new Uri("_emulator/requests", UriKind.Relative), Cancelled);
        Assert.Equal(
            [$"GET /users/{Desk}/messages ?$top=1 503 ServiceUnavailable", $"GET /users/{Desk}/messages ?$select=id 200 "],
            log!.Select(call => $"{call!["method"]} {call["path"]} {call["query"]} {call["status"]} {call["fault"]}"));
        using var cleared = await http.DeleteAsync(new Uri("_emulator/requests", UriKind.Relative), Cancelled);
        Assert.Empty(run.Host.Requests);
    }

    [Fact]
    public async Task A_raw_mail_is_delivered_and_delta_links_expire_over_http()
    {
        await using var run = await StartAsync();
        using var http = new HttpClient { BaseAddress = run.Host.Address };
        using var mime = new ByteArrayContent(Encoding.ASCII.GetBytes("From: a@b.example\r\nSubject: Raw\r\n\r\nx"));
        using var taken = await http.PostAsync(
            new Uri(
                $"_emulator/deliver?to={Desk}&to={Kim}&from=a@b.example&results=dmarc%3Dfail&authAs=Internal74",
                UriKind.Relative), mime, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        var message = run.Host.Messages(Kim).Single();
        Assert.Contains(message.Headers, header => header is { Key: "Authentication-Results", Value: "dmarc=fail" });
        Assert.Contains(message.Headers, header => header is { Key: "X-MS-Exchange-Organization-AuthAs", Value: "Internal74" });
        var link = (string)(await run.GetAsync($"users/{Desk}/mailFolders/inbox/messages/delta"))["@odata.deltaLink"]!;
        using var expired = await http.PostAsync(new Uri("_emulator/delta/expire", UriKind.Relative), null, Cancelled);
        await run.RefusedAsync(HttpMethod.Get, link, null, HttpStatusCode.Gone, "syncStateNotFound");
    }
}
