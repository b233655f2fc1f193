using System.Text;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Publishing;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tokens;
using static BscFlow.Tests.Votes.SmallCommittee;

namespace BscFlow.Tests.Votes.Closing;

/// <summary>The ways in which a motion ends or changes, from storage to the mails.</summary>
public sealed class MotionEndTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Ida = "ida@holm.example";
    private const string Lev = "lev@sand.example";

    private static readonly MotionDraft Ordinary = Draft with { Rule = "ordinary" };

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Theory]
    [InlineData("+ + + + - 0", MotionState.Carried, "carried. 4 for, 1 against, 1 abstained. 4 of 6 were needed.")]
    [InlineData("+ + + - - 0", MotionState.Lost, "3 for, 2 against, 1 abstained. 4 of 6 were needed; one vote was missing.")]
    [InlineData("+ + + - - -", MotionState.Lost, "one vote was missing.")]
    [InlineData("+ +", MotionState.NoQuorum, "2 of 6 answered; 4 were needed for a quorum.")]
    public async Task The_result_says_how_it_ended(string votes, MotionState state, string words)
    {
        var motion = await _run.OpenAsync(Ordinary);
        await CastAsync(motion, votes);

        await _run.AdvanceAsync(TimeSpan.FromDays(8));

        Assert.Equal(state, (await _run.MotionAsync()).State);
        Assert.Contains(words, LastText(Ida).Replace(".  ", ". ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(state.ToString(), (await _run.TallyAsync()).Outcome.ToString());
        Assert.Empty((await _run.VerifyAsync()).Faults);
    }

    [Theory]
    [InlineData(null, MotionState.Carried, "Nobody objected.")]
    [InlineData("Section 4 is wrong.", MotionState.Lost, "One member objected.")]
    public async Task A_consensus_is_carried_unless_somebody_objects_and_says_why(
        string? objection, MotionState state, string words)
    {
        var motion = await _run.OpenAsync(Ordinary with { Consensus = true });
        await CastAsync(motion, "+");
        if (objection is not null)
        {
            _run.Answer(Ida, $"I object\n\n{objection}");
            await _run.CollectAsync();
        }

        await _run.AdvanceAsync(TimeSpan.FromDays(8));

        Assert.Equal(state, (await _run.MotionAsync()).State);
        Assert.Contains(words, LastText(Lev), StringComparison.Ordinal);
        Assert.Equal(objection, (await _run.TallyAsync()).Ballots.FirstOrDefault(ballot => ballot.Voter == "ida")?.Comment);
    }

    [Fact]
    public async Task The_subject_of_a_removal_is_not_asked_and_not_counted_and_hears_the_result()
    {
        var motion = await _run.OpenAsync(Draft with { Rule = "removal", Subject = "lev" });
        Assert.Empty(_run.Host.Messages(Lev));
        Assert.Contains("at least 2/3 of the others vote for it: 4 of 5", LastText(Ida), StringComparison.Ordinal);
        await CastAsync(motion, "+ + + +");

        await _run.AdvanceAsync(TimeSpan.FromDays(8));

        Assert.Equal(MotionState.Carried, (await _run.MotionAsync()).State);
        Assert.Contains("carried", LastText(Lev), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_vote_tells_nobody_who_said_what_but_each_voter_their_line()
    {
        var motion = await _run.OpenAsync(Ordinary with { Secret = true });
        await CastAsync(motion, "+ + + - 0 +");
        await _run.SettleAsync();
        var receipt = LastText(Ida);
        var word = receipt.Split("Your secret word is ")[1][..19];
        var begins = receipt.Split("begins with ")[1][..16];

        await _run.AdvanceAsync(TimeSpan.FromDays(8));

        var tally = await _run.TallyAsync();
        Assert.Empty(tally.Ballots);
        var line = tally.Receipts.Single(line => line.IsMadeBy(word, tally.Version));
        Assert.Equal((Vote.For, begins), (line.Vote, line.Receipt[..16]));
        Assert.DoesNotContain(tally.Receipts, line => line.Receipt.Contains(word, StringComparison.Ordinal));
        Assert.Equal((4, 1, 1), (tally.For, tally.Against, tally.Abstained));
        Assert.Contains("The vote was secret", LastText(Ida), StringComparison.Ordinal);
        Assert.DoesNotContain("Tessa Quill: ", LastText(Ida), StringComparison.Ordinal);
        await foreach (var entry in _run.EventsAsync().Where(entry => entry.Event == "ballot-recorded"))
        {
            Assert.DoesNotMatch("tessa|oren|abel|mia|lev|ida|For|Against|Abstain", entry.Detail + entry.Who + entry.Subject);
        }
    }

    [Fact]
    public async Task It_closes_early_once_nothing_can_change_but_never_before_the_minimum()
    {
        var motion = await _run.OpenAsync(Ordinary);
        await CastAsync(motion, "+ + + +");
        await _run.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(MotionState.Open, (await _run.MotionAsync()).State);

        await _run.AdvanceAsync(TimeSpan.FromDays(1) + CollectMail.Grace);

        motion = await _run.MotionAsync();
        Assert.Equal((MotionState.Carried, Opened.AddDays(2)), (motion.State, motion.Closed));
        Assert.Equal(motion.Closed, (await _run.TallyAsync()).Closed);
    }

    [Fact]
    public async Task A_ballot_that_settles_it_closes_it_and_one_that_does_not_leaves_it_open()
    {
        var motion = await _run.OpenAsync(Ordinary);
        await _run.AdvanceAsync(TimeSpan.FromDays(2.5));
        await CastAsync(motion, "+ + +");
        await _run.SettleAsync();
        Assert.Equal((MotionState.Open, 1), ((await _run.MotionAsync()).State, (await _run.MotionAsync()).Box));

        _run.Clock.Advance(TimeSpan.FromMinutes(1));
        await CastAsync(motion, "* * * +");
        var decided = _run.Clock.GetUtcNow();
        await _run.AdvanceAsync(CollectMail.Grace);

        motion = await _run.MotionAsync();
        Assert.Equal((MotionState.Carried, decided), (motion.State, motion.Closed));
    }

    [Fact]
    public async Task A_change_of_mind_that_lies_in_the_mailbox_keeps_a_motion_from_closing_early()
    {
        var motion = await _run.OpenAsync(Ordinary);
        await CastAsync(motion, "+ + + +");
        await _run.AdvanceAsync(TimeSpan.FromDays(1));

        _run.Clock.SetUtcNow(motion.EarliestClose!.Value.AddSeconds(-10));
        _run.Answer("tessa@quill.example", "-1");
        await _run.AdvanceAsync(TimeSpan.FromSeconds(10) + CollectMail.Grace);

        motion = await _run.MotionAsync();
        Assert.Equal(MotionState.Open, motion.State);
        Assert.Equal(
            (3, 1),
            (await _run.Of<BallotStore>().CountAsync(motion, Cancel)) is var count ? (count.For, count.Against) : default);

        // It can be decided by that mail as well.
        await CastAsync(motion, "* * * * +");
        await _run.AdvanceAsync(CollectMail.Grace);
        Assert.Equal(MotionState.Carried, (await _run.MotionAsync()).State);
    }

    [Fact]
    public async Task More_time_is_told_and_ballots_count_in_it()
    {
        var motion = await _run.OpenAsync(Ordinary);
        await CastAsync(motion, "+");
        await _run.SettleAsync();
        Assert.IsType<MotionChange.Made>(await _run.Of<ExtendMotion>().RunAsync(
            _run.Charter, motion.Id, motion.Deadline.AddDays(7), VoteRun.Secretary, Cancel));
        await _run.SettleAsync();
        Assert.Contains("There is more time for this vote", LastText(Ida), StringComparison.Ordinal);
        Assert.Contains("Your vote stands", LastText("tessa@quill.example"), StringComparison.Ordinal);

        await _run.AdvanceAsync(TimeSpan.FromDays(10));
        Assert.Equal(MotionState.Open, (await _run.MotionAsync()).State);
        _run.Answer(Ida, "-1");
        Assert.IsType<Casting.Accepted>(Assert.Single(await _run.CollectAsync())!.Casting);
        await _run.AdvanceAsync(TimeSpan.FromDays(5));

        Assert.Equal((1, 1), ((await _run.TallyAsync()).For, (await _run.TallyAsync()).Against));
        Assert.Equal(
            ["motion-opened", "ballot-recorded", "motion-extended", "ballot-recorded", "motion-closed"], await _run.AuditAsync());
    }

    [Fact]
    public async Task The_text_is_corrected_before_anybody_votes_on_it_and_not_after()
    {
        var motion = await _run.OpenAsync(Ordinary);
        Assert.IsType<MotionChange.Made>(await CorrectAsync("Shall we adopt the second text?"));
        await _run.SettleAsync();
        Assert.Contains("was corrected before anybody voted on it", LastText(Ida), StringComparison.Ordinal);
        Assert.Contains("the second text", LastText(Ida), StringComparison.Ordinal);

        _run.Answer(Ida, "+1");
        Assert.IsType<Casting.Accepted>(Assert.Single(await _run.CollectAsync())!.Casting);

        Assert.Contains("a correction is a new motion", Refused(await CorrectAsync("A third text.")), StringComparison.Ordinal);
        motion = await _run.MotionAsync();
        Assert.Equal(("Shall we adopt the second text?", null), (motion.Text, motion.BoxShut));
        _run.Answer(Lev, "+1");
        Assert.IsType<Casting.Accepted>(Assert.Single(await _run.CollectAsync())!.Casting);

        Task<MotionChange> CorrectAsync(string text) =>
            _run.Of<CorrectMotion>().RunAsync(_run.Charter, motion.Id, motion.Title, text, VoteRun.Secretary, Cancel);
    }

    [Fact]
    public async Task A_member_who_joins_while_it_is_open_is_not_asked_and_its_page_says_so()
    {
        var motion = await _run.OpenAsync(Ordinary);
        var zoe = new Member
        {
            Id = "zoe",
            Name = "Zoe Wild",
            Addresses = ["zoe@wild.example"],
            Terms = [new Term(_run.Charter.DayOf(_run.Clock.GetUtcNow()))],
        };
        var charter = _run.Charter with { Members = [.. _run.Charter.Members, zoe] };

        await _run.Of<PublishSite>().RunAsync(charter, Cancel);

        var page = await _run.Of<IEnumerable<IPublishingTarget>>().First().FindAsync(_run.Id, SitePath.Motion(motion.Id), Cancel);
        Assert.Contains(
            "Zoe Wild has joined the committee since. Asked are those who were members when it opened, and nobody else.",
            Encoding.UTF8.GetString(page!),
            StringComparison.Ordinal);
        Assert.False((await _run.MotionAsync()).Electorate.Asks("zoe"));
    }

    [Fact]
    public async Task A_motion_that_is_withdrawn_counts_nothing_and_all_are_told()
    {
        var motion = await _run.OpenAsync(Ordinary);
        await CastAsync(motion, "+ + + +");
        Assert.IsType<MotionChange.Made>(await _run.Of<WithdrawMotion>().RunAsync(
            _run.Charter, motion.Id, "There is a better text.", VoteRun.Secretary, Cancel));
        await _run.AdvanceAsync(TimeSpan.FromDays(30));

        motion = await _run.MotionAsync();
        Assert.Equal((MotionState.Withdrawn, null), (motion.State, motion.TallyHash));
        Assert.Contains("It was taken back: There is a better text.", LastText(Ida), StringComparison.Ordinal);
        _run.Answer(Ida, "+1");
        Assert.IsType<Casting.TooLate>(Assert.Single(await _run.CollectAsync())!.Casting);
    }

    [Fact]
    public async Task An_id_is_used_once_and_what_is_not_there_is_said_to_be_not_there()
    {
        await _run.OpenAsync(Ordinary);

        Assert.Contains(
            "already",
            Refused(await _run.Of<OpenMotion>().RunAsync(_run.Charter, Ordinary, "x", Cancel)),
            StringComparison.Ordinal);
        Assert.IsType<MotionChange.Unknown>(
            await _run.Of<WithdrawMotion>().RunAsync(_run.Charter, "no-such-motion", "why", "x", Cancel));
    }

    [Fact]
    public async Task Every_ballot_that_was_accepted_while_it_closed_is_in_the_count()
    {
        var motion = await _run.OpenAsync(Ordinary);
        await _run.AdvanceAsync(TimeSpan.FromDays(3));
        var ids = motion.Electorate.Members.Select(member => member.Id).ToList();
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var voting = Task.WhenAll(ids.Select(async (id, i) =>
        {
            await start.Task;
            return await VoteAsync(motion, id, i == 5 ? Vote.Against : Vote.For, $"{id}-race");
        }));
        var closing = CloseAsync();
        start.SetResult();
        await closing;

        var accepted = (await voting).OfType<Casting.Accepted>().Select(vote => vote.Ballot.Voter);
        Assert.Equal(accepted.Order(), (await _run.TallyAsync()).Ballots.Select(ballot => ballot.Voter));
        Assert.InRange(accepted.Count(), 4, 6);

        async Task CloseAsync()
        {
            await start.Task;
            while ((await _run.MotionAsync()).IsOpen)
            {
                _run.Clock.Advance(TimeSpan.FromMinutes(1));
                await _run.Of<CloseMotion>().RunAsync(_run.Charter, motion.Id, Cancel);
            }
        }
    }

    /// <param name="votes">Of the members in the charter's order: +, -, 0, or * for a member who is left out.</param>
    private async Task CastAsync(Motion motion, string votes)
    {
        foreach (var (index, vote) in votes.Split(' ').Index().Where(vote => vote.Item != "*"))
        {
            var elector = motion.Electorate.Asked.ElementAt(index);
            var said = vote switch { "+" => Vote.For, "-" => Vote.Against, _ => Vote.Abstain };
            Assert.IsType<Casting.Accepted>(
                await VoteAsync(motion, elector.Id, said, $"{elector.Id}-{_run.Clock.GetUtcNow().Ticks}"));
        }
    }

    private async Task<Casting> VoteAsync(Motion motion, string voter, Vote vote, string press) =>
        await _run.Of<CastBallot>().FromPageAsync(
            _run.Of<VotingKeys>().PageToken(_run.Id, motion.Id, voter), vote, null, press, Cancel)
        ?? throw new InvalidOperationException("The page is unknown.");

    private string LastText(string address) => _run.Host.Messages(address)[^1].Text.ReplaceLineEndings(" ");
}
