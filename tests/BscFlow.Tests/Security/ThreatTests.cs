using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using Azure.Storage.Queues;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Tests.Local.Commands;
using BscFlow.Tests.Mail.Incoming;
using BscFlow.Tests.Votes;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Tokens;
using BscFlow.Workflow;

namespace BscFlow.Tests.Security;

/// <summary>What somebody may try, each tried on the whole product.</summary>
public sealed class ThreatTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_in_the_minutes_is_text_on_the_page()
    {
        using var folder = new TemporaryFolder();
        var minutes = Directory.CreateDirectory(Path.Combine(folder.Path, "minutes")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(minutes, "2026.md"),
            """
            ## Meeting #1 - 2026-01-08
            - **Duration:** 45 min
            - **Chair:** Amara Okafor <img src=x onerror=alert(1)>
            - **Participants:**
              - <script>alert(1)</script>
              - "><svg onload=alert(1)>
            - **Notes:**
              - [a link](javascript:alert(1)) and [another](data:text/html,<script>alert(1)</script>)
              - <iframe src="https://evil.example/"></iframe><a href="x" onclick="alert(1)">x</a>
              - AI(Amara): <script>alert(1)</script>
            """,
            Cancel);
        var site = Path.Combine(folder.Path, "site");

        var published = await Typed.RunAsync("publish", minutes, "--charter", Tidewater.PathOf("charter.json"), "--out", site);

        Assert.Equal(("", 0), (published.Error, published.ExitCode));
        var pages = Directory.EnumerateFiles(site, "*.html", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(pages);
        Assert.All(pages, page =>
        {
            // As a browser reads it: what is escaped may stand there.
            var read = new HtmlParser().ParseDocument(File.ReadAllText(page));
            Assert.All(read.QuerySelectorAll("script"), script => Assert.Equal("", script.TextContent));
            Assert.Empty(read.QuerySelectorAll("iframe, object, embed, img[src=x], svg[onload]"));
            Assert.All(read.All, element =>
            {
                Assert.DoesNotContain(
                    element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
                var leads = element.GetAttribute("href") ?? element.GetAttribute("src") ?? "";
                Assert.False(leads.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase), leads);
                Assert.False(leads.StartsWith("data:text", StringComparison.OrdinalIgnoreCase), leads);
            });
        });
    }

    [Fact]
    public async Task A_mail_that_is_too_large_is_kept_for_a_person_and_not_read()
    {
        await using var run = await VoteRun.StartAsync(azurite);
        await run.OpenAsync();
        run.Deliver(
            $"From: Tessa <{Inbox.Tessa}>\nTo: {{mailbox}}\nSubject: Re [{{token}}]\nMessage-ID: <large@quill.example>\n",
            "+1\n\n" + string.Concat(Enumerable.Repeat(new string('x', 1000) + "\n", 1 + (TakeMail.LargestBytes / 1000))));

        var row = await run.ReadOneAsync();

        Assert.Equal((MailKind.Unclear, true), (row.Kind, row.NeedsPerson));
        Assert.Contains("larger", row.Reason, StringComparison.Ordinal);
        Assert.Empty(await run.BallotsAsync());
    }

    [Fact]
    public async Task A_calendar_answer_with_a_vote_in_it_is_no_ballot()
    {
        await using var run = await VoteRun.StartAsync(azurite);
        await run.OpenAsync();
        run.Deliver(
            $"From: Tessa <{Inbox.Tessa}>\nTo: {{mailbox}}\nSubject: Accepted: [{{token}}]\nMessage-ID: <calendar@quill.example>\n"
                + "Content-Type: text/calendar; method=REPLY; charset=utf-8\n",
            "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nCOMMENT:+1\nDESCRIPTION:+1\n"
                + $"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{Inbox.Oren}\nSUMMARY:{new string('+', 50_000)}1\nEND:VEVENT\nEND:VCALENDAR\n");

        var row = await run.ReadOneAsync();

        Assert.NotEqual(MailKind.Ballot, row.Kind);
        Assert.Empty(await run.BallotsAsync());
    }

    [Fact]
    public async Task Who_only_opens_a_link_votes_for_nobody()
    {
        await using var host = await ProductHost.StartAsync(["acme"]);
        var motion = await OpenAsync(host);
        var link = $"/vote/acme/{host.Get<VotingKeys>().PageToken("acme", motion.Id, "ada").Reveal()}";
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Get])
        {
            using var request = new HttpRequestMessage(method, $"{link}?vote=For");
            using var answer = await host.Client.SendAsync(request, Cancel);
        }

        Assert.Null(await host.Get<BallotStore>().FindAsync(motion, "ada", Cancel));
    }

    [Fact]
    public async Task A_notification_that_is_forged_or_sent_again_changes_nothing()
    {
        await using var host = await ProductHost.StartAsync(["acme"]);
        await host.SettleAsync();
        var motion = await OpenAsync(host);
        await host.MoveAsync(TimeSpan.FromMinutes(6));
        var (mailbox, ada) = (host.Charters[0].Mailbox, host.Charters[0].Members[0].Addresses[0]);
        host.Graph.As(ada).Reply(host.Graph.Messages(ada).Last(mail => mail.ReplyTo.Count > 0).Id, "+1");
        await host.MoveAsync(TimeSpan.FromMinutes(6));
        var subscription = (await host.Get<MailboxStates>().FindSubscriptionAsync(mailbox, Cancel))!;
        var before = host.Graph.Messages(ada).Count;

        foreach (var state in (string[])[subscription.ClientState, subscription.ClientState, new string('0', 64), ""])
        {
            using var answer = await host.Client.PostAsJsonAsync(
                "/notifications/graph",
                new
                {
                    value = new[]
                    {
                        new { subscriptionId = subscription.Id, clientState = state, changeType = "created", resource = "users/x/messages/y" },
                    },
                },
                Cancel);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        // What was believed of them is looked after, and nothing of it waits any more.
        var steps = host.Get<QueueServiceClient>().GetQueueClient(Keys.StepsQueue);
        await Eventually.BeAsync(async () =>
        {
            await host.SettleAsync();
            return (await steps.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount == 0;
        });
        await host.MoveAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(before, host.Graph.Messages(ada).Count);
        Assert.Equal(Vote.For, (await host.Get<BallotStore>().FindAsync(motion, "ada", Cancel))!.Vote);
    }

    private static async Task<Motion> OpenAsync(ProductHost host)
    {
        var draft = new MotionDraft { Id = "roof", Title = "The roof", Text = "That it be mended.", Rule = "ordinary" };
        var opened = Assert.IsType<MotionChange.Made>(
            await host.Get<OpenMotion>().RunAsync(host.Charters[0], draft, "sec", Cancel));
        await host.Get<Clock>().TickAsync("acme", Cancel);
        return opened.Motion;
    }
}
