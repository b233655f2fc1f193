using System.Net;
using System.Net.Http.Headers;
using BscFlow.GraphEmulator.Faults;
using BscFlow.Mail;
using BscFlow.Votes;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Receiving;
using BscFlow.Web;
using BscFlow.Workflow;

namespace BscFlow.Tests.Security;

/// <summary>How much one caller may send, how often, and how many mails may leave.</summary>
public sealed class LimitsTests : IAsyncLifetime
{
    private const int MailsAnHour = 4;

    private ProductHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await ProductHost.StartAsync(["acme"], options: options =>
    {
        options.MailsAnHour = MailsAnHour;
        options.SecurityContact = new Uri("mailto:security@committee.example");
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_caller_who_asks_too_often_is_told_to_wait_and_another_is_served()
    {
        HttpResponseMessage? last = null;
        for (var i = 0; i <= Limits.RequestsAMinute; i++)
        {
            last?.Dispose();
            last = await AskAsync("203.0.113.5:1234");
        }

        using (last)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, last!.StatusCode);
            Assert.NotNull(last.Headers.RetryAfter);
        }

        // What a caller writes before it does not count: the front end adds what it saw.
        using var disguised = await AskAsync("198.51.100.7, 203.0.113.5:99");
        using var other = await AskAsync("198.51.100.7:80");
        using var program = await AskAsync("203.0.113.5:1234", _host.DeskKey);
        Assert.Equal(HttpStatusCode.TooManyRequests, disguised.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, program.StatusCode);
    }

