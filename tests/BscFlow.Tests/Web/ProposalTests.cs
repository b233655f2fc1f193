using System.Net;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Votes;
using BscFlow.Votes.Opening;

namespace BscFlow.Tests.Web;

/// <summary>From a line of the minutes to an open motion.</summary>
public sealed class ProposalTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset January = new(2026, 1, 8, 15, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vote_that_the_minutes_announce_is_put_to_the_chair_and_opened_by_one_click()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var meeting = await MinutesAsync(host, charter, "- VOTE(charter): Adopt the new charter. It is on the wiki.");
        await host.Get<ProposeMotions>().RunAsync(charter, meeting.Row, Cancel);
        await host.Get<ProposeMotions>().RunAsync(charter, meeting.Row, Cancel);

        var mail = Assert.Single(await ProposalsAsync(host, charter));
        Assert.Equal(charter.Members.Single(member => member.Id == meeting.Chair).Name, mail.To[0].Name);
        var proposed = Assert.Single(await host.Get<ProposeMotions>().FindAsync(charter, meeting, Cancel));
        var path = host.Get<SiteLinks>().ProposedMotion(charter, meeting.Row, proposed.Id).AbsolutePath;
        Assert.Contains(path, mail.Text, StringComparison.Ordinal);

        var browser = host.NewBrowser();
        var page = await browser.PageAsync(path);
        Assert.Null(await host.Get<MotionStore>().FindAsync(charter.Id, proposed.Id, Cancel));
        using var opened = await browser.PressAsync(path, page, "Open the vote");
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var motion = await host.Get<MotionStore>().FindAsync(charter.Id, proposed.Id, Cancel);
        Assert.Equal(("charter", "Adopt the new charter. It is on the wiki."), (motion!.Rule.Name, motion.Text));

        using var again = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        Assert.Empty(await host.Get<ProposeMotions>().FindAsync(charter, meeting, Cancel));
    }

    [Fact]
    public async Task The_desk_shows_a_vote_that_nobody_opened_until_it_is_open()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var meeting = await MinutesAsync(host, charter, "- VOTE(charter): Adopt the new charter");
        await host.Get<ProposeMotions>().RunAsync(charter, meeting.Row, Cancel);
        var id = Assert.Single(await host.Get<ProposeMotions>().FindAsync(charter, meeting, Cancel)).Id;
        var browser = await host.EnterAsync();
        const string title = "A vote that nobody opened: Adopt the new charter";
        Assert.Contains(title, (await browser.PageAsync($"/desk/{charter.Id}")).Body!.TextContent, StringComparison.Ordinal);

        using var led = await browser.GetAsync($"/desk/{charter.Id}/proposals/{meeting.Row}/{id}");
        var path = led.Headers.Location!.OriginalString;
        using var opened = await browser.PressAsync(path, await browser.PageAsync(path), "Open the vote");
        Assert.DoesNotContain(title, (await browser.PageAsync($"/desk/{charter.Id}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_without_quorum_can_be_opened_by_consensus()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var meeting = await MinutesAsync(host, charter, "- No quorum\n- Decision: We meet in May");
        var proposed = Assert.Single(await host.Get<ProposeMotions>().FindAsync(charter, meeting, Cancel));
        var path = host.Get<SiteLinks>().ProposedMotion(charter, meeting.Row, proposed.Id).AbsolutePath;
        var browser = host.NewBrowser();
        using var opened = await browser.PressAsync(path, await browser.PageAsync(path), "Open the vote", ("consensus", "true"));

        Assert.True((await host.Get<MotionStore>().FindAsync(charter.Id, proposed.Id, Cancel))!.Rule.Consensus);
    }

    [Fact]
    public async Task What_the_chair_chose_stays_when_it_is_refused_and_a_rule_that_leaves_somebody_out_asks_whom()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var meeting = await MinutesAsync(host, charter, "- VOTE(charter): Priya leaves the committee");
        var proposed = Assert.Single(await host.Get<ProposeMotions>().FindAsync(charter, meeting, Cancel));
        var path = host.Get<SiteLinks>().ProposedMotion(charter, meeting.Row, proposed.Id).AbsolutePath;
        var browser = host.NewBrowser();

        using var refused = await browser.PressAsync(path, await browser.PageAsync(path), "Open the vote", ("rule", "removal"), ("consensus", "true"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await PageClient.ReadAsync(refused);
        Assert.Equal("removal", page.QuerySelector("input[name=rule][checked]")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector("input[name=consensus][checked]"));

        using var opened = await browser.PressAsync(path, page, "Open the vote", ("subject", "priya"), ("consensus", null));
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var motion = (await host.Get<MotionStore>().FindAsync(charter.Id, proposed.Id, Cancel))!;
        Assert.Equal(("removal", "priya"), (motion.Rule.Name, motion.Electorate.Subject));
    }

    [Fact]
    public async Task A_link_for_another_motion_or_meeting_opens_nothing()
    {
        await using var host = await DeskHost.StartAsync(azurite);
        var charter = await host.AddCommitteeAsync();
        var meeting = await MinutesAsync(host, charter, "- VOTE(charter): Adopt it\n- VOTE(charter): Drop it");
        var ids = (await host.Get<ProposeMotions>().FindAsync(charter, meeting, Cancel)).Select(motion => motion.Id).ToList();
        var path = host.Get<SiteLinks>().ProposedMotion(charter, meeting.Row, ids[0]).AbsolutePath;
        using var right = await host.NewBrowser().GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        foreach (var wrong in (string[])[path[..^1] + "x", path.Replace(ids[0], ids[1], StringComparison.Ordinal)])
        {
            using var answer = await host.NewBrowser().GetAsync(wrong);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task<Meeting> MinutesAsync(DeskHost host, Charter charter, string notes)
    {
        var meeting = await host.DraftAsync(charter, January);
        host.Clock.SetUtcNow(meeting.End.AddHours(1));
        var text = $"## Meeting #{meeting.Number} - 2026-01-08\n\n- **Duration:** 30m\n- **Chair:** Amara Okafor\n- **Participants:**\n"
            + "  - Amara Okafor\n  - Inês Carvalho\n  - Priya Raghunathan\n  - Tomás Herrera\n- **Notes:**\n"
            + string.Concat(notes.Split('\n').Select(line => $"  {line}\n"));
        var stored = await host.Get<MinutesStore>().FindAsync(charter.Id, 2026, meeting.Row, Cancel);
        var saved = await host.Get<SaveMinutes>().RunAsync(charter, meeting.Row, text, stored!.ETag, "test", Cancel);
        Assert.IsType<SaveMinutesOutcome.Saved>(saved);
        return (await host.Get<MeetingStore>().FindAsync(charter.Id, meeting.Row, Cancel))!;
    }

    private static async Task<List<OutgoingMail>> ProposalsAsync(DeskHost host, Charter charter)
    {
        List<OutgoingMail> mails = [];
        await foreach (var key in host.Get<Outbox>().WaitingAsync(charter.Id, Cancel))
        {
            if (key.StartsWith(MailKey.Proposal, StringComparison.Ordinal))
            {
                mails.Add((await host.Get<Outbox>().FindAsync(charter.Id, key, Cancel))!.Mail);
            }
        }

        return mails;
    }
}
