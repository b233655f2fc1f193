using System.Globalization;
using System.Net;
using System.Text;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Publishing.Targets;
using BscFlow.Tests.Mail.Incoming;
using BscFlow.Tests.Web;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tokens;
using static BscFlow.Tests.Votes.SmallCommittee;

namespace BscFlow.Tests.Votes.Opening;

/// <summary>Nobody votes on a text that they have not seen, and whoever was called is told of what changed since.</summary>
public sealed class ChangedMotionTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Second = "Shall we adopt the second text?";

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task A_ballot_that_lay_in_the_mailbox_while_the_text_was_corrected_is_asked_for_again()
    {
        var motion = await _run.OpenAsync();
        _run.Answer(Inbox.Tessa, "+1");
        _run.Clock.Advance(TimeSpan.FromMinutes(1));
        await CorrectAsync(motion.Title, Second);
        await _run.SettleAsync();

        await _run.ReadAsync();
        await _run.SettleAsync();

        Assert.Empty(await _run.BallotsAsync());
        var answer = _run.Host.Messages(Inbox.Tessa)[^1].Text.ReplaceLineEndings(" ");
        Assert.Contains("it came before the text was corrected", answer, StringComparison.Ordinal);
        _run.Answer(Inbox.Tessa, "-1");
        await _run.ReadAsync();
        Assert.Equal(Vote.Against, Assert.Single(await _run.BallotsAsync()).Vote);
    }

    [Fact]
    public async Task A_form_that_shows_the_old_text_votes_on_nothing()
    {
        await using var run = await VoteRun.StartAsync(azurite, served: true);
        var motion = await run.OpenAsync();
        using var browser = new PageClient(run.Site);
        var path = $"/vote/{run.Id}/{run.Of<VotingKeys>().PageToken(run.Id, motion.Id, "tessa").Reveal()}";
        var shown = await browser.PageAsync(path);
        run.Clock.Advance(TimeSpan.FromMinutes(1));
        Made(await run.Of<CorrectMotion>().RunAsync(run.Charter, motion.Id, motion.Title, Second, VoteRun.Secretary, Cancel));

        using var refused = await browser.PressAsync(path, shown, "Vote", ("vote", "For"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("the text was corrected after you opened this page", page, StringComparison.Ordinal);
        Assert.Contains(Second, page, StringComparison.Ordinal);
        Assert.Empty(await run.BallotsAsync());

        using var voted = await browser.PressAsync(path, await browser.PageAsync(path), "Vote", ("vote", "Against"));
        Assert.Equal(HttpStatusCode.Found, voted.StatusCode);
        Assert.Equal(Vote.Against, Assert.Single(await run.BallotsAsync()).Vote);
    }

    [Fact]
    public async Task Of_a_motion_that_is_withdrawn_before_anybody_is_called_the_page_says_so()
    {
        var motion = Made(await _run.Of<OpenMotion>().RunAsync(_run.Charter, Draft, Inbox.Tessa, Cancel));

        // As after a kill between its page and its first call.
        await _run.Of<ShowChanges>()(_run.Charter, Cancel);
        Made(await _run.Of<WithdrawMotion>().RunAsync(_run.Charter, motion.Id, "Not now.", Inbox.Tessa, Cancel));
        await _run.SettleAsync();

        var page = await _run.Of<BlobSite>().FindAsync(_run.Id, SitePath.Motion(motion.Id), Cancel);
        Assert.Contains("<dd>Not now.</dd>", Encoding.UTF8.GetString(page!), StringComparison.Ordinal);
        Assert.Empty(_run.Host.Messages(Inbox.Tessa));
    }

    [Fact]
    public async Task Each_time_that_a_voter_is_called_again_is_on_record_and_reaches_where_they_are_called()
    {
        var motion = await _run.OpenAsync(Election("election", voters: 1));
        string[] addresses = ["slip@contributors.example", "right@contributors.example", "slip@contributors.example"];
        foreach (var address in addresses)
        {
            Made(await _run.Of<CallAgain>().RunAsync(_run.Charter, motion.Id, "v-0000001", address, "sec", Cancel));
            _run.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            [
                "v-0000001 at slip@contributors.example in place of voter0@contributors.example",
                "v-0000001 at right@contributors.example in place of slip@contributors.example",
                "v-0000001 at slip@contributors.example in place of right@contributors.example",
            ],
            await _run.EventsAsync()
                .Where(entry => entry.Event == "voter-called-again")
                .Select(entry => entry.Detail)
                .ToListAsync(Cancel));
        var waiting = await _run.Of<Outbox>().WaitingAsync(_run.Id, Cancel).ToListAsync(Cancel);
        var called = await Task.WhenAll(waiting.Select(key => _run.Of<Outbox>().FindAsync(_run.Id, key, Cancel)));
        Assert.Equal(addresses.ToHashSet(), called.Select(mail => mail!.Mail.To[0].Address).ToHashSet());
    }

    [Fact]
    public async Task Each_correction_is_told_and_on_record_also_one_of_the_title_alone_and_one_that_goes_back()
    {
        var motion = await _run.OpenAsync();
        (string Title, string Text)[] corrections =
            [("A new charter", motion.Text), ("Our new charter", motion.Text), (motion.Title, Second), (motion.Title, motion.Text)];
        foreach (var (title, text) in corrections)
        {
            _run.Clock.Advance(TimeSpan.FromMinutes(1));
            await CorrectAsync(title, text);
            await _run.SettleAsync();
            var told = _run.Host.Messages(Inbox.Ida)[^1];
            Assert.Contains(
                "was corrected before anybody voted on it", told.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
            Assert.Contains(title, told.Subject, StringComparison.Ordinal);
            Assert.Contains(text, told.Text, StringComparison.Ordinal);
        }

        Assert.Equal(1 + corrections.Length, _run.Host.Messages(Inbox.Ida).Count);
        Assert.Equal(
            corrections.Select(correction => $"{correction.Title}\n{correction.Text}"),
            (await _run.EventsAsync().Where(entry => entry.Event == "motion-corrected").ToListAsync(Cancel)).Select(
                entry => entry.Detail));
    }

    [Fact]
    public async Task What_changes_while_calls_are_queued_is_told_whoever_was_called_before()
    {
        await KillAndChangeAsync(
            async id => await CorrectAsync(Draft.Title, Second, id),
            async id => Assert.All(
                await MailsAsync(id),
                mails => Assert.Contains(Second, mails[^1].Text.ReplaceLineEndings(" "), StringComparison.Ordinal)));
        await KillAndChangeAsync(
            async id => Made(await _run.Of<ExtendMotion>().RunAsync(_run.Charter, id, Opened.AddDays(40), "sec", Cancel)),
            async id => Assert.All(
                await MailsAsync(id),
                mails => Assert.Contains("10 August 2025", mails[^1].Text.ReplaceLineEndings(" "), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_motion_that_is_withdrawn_while_calls_are_queued_says_farewell_to_whoever_was_called()
    {
        var farewells = 0;
        await KillAndChangeAsync(
            async id => Made(await _run.Of<WithdrawMotion>().RunAsync(_run.Charter, id, "A mistake.", "sec", Cancel)),
            async id =>
            {
                foreach (var mails in await MailsAsync(id))
                {
                    Assert.True(mails.Count == 0 || mails[^1].Text.Contains("A mistake.", StringComparison.Ordinal));
                    farewells += mails.Count;
                }

                Assert.Equal(MotionNews.None, (await _run.MotionAsync(id)).News);
            });
        Assert.True(farewells > 0);
    }

    [Fact]
    public async Task A_correction_that_was_cut_off_closes_nothing_while_a_ballot_lies_in_the_mailbox()
    {
        var motion = await _run.OpenAsync(Draft with { Rule = "ordinary" });
        foreach (var voter in (string[])["tessa", "oren", "abel", "mia"])
        {
            Assert.IsType<Casting.Accepted>(await _run.Of<CastBallot>().FromPageAsync(
                _run.Of<VotingKeys>().PageToken(_run.Id, motion.Id, voter), Vote.For, null, voter, Cancel));
        }

        _run.Clock.SetUtcNow(motion.EarliestClose!.Value.AddHours(1));
        _run.Answer(Inbox.Tessa, "-1");
        _run.Switch.KillAfter(1);
        await Assert.ThrowsAnyAsync<Exception>(() => CorrectAsync(motion.Title, Second));
        await _run.RestartAsync();
        Assert.NotNull((await _run.MotionAsync()).BoxShut);

        await _run.StepAsync();

        motion = await _run.MotionAsync();
        Assert.Equal((MotionState.Open, null, 2), (motion.State, motion.BoxShut, motion.Box));
        var count = await _run.Of<BallotStore>().CountAsync(motion, Cancel);
        Assert.Equal((3, 1), (count.For, count.Against));
    }

    [Fact]
    public async Task What_was_done_is_noted_though_ballots_come_and_not_on_a_motion_that_says_something_else()
    {
        var told = await _run.OpenAsync();
        var store = _run.Of<MotionStore>();
        var ballot = _run.Clock.GetUtcNow().AddHours(1);
        await store.MarkBallotAsync(told, ballot, Cancel);

        var noted = await store.NoteAsync(told, motion => motion with { MailedTo = "kind|ida" }, Cancel);
        Assert.Equal(("kind|ida", ballot), (noted!.MailedTo, noted.LastBallot));

        await CorrectAsync(told.Title, Second);
        Assert.Null(await store.NoteAsync(noted, motion => motion with { MailedTo = "kind|lev" }, Cancel));
        Assert.Equal("kind|ida", (await _run.MotionAsync()).MailedTo);
    }

    [Fact]
    public async Task Whoever_stands_in_the_charter_no_more_is_not_called_again()
    {
        var motion = await _run.OpenAsync();
        var without = _run.Charter with { Members = [.. _run.Charter.Members.Where(member => member.Id != "ida")] };

        var refused = await _run.Of<CallAgain>().RunAsync(without, motion.Id, "ida", address: null, "sec", Cancel);

        Assert.Equal("ida stands in the charter no more", Refused(refused));
        Assert.Equal(motion.ETag, (await _run.MotionAsync()).ETag);
    }

    /// <summary>
    /// Kills the calls of a motion of its own before each of their writes, changes it then, and does what is due to the end.
    /// </summary>
    private async Task KillAndChangeAsync(Func<string, Task> change, Func<string, Task> check)
    {
        var killed = true;
        for (var writes = 0; killed; writes++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"motion-{Guid.NewGuid():N}");
            Made(await _run.Of<OpenMotion>().RunAsync(_run.Charter, Draft with { Id = id }, "tessa", Cancel));
            _run.Switch.KillAfter(writes);
            try
            {
                await _run.StepAsync();
            }
            catch (Exception) when (_run.Switch.Killed)
            {
            }

            killed = _run.Switch.Killed;
            await _run.RestartAsync();
            _run.Clock.Advance(TimeSpan.FromSeconds(1));
            await change(id);
            await _run.StepAsync();
            await check(id);
        }
    }

    private async Task CorrectAsync(string title, string text, string? id = null) =>
        Made(await _run.Of<CorrectMotion>().RunAsync(_run.Charter, id ?? Draft.Id, title, text, VoteRun.Secretary, Cancel));

    /// <summary>The mails about a motion that wait for each of its voters, the call first.</summary>
    private async Task<IReadOnlyList<IReadOnlyList<OutgoingMail>>> MailsAsync(string motion)
    {
        var keys = await _run.Of<Outbox>().WaitingAsync(_run.Id, Cancel)
            .Where(key => key.Contains($"|{motion}|", StringComparison.Ordinal))
            .ToListAsync(Cancel);
        List<IReadOnlyList<OutgoingMail>> mails = [];
        foreach (var voter in (await _run.MotionAsync(motion)).Electorate.Asked.Select(elector => elector.Id))
        {
            List<OutgoingMail> of = [];
            foreach (var key in keys.Where(key => key.EndsWith($"|{voter}", StringComparison.Ordinal))
                .OrderByDescending(key => key.StartsWith("vote|", StringComparison.Ordinal)))
            {
                of.Add((await _run.Of<Outbox>().FindAsync(_run.Id, key, Cancel))!.Mail);
            }

            mails.Add(of);
        }

        return mails;
    }
}