    [Fact]
    public async Task A_person_over_a_limit_sees_a_page_that_says_so()
    {
        using var large = new HttpRequestMessage(HttpMethod.Post, "/vote/acme/x")
        {
            Content = new ByteArrayContent(
            new byte[Limits.BodyBytes + 1])
        };
        large.Headers.Accept.ParseAdd("text/html");
        using var refused = await _host.Client.SendAsync(large, Cancel);
        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "text/html"),
            (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.Contains("more than is taken at once", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        for (var i = 0; i < Limits.RequestsAMinute; i++)
        {
            using var answer = await AskAsync("192.0.2.44:1");
        }

        using var often = new HttpRequestMessage(HttpMethod.Get, "/acme/");
        often.Headers.Add("X-Forwarded-For", "192.0.2.44:1");
        often.Headers.Accept.ParseAdd("text/html");
        using var told = await _host.Client.SendAsync(often, Cancel);
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "text/html"), (told.StatusCode, told.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(told.Headers.RetryAfter);
        Assert.Contains(
            "too many requests from your address", await told.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_network_of_six_is_one_caller()
    {
        for (var i = 0; i < Limits.RequestsAMinute; i++)
        {
            using var answer = await AskAsync($"[2001:db8:0:1::{i:x}]:1");
        }

        using var refused = await AskAsync("[2001:db8:0:1:ffff::1]:1");
        using var other = await AskAsync("[2001:db8:0:2::1]:1");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_refused_whether_or_not_its_length_is_said(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/acme/meetings/0001/minutes")
        {
            Content = new ByteArrayContent(new byte[Limits.BodyBytes + 1]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/markdown");
        request.Headers.Add(Access.KeyHeader, _host.DeskKey);
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.TryAddWithoutValidation("If-Match", "\"x\"");

        using var answer = await _host.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Mails_over_the_limit_of_an_hour_wait_and_the_secretary_is_told_once()
    {
        OutgoingMail[] loop =
        [
            .. Enumerable.Range(0, 30).Select(number => new OutgoingMail
            {
                Key = $"loop|{number}",
                To = [new("Ada Ash", "ada.acme@members.example")],
                Subject = $"Answer {number}",
                Html = "<p>Answer</p>",
                Text = "Answer",
            }),
        ];
        await _host.Get<Outbox>().QueueAsync("acme", loop, Cancel);

        await _host.MoveAsync(TimeSpan.FromMinutes(5));
        await _host.MoveAsync(TimeSpan.FromMinutes(6));
        var told = _host.Graph
            .Messages("sec.acme@committee.example")
            .Count(mail => mail.Subject.Contains("held back", StringComparison.Ordinal));

        Assert.Equal(MailsAnHour, Answers());
        Assert.Equal(1, told);

        // In the next hour some more leave.
        await _host.MoveAsync(TimeSpan.FromHours(1));
        Assert.Equal(2 * MailsAnHour, Answers());
    }

    /// <summary>A program answers each receipt with what it finds in it, for as long as there is a receipt to answer.</summary>
    [Fact]
    public async Task A_program_that_answers_its_receipts_with_ballots_is_answered_no_more_after_some_and_the_secretary_is_told()
    {
        const string Ada = "ada.acme@members.example";
        await using var host = await ProductHost.StartAsync(["acme"]);
        var charter = host.Charters[0];
        await host.SettleAsync();
        var draft = new MotionDraft { Id = "roof", Title = "The roof", Text = "That it be mended.", Rule = "ordinary" };
        Assert.IsType<MotionChange.Made>(await host.Get<OpenMotion>().RunAsync(charter, draft, charter.Secretaries[0], Cancel));
        await host.Get<Clock>().TickAsync("acme", Cancel);
        await host.MoveAsync(TimeSpan.FromMinutes(6));

        var answered = 0;
        for (var mails = 0; mails != host.Graph.Messages(Ada).Count; answered++)
        {
            mails = host.Graph.Messages(Ada).Count;
            host.Graph.As(Ada).Reply(host.Graph.Messages(Ada).Last(mail => mail.ReplyTo.Count > 0).Id, "+1");
            await host.MoveAsync(TimeSpan.FromMinutes(6));
        }

        Assert.Equal(AnswerVoter.MostReceipts + 1, answered);
        Assert.Single(
            host.Graph.Messages("sec.acme@committee.example"), mail => mail.Subject == "Committee acme: The roof (needs you)");
    }

    [Fact]
    public async Task A_mail_that_does_not_leave_takes_nothing_of_the_limit()
    {
        await _host.Get<Outbox>().QueueAsync(
            "acme",
            [new() { Key = "answer|1", To = [new("Ada Ash", "ada.acme@members.example")], Subject = "Answer 1", Html = "<p>Answer</p>", Text = "Answer" }],
            Cancel);
        var send = _host.Get<SendMail>();
        _host.Graph.Faults.Arm(new() { Kind = FaultKind.ServiceUnavailable, Times = 1000 });
        for (var i = 0; i <= MailsAnHour; i++)
        {
            await Assert.ThrowsAsync<MailboxUnavailableException>(() => send.RunAsync(_host.Charters[0], "answer|1", Cancel));
        }

        _host.Graph.Faults.Clear();
        await send.RunAsync(_host.Charters[0], "answer|1", Cancel);
        await send.RunAsync(_host.Charters[0], "answer|1", Cancel);
        var left = new List<Allowed>();
        for (var i = 0; i < MailsAnHour; i++)
        {
            left.Add(await _host.Get<MailAllowance>().TakeAsync(_host.Charters[0], Cancel));
        }

        Assert.Equal(1, Answers());
        Assert.Equal([.. Enumerable.Repeat(Allowed.Yes, MailsAnHour - 1), Allowed.NoMore], left);
    }

    [Fact]
    public async Task Who_sends_one_mail_takes_one_turn_of_the_mails_to_many()
    {
        var (charter, allowance, paces) = (_host.Charters[0], _host.Get<MailAllowance>(), _host.Get<MailPaces>());
        Assert.Equal(Allowed.Yes, await allowance.TakeAsync(charter, Cancel));
        Assert.Equal(MailPace.AMinute - 1, (await paces.TakeAsync(charter.Mailbox, MailPace.AMinute, Cancel)).Granted);

        _host.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(Allowed.Yes, await allowance.TakeAsync(charter, Cancel));
        Assert.Equal(Allowed.Yes, await allowance.TakeAsync(charter, Cancel));
        Assert.Equal(MailPace.AMinute - 3, (await paces.TakeAsync(charter.Mailbox, MailPace.AMinute, Cancel)).Granted);
    }

    [Fact]
    public async Task Whoever_finds_a_hole_is_told_whom_to_tell()
    {
        var text = await _host.Client.GetStringAsync("/.well-known/security.txt", Cancel);

        Assert.Contains("Contact: mailto:security@committee.example", text, StringComparison.Ordinal);
        Assert.Contains("Expires: 2026-07-04T00:00:00Z", text, StringComparison.Ordinal);
    }

    private int Answers() =>
        _host.Graph
            .Messages("ada.acme@members.example")
            .Count(mail => mail.Subject.StartsWith("Answer", StringComparison.Ordinal));

    private async Task<HttpResponseMessage> AskAsync(string forwardedFor, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        if (key is not null)
        {
            request.Headers.Add(Access.KeyHeader, key);
        }

        return await _host.Client.SendAsync(request, Cancel);
    }
}
