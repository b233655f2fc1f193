using BscFlow.GraphEmulator;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class PersonTests
{
    private static async Task<EmulatorRun> WithVoteAsync(string extra = "")
    {
        var run = await StartAsync();
        await run.SendMailAsync($$"""
            {"subject":"Vote: charter","body":{"contentType":"html","content":"<p>Answer +1 or -1.</p><p>Thanks</p>"},
             "toRecipients":[{"emailAddress":{"address":"{{Joe}}"} }],
             "replyTo":[{"emailAddress":{"address":"bsc+token@committee.example"} }]{{extra}}}
            """);
        return run;
    }

    [Theory]
    [InlineData(ReplyStyle.TopPost, """
        +1

        On Mon, Jan 5, 2026 at 9:00 AM BSC <bsc@committee.example> wrote:

        > Answer +1 or -1.
        >
        > Thanks
        """)]
    [InlineData(ReplyStyle.BottomPost, """
        On Mon, Jan 5, 2026 at 9:00 AM BSC <bsc@committee.example> wrote:
        > Answer +1 or -1.
        >
        > Thanks

        +1
        """)]
    [InlineData(ReplyStyle.Outlook, """
        +1

        ________________________________
        From: BSC <bsc@committee.example>
        Sent: Monday, January 5, 2026 9:00 AM
        To: joe@example.org <joe@example.org>
        Subject: Vote: charter

        Answer +1 or -1.

        Thanks
        """)]
    [InlineData(ReplyStyle.NoQuote, "+1")]
    public async Task A_reply_quotes_as_that_persons_program_does(ReplyStyle style, string expected)
    {
        await using var run = await WithVoteAsync();
        run.Host.As(Joe).Reply(run.Host.Messages(Joe).Single().Id, "+1", style);
        var reply = run.Host.Messages(Desk).Single();
        using var mime = await MimeKit.MimeMessage.LoadAsync(
            new MemoryStream(reply.Mime!.Value.ToArray()), TestContext.Current.CancellationToken);
        Assert.Equal(expected.ReplaceLineEndings("\n"), mime.TextBody!.ReplaceLineEndings("\n").Trim());
        Assert.Equal(style is ReplyStyle.TopPost or ReplyStyle.Outlook, mime.HtmlBody is not null);
    }

    [Fact]
    public async Task A_reply_of_a_phone_is_html_alone_above_the_quote()
    {
        await using var run = await WithVoteAsync();
        run.Host.As(Joe).Reply(run.Host.Messages(Joe).Single().Id, "+1 & thanks", ReplyStyle.HtmlAlone);
        using var mime = await MimeKit.MimeMessage.LoadAsync(
            new MemoryStream(run.Host.Messages(Desk).Single().Mime!.Value.ToArray()), TestContext.Current.CancellationToken);
        Assert.Null(mime.TextBody);
        Assert.StartsWith("<div dir=\"ltr\">+1 &amp; thanks</div>", mime.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<blockquote class=\"gmail_quote\"", mime.HtmlBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailForm.Text, "-1 < 0", null)]
    [InlineData(MailForm.TextAndHtml, "-1 < 0", "<div dir=\"ltr\">-1 &lt; 0</div>")]
    [InlineData(MailForm.HtmlAlone, null, "<div dir=\"ltr\">-1 &lt; 0</div>")]
    public async Task A_new_mail_is_text_or_html_or_both(MailForm form, string? text, string? html)
    {
        await using var run = await StartAsync();
        run.Host.As(Joe).Write([Desk], "Vote", "-1 < 0", form);
        using var mime = await MimeKit.MimeMessage.LoadAsync(
            new MemoryStream(run.Host.Messages(Desk).Single().Mime!.Value.ToArray()), TestContext.Current.CancellationToken);
        Assert.Equal((text, html), (mime.TextBody?.Trim(), mime.HtmlBody?.Trim()));
    }

    [Fact]
    public async Task A_reply_goes_to_Reply_To_and_names_what_it_answers()
    {
        await using var run = await WithVoteAsync();
        var vote = run.Host.Messages(Joe).Single();
        run.Host.As(Joe).Reply(vote.Id, "+1");
        var reply = run.Host.Messages(Desk).Single();
        Assert.Equal(["bsc+token@committee.example"], reply.To);
        Assert.Equal("Re: Vote: charter", reply.Subject);
        Assert.Equal(vote.ConversationId, reply.ConversationId);
        Assert.Contains(reply.Headers, header => header.Key == "In-Reply-To" && header.Value == vote.InternetMessageId);
        Assert.Contains(reply.Headers, header => header.Key == "References" && header.Value == vote.InternetMessageId);
        Assert.True(run.Host.Messages(Joe).Single().IsRead);
        Assert.Equal(["Re: Vote: charter"], run.Host.Messages(Joe, "sentitems").Select(message => message.Subject));
    }

    [Fact]
    public async Task Somebody_who_gets_it_forwarded_can_answer_and_does_so_under_the_own_name()
    {
        await using var run = await WithVoteAsync();
        run.Host.As(Joe).Forward(run.Host.Messages(Joe).Single().Id, [Dana], "Can you vote?");
        var forwarded = run.Host.Messages(Dana).Single();
        Assert.Equal("Fwd: Vote: charter", forwarded.Subject);
        Assert.Contains("Answer +1 or -1.", forwarded.Text, StringComparison.Ordinal);
        run.Host.As(Dana).Write(["bsc+token@committee.example"], "Re: Vote: charter", "+1");
        var vote = run.Host.Messages(Desk).Single();
        Assert.Equal(Dana, vote.From);
        Assert.Contains(
            "header.from=example.net",
            vote.Headers.Single(header => header.Key == "Authentication-Results").Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_away_answers_each_sender_once_and_automatically()
    {
        await using var run = await WithVoteAsync();
        run.Host.As(Joe).OutOfOffice("Away. I vote +1 when back.");
        run.Host.As(Dana).Write([Joe], "Lunch?", "x");
        run.Host.As(Dana).Write([Joe], "Dinner?", "x");
        await run.SendMailAsync(Draft("Reminder", Joe));
        var answer = run.Host.Messages(Dana).Single();
        Assert.Equal("Automatic reply: Lunch?", answer.Subject);
        Assert.Contains(answer.Headers, header => header is { Key: "Auto-Submitted", Value: "auto-replied" });
        Assert.Contains(answer.Headers, header => header is { Key: "Return-Path", Value: "<>" });
        Assert.Equal("Away. I vote +1 when back.", answer.Text.Trim());
        Assert.Equal("Automatic reply: Reminder", run.Host.Messages(Desk).Single().Subject);
        run.Host.As(Joe).OutOfOffice(null);
        run.Host.As(Dana).Write([Joe], "Breakfast?", "x");
        Assert.Single(run.Host.Messages(Dana));
    }

    [Fact]
    public async Task An_automatic_answer_to_somebody_who_is_not_here_brings_no_report_back()
    {
        await using var run = await StartAsync();
        run.Host.As(Joe).OutOfOffice("Away");
        run.Host.Deliver(
            new() { Mime = "From: a@b.example\r\n\r\nx"u8.ToArray(), Recipients = [Joe], ReturnPath = "a@b.example" });
        Assert.Single(run.Host.Messages(Joe));
    }

    [Fact]
    public async Task Two_people_who_are_away_do_not_answer_each_other_for_ever()
    {
        await using var run = await StartAsync();
        run.Host.As(Joe).OutOfOffice("Away");
        run.Host.As(Dana).OutOfOffice("Away too");
        run.Host.As(Dana).Write([Joe], "Hi", "x");
        Assert.Single(run.Host.Messages(Dana));
        Assert.Single(run.Host.Messages(Joe));
    }

    [Fact]
    public async Task Only_a_mailbox_of_Exchange_heeds_the_wish_for_no_automatic_answer()
    {
        const string Suppress = ",\"internetMessageHeaders\":[{\"name\":\"X-Auto-Response-Suppress\",\"value\":\"All\"}]";
        await using var run = await StartAsync();
        run.Host.As(Joe).OutOfOffice("Away");
        run.Host.As(Kim).OutOfOffice("Away");
        await run.SendMailAsync($$"""
            {"subject":"x",
             "toRecipients":[{"emailAddress":{"address":"{{Joe}}"} },{"emailAddress":{"address":"{{Kim}}"} }]{{Suppress}}}
            """);
        Assert.Equal([Joe], run.Host.Messages(Desk).Select(message => message.From));
    }

    [Fact]
    public async Task A_message_that_is_not_there_cannot_be_answered()
    {
        await using var run = await StartAsync();
        Assert.Throws<ArgumentException>(() => run.Host.As(Joe).Reply("none", "x"));
        Assert.Throws<ArgumentException>(() => run.Host.As("nobody@example.org"));
        run.Host.As(Dana).Write([Joe], "no invitation", "x");
        Assert.Throws<ArgumentException>(() => run.Host.As(Joe).Answer(run.Host.Messages(Joe).Single().Id, MeetingAnswer.Accept));
    }
}
