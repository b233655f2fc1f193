using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Tests.Web;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Nominations;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Tokens;

namespace BscFlow.Tests.Votes.Nominations;

/// <summary>Nominations by mail and on the page, answers of nominees, and the vote that follows.</summary>
public sealed class NominationTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Friend = "friend@elsewhere.example";
    private const string Id = "2025-07-awards";

    private static readonly MotionDraft Award = SmallCommittee.Draft with
    {
        Id = Id,
        Title = "The award of 2025",
        Text = "Who gets the **award**?\n\nThe [rules](https://ngo.example/rules) say more.",
        Rule = "ordinary",
        Mover = null,
        Seconder = null,
        Options = new OptionVote { Kind = BallotKind.Ranked, Method = CountingMethod.Schulze, Options = [] },
    };

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite, served: true);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task Whoever_is_nominated_and_accepts_stands_on_the_ballot()
    {
        Assert.Null(await OpenAsync());
        await _run.SettleAsync();
        Assert.Contains(
            "asks for nominations until Tuesday 8 July 2025, 11:00", Last("ida@holm.example").Flow(), StringComparison.Ordinal);

        _run.Answer("tessa@quill.example", $"Ada Bell <{Friend}>, Northlight\nme\n\nBoth have earned it.");
        _run.Answer("abel@ngo.example", "Somebody from the north");
        await CollectAsync();
        using var browser = new PageClient(_run.Site);
        var path = PathOf("oren");
        var text = (await browser.PageAsync(path)).QuerySelector(".wording")!;
        Assert.Equal(
            ("award", "rules", 2),
            (text.QuerySelector("strong")!.TextContent, text.QuerySelector("a")!.TextContent, text.QuerySelectorAll("p").Length));
        using var nominated = await browser.PressAsync(
            path, await browser.PageAsync(path), "Nominate", ("written", $"Mia Berg\nAda B. <{Friend}>"));
        Assert.Equal(System.Net.HttpStatusCode.OK, nominated.StatusCode);
        await _run.SettleAsync();

        Assert.Contains(
            "You nominated Ada Bell and yourself.",
            Last("tessa@quill.example", beside: "You are nominated").Flow(),
            StringComparison.Ordinal);
        Assert.Contains("\"Somebody from the north\" names nobody", Last("abel@ngo.example").Flow(), StringComparison.Ordinal);
        Assert.Equal(["You are nominated: The award of 2025"], _run.Subjects(Friend));
        Assert.Contains("Tessa Quill nominated you", Last(Friend).Flow(), StringComparison.Ordinal);

        _run.Answer(Friend, "Accept!\n\nThank you.");
        _run.Answer("mia@berg.example", "decline");
        await CollectAsync();
        var mine = PathOf(Keys.NomineeHolder(Keys.ShortHash("tessa@quill.example")));
        using var accepted = await browser.PressAsync(mine, await browser.PageAsync(mine), "Accept");
        Assert.Equal(System.Net.HttpStatusCode.OK, accepted.StatusCode);

        // The time to nominate is over, and then the time to answer.
        _run.Clock.Advance(TimeSpan.FromDays(8));
        using var late = await browser.PressAsync(path, await browser.PageAsync(path), "Nominate", ("written", "Lev Sand"));
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, late.StatusCode);
        _run.Clock.Advance(TimeSpan.FromDays(2));
        await CollectAsync();
        await _run.SettleAsync();

        var motion = await _run.MotionAsync(Id);
        Assert.Equal(["Ada Bell", "Tessa Quill"], motion.Options!.Names);
        Assert.Equal(("Tessa Quill", "Northlight"), (motion.Options.Options[0].Proposer, motion.Options.Options[0].Affiliation));
        Assert.Contains("A. Ada Bell (Northlight)", Last("ida@holm.example").Text, StringComparison.Ordinal);

        // The link that nominated votes now.
        using var voted = await browser.PressAsync(
            path, await browser.PageAsync(path), "Vote", ("option", "0"), ("mark", "1"), ("option", "1"), ("mark", "2"));
        Assert.Equal(System.Net.HttpStatusCode.Found, voted.StatusCode);
        Assert.Equal(
            "nominated 4, nominations-ended 1, nominations-opened 1, nominee-answered 3",
            string.Join(", ", (await _run.AuditAsync())
                .Where(entry => entry.StartsWith("nomin", StringComparison.Ordinal))
                .CountBy(entry => entry)
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => $"{entry.Key} {entry.Value}")));
    }

    [Fact]
    public async Task Whoever_gives_a_first_name_is_asked_whether_they_mean_the_member_and_whoever_nominates_themselves_is_told_what_comes_next()
    {
        Assert.Null(await OpenAsync());
        await _run.SettleAsync();
        _run.Answer("abel@ngo.example", "tessa");
        _run.Answer("mia@berg.example", "me");
        _run.Answer("ida@holm.example", $"Ada Bell <{Friend}>");
        await CollectAsync();
        await _run.SettleAsync();

        Assert.Contains(
            "\"tessa\" names nobody who can be written to; did you mean Tessa Quill?",
            Last("abel@ngo.example").Flow(),
            StringComparison.Ordinal);
        Assert.Contains(
            "You nominated yourself.  Answer the mail that asks you, and you stand on the ballot.",
            Last("mia@berg.example", beside: "You are nominated").Flow(),
            StringComparison.Ordinal);
        Assert.Contains(
            "Ada Bell is asked, and stands on the ballot if they accept.",
            Last("ida@holm.example").Flow(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_too_few_accept_the_secretary_is_told_and_no_vote_is_opened()
    {
        Assert.Null(await OpenAsync());
        await _run.SettleAsync();
        _run.Clock.Advance(TimeSpan.FromDays(10));
        await CollectAsync();

        await _run.SettleAsync();

        Assert.Null(await _run.Of<MotionStore>().FindAsync(_run.Id, Id, Cancel));
        Assert.Contains("not opened: it has 0 options", Last(VoteRun.Secretary).Flow(), StringComparison.Ordinal);
        Assert.Empty(await _run.Of<NominationStore>().PendingAsync(_run.Id, Cancel));
    }

    /// <summary>
    /// By such a charter the order is on record when the vote opens, and before the nominations are over nobody can be ordered.
    /// </summary>
    [Fact]
    public async Task Where_the_chair_decides_ties_the_vote_waits_for_the_chairs_order()
    {
        await _run.DisposeAsync();
        _run = await VoteRun.StartAsync(
            azurite, charter => charter with { Elections = new ElectionRules { TieBreak = TieRule.Chair } });
        Assert.Null(await OpenAsync());
        await _run.SettleAsync();
        _run.Answer("tessa@quill.example", "Mia Berg\nLev Sand");
        await CollectAsync();
        await _run.SettleAsync();
        _run.Answer("mia@berg.example", "accept");
        _run.Answer("lev@sand.example", "accept");
        _run.Clock.Advance(TimeSpan.FromDays(1));
        await CollectAsync();
        _run.Clock.Advance(TimeSpan.FromDays(9));
        await CollectAsync();
        await _run.SettleAsync();

        Assert.Null(await _run.Of<MotionStore>().FindAsync(_run.Id, Id, Cancel));
        Assert.Contains(
            "put the order of Lev Sand, Mia Berg on record", Last(VoteRun.Secretary).Flow(), StringComparison.Ordinal);
        var open = _run.Of<OpenNominated>();
        Assert.Equal(
            "the chair's order leaves out \"Lev Sand\"; it decides a tie only between options that it names",
            await open.WithChairAsync(_run.Charter, Id, ["Mia Berg"], "sec", Cancel));
        Assert.Null(await open.WithChairAsync(_run.Charter, Id, ["Mia Berg", "Lev Sand"], "sec", Cancel));
        Assert.Equal(["Mia Berg", "Lev Sand"], (await _run.MotionAsync(Id)).Options!.Chair);
        Assert.Equal("it does not wait for the chair", await open.WithChairAsync(_run.Charter, Id, [], "sec", Cancel));
    }

    [Fact]
    public async Task A_nominees_mail_from_another_address_changes_nothing()
    {
        Assert.Null(await OpenAsync());
        await _run.SettleAsync();
        _run.Answer("tessa@quill.example", "Mia Berg");
        await CollectAsync();
        await _run.SettleAsync();
        var asked = _run.Host
            .Messages("mia@berg.example")
            .Last(mail => mail.Subject.StartsWith("You are", StringComparison.Ordinal));

        _run.Host.As(Friend).Write([asked.ReplyTo[0]], asked.Subject, "accept");
        await CollectAsync();

        Assert.Equal(
            NomineeAnswer.None, Assert.Single(await _run.Of<NominationStore>().NomineesAsync(_run.Id, Id, Cancel)).Answer);
    }

    [Fact]
    public async Task An_answer_to_the_call_for_nominations_is_no_ballot_whenever_it_comes()
    {
        const string Oren = "oren@vale.example";
        await NominateAndOpenAsync();
        var asked = _run.Host.Messages(Oren).Single(mail => mail.Subject.StartsWith("Nominations", StringComparison.Ordinal)
            || mail.Text.Contains("asks for nominations", StringComparison.Ordinal));
        var motion = await _run.MotionAsync(Id);

        _run.Host.As(Oren).Reply(asked.Id, "Mia Berg");
        await CollectAsync();
        await _run.SettleAsync();

        Assert.Empty(await _run.Of<BallotStore>().VotersAsync(motion, Cancel));
        Assert.Contains("The time to nominate is over", Last(Oren).Flow(), StringComparison.Ordinal);
        _run.Answer(Oren, "0");
        _run.Host
            .As(Oren)
            .Reply(_run.Host
                .Messages(Oren)
                .Last(mail => mail.Subject.StartsWith("Vote", StringComparison.Ordinal)).Id, "1. Mia Berg");
        await CollectAsync();
        Assert.Equal(["oren"], await _run.Of<BallotStore>().VotersAsync(motion, Cancel));
    }

    [Fact]
    public async Task While_nominations_go_on_no_other_motion_takes_their_id_and_one_that_did_is_not_taken_for_theirs()
    {
        Assert.Null(await OpenAsync());
        Assert.Contains(
            "nominations for \"2025-07-awards\" go on", SmallCommittee.Refused(await OpenOtherAsync()), StringComparison.Ordinal);

        // Two who look at the same moment both find the id free.
        var other = SmallCommittee.Made(Motion.Open(
            _run.Charter,
            new BscFlow.Committee.Roster(_run.Charter),
            SmallCommittee.Draft with { Id = Id },
            _run.Clock.GetUtcNow()));
        Assert.NotNull(await _run.Of<MotionStore>().TryAddAsync(other with { News = MotionNews.None }, Cancel));
        await _run.SettleAsync();
        await NominateTwoAsync();
        await _run.Of<WithdrawMotion>().RunAsync(_run.Charter, Id, "Another one.", "tessa", Cancel);
        _run.Clock.Advance(TimeSpan.FromDays(10));
        await CollectAsync();
        await _run.SettleAsync();

        var ended = await _run.Of<NominationStore>().FindAsync(_run.Id, Id, Cancel);
        Assert.Contains("not opened: there is a motion", ended!.Outcome, StringComparison.Ordinal);
        Assert.Contains(
            _run.Host.Messages(VoteRun.Secretary),
            mail => mail.Flow().Contains("The vote is not opened", StringComparison.Ordinal));

        Task<MotionChange> OpenOtherAsync() =>
            _run.Of<OpenMotion>().RunAsync(_run.Charter, SmallCommittee.Draft with { Id = Id }, "oren", Cancel);
    }

    [Fact]
    public async Task An_older_answer_of_a_nominee_that_comes_in_late_is_told_what_stands()
    {
        const string Mia = "mia@berg.example";
        Assert.Null(await OpenAsync());
        await _run.SettleAsync();
        _run.Answer("tessa@quill.example", "Mia Berg");
        await CollectAsync();
        await _run.SettleAsync();
        _run.Answer(Mia, "accept");
        _run.Clock.Advance(TimeSpan.FromMinutes(5));
        using var browser = new PageClient(_run.Site);
        var mine = PathOf(Keys.NomineeHolder(Keys.ShortHash(Mia)));
        using var declined = await browser.PressAsync(mine, await browser.PageAsync(mine), "Decline");
        Assert.Equal(System.Net.HttpStatusCode.OK, declined.StatusCode);

        await CollectAsync();
        await _run.SettleAsync();

        Assert.Contains("you declined after that, and do not stand on the ballot", Last(Mia).Flow(), StringComparison.Ordinal);
        var answers = await _run.EventsAsync().Where(entry => entry.Event == "nominee-answered").ToListAsync(Cancel);
        Assert.Equal(["Declined"], answers.Select(entry => entry.Detail));
    }

    [Fact]
    public async Task Of_two_calls_under_one_id_the_one_that_is_first_asks_what_it_asks()
    {
        var now = _run.Clock.GetUtcNow();
        var calls = Enumerable.Range(0, 8).Select(i => new NominationCall
        {
            Committee = _run.Id,
            Draft = Award with { Title = $"Award {i}" },
            NominateUntil = now.AddDays(i + 1),
            AnswerUntil = now.AddDays(i + 2),
            Electorate = Electorate.On(new BscFlow.Committee.Roster(_run.Charter), new DateOnly(2025, 7, 1)),
            Opened = now,
        }).ToList();

        var added = await Task.WhenAll(calls.Select(call => _run.Of<NominationStore>().TryAddAsync(call, Cancel)));

        var first = calls[Array.IndexOf(added, true)];
        Assert.Single(added, one => one);
        var found = await _run.Of<NominationStore>().FindAsync(_run.Id, Id, Cancel);
        Assert.Equal((first.Draft.Title, first.NominateUntil), (found!.Draft.Title, found.NominateUntil));
    }

    [Theory]
    [InlineData(-1, 10, "the time to nominate leaves less than an hour")]
    [InlineData(7, 6, "the time to answer ends before the time to nominate")]
    public async Task What_cannot_be_asked_is_refused(int nominateDays, int answerDays, string why)
    {
        var now = _run.Clock.GetUtcNow();

        var refusal = await _run.Of<OpenNominations>().RunAsync(
            _run.Charter, Award, now.AddDays(nominateDays), now.AddDays(answerDays), "tessa", Cancel);

        Assert.Equal(why, refusal);
    }

    [Fact]
    public async Task Whom_very_many_nominate_is_kept_with_as_many_as_a_row_can_name()
    {
        Nominee? nominee = new("ada", "Ada Bell", "ada@example.org", null, ["v-0000000"], NomineeAnswer.None, null);
        for (var voter = 1; voter < 1_000; voter++)
        {
            nominee = nominee.NominatedBy($"v-{voter:D7}-with-a-long-id-of-an-import") ?? nominee;
        }

        var kept = await _run.Of<NominationStore>().ChangeAsync(_run.Id, Id, nominee.Key, _ => nominee, Cancel);

        Assert.Equal(Nominee.MostNominators, kept!.By.Count);
        Assert.Equal(kept.By, Assert.Single(await _run.Of<NominationStore>().NomineesAsync(_run.Id, Id, Cancel)).By);
        Assert.Null(kept.NominatedBy("v-0000000"));
        Assert.Null(kept.NominatedBy("one-more"));
        Assert.Null(new Nominee("cy", "Cy", "cy@example.org", null, ["tessa"], NomineeAnswer.None, null).NominatedBy("tessa"));
    }

    [Theory]
    [InlineData("Ada Bell <ada@example.org>, Northlight", "Ada Bell|ada@example.org|Northlight")]
    [InlineData("1. Ada Bell, ada@example.org", "Ada Bell|ada@example.org|")]
    [InlineData("- Ada Bell <ada@example.org>", "Ada Bell|ada@example.org|")]
    [InlineData("mia berg", "Mia Berg|mia@berg.example|")]
    [InlineData("I nominate myself.", "Tessa Quill|tessa@quill.example|")]
    [InlineData("Ada Bell", null)]
    [InlineData("ada@example.org", null)]
    [InlineData("Ada <ada@home>", null)]
    [InlineData("", null)]
    public void A_line_names_a_person_who_can_be_written_to_or_nobody(string line, string? person)
    {
        var read = NominationText.Read(line, SmallCommittee.Agreed.Members[0], SmallCommittee.Agreed);

        Assert.Equal(
            person,
            read is NominationText.Names { People: [var one] } ? $"{one.Name}|{one.Address}|{one.Affiliation}" : null);
    }

    /// <summary>Two accept, and the vote is open.</summary>
    private async Task NominateAndOpenAsync()
    {
        Assert.Null(await OpenAsync());
        await _run.SettleAsync();
        await NominateTwoAsync();
        _run.Clock.Advance(TimeSpan.FromDays(10));
        await CollectAsync();
        await _run.SettleAsync();
    }

    private async Task NominateTwoAsync()
    {
        _run.Answer("tessa@quill.example", "Mia Berg\nLev Sand");
        await CollectAsync();
        await _run.SettleAsync();
        _run.Answer("mia@berg.example", "accept");
        _run.Answer("lev@sand.example", "accept");
        await CollectAsync();
    }

    private Task<string?> OpenAsync() => _run.Of<OpenNominations>().RunAsync(
        _run.Charter, Award, SmallCommittee.Opened.AddDays(7), SmallCommittee.Opened.AddDays(9), "tessa", Cancel);

    private async Task CollectAsync() => Assert.IsType<Collected.Done>(
        await _run.Of<CollectMail>().RunAsync(_run.Charter.Mailbox, anew: false, Cancel));

    private string PathOf(string holder) =>
        $"/vote/{_run.Id}/{_run.Of<VotingKeys>().PageToken(_run.Id, Id, holder).Reveal()}";

    private BscFlow.GraphEmulator.MailboxMessage Last(string address, string? beside = null) => _run.Host.Messages(address)
        .Last(mail => beside is null || !mail.Subject.StartsWith(beside, StringComparison.Ordinal));
}

file static class Reading
{
    /// <summary>The text without its line breaks.</summary>
    public static string Flow(this BscFlow.GraphEmulator.MailboxMessage mail) => mail.Text.Replace('\n', ' ');
}
