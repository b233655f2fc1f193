using BscFlow.Committee;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using static BscFlow.Tests.Votes.SmallCommittee;

namespace BscFlow.Tests.Votes;

public class MotionTests
{
    private static readonly DateTimeOffset Later = Opened.AddDays(1);

    private static readonly DateTimeOffset PastDeadline = Opened.AddDays(7).AddSeconds(1);

    [Fact]
    public void A_motion_opens_with_the_roster_and_the_rule_of_that_day()
    {
        Assert.Equal(MotionState.Open, Pending.State);
        Assert.Equal(6, Pending.Electorate.Size);
        Assert.False(Pending.Electorate.Asks("past"));
        Assert.Equal(Opened.AddDays(7), Pending.Deadline);
        Assert.Equal(4, Pending.Rule.NeededFor(Count(0, 0)));
        Assert.Equal("the board", Pending.Rule.RatifiedBy);
    }

    [Fact]
    public void The_roster_is_that_of_the_day_in_the_committees_zone()
    {
        // 23:30 in Zurich on the last day of a term.
        DateTimeOffset lateEvening = new(2025, 6, 30, 21, 30, 0, TimeSpan.Zero);

        var motion = Made(Motion.Open(Agreed, new Roster(Agreed), Draft, lateEvening));

        Assert.True(motion.Electorate.Asks("past"));
    }

    [Fact]
    public void More_links_than_a_row_holds_are_refused()
    {
        var links = Enumerable.Range(0, 400)
            .Select(i => new MotionLink($"Page {i} of the proposal, as it stands", new Uri($"https://example.org/proposal/{i}")))
            .ToList();

        var refused = Refused(Motion.Open(Agreed, new Roster(Agreed), Draft with { Links = links }, Opened));

        Assert.StartsWith("its links are more than can be kept", refused, StringComparison.Ordinal);
        Made(Motion.Open(Agreed, new Roster(Agreed), Draft with { Links = links[..100] }, Opened));
    }

    [Fact]
    public void The_subject_of_a_removal_is_not_asked()
    {
        var motion = Opens(Draft with { Rule = "removal", Subject = "lev" });

        Assert.Equal(5, motion.Electorate.Size);
        Assert.False(motion.Electorate.Asks("lev"));
        Assert.Equal(4, motion.Rule.NeededFor(Count(0, 0, motion)));
        Assert.EndsWith("4 of 5. Lev Sand, whom it is about, is not asked.", RuleWords.Needs(motion), StringComparison.Ordinal);
    }

    private static readonly OptionVote Recusing = new()
    {
        Kind = BallotKind.Approval,
        Method = CountingMethod.Approval,
        Options = [new("A", null, 0, null, null, []), new("B", null, 0, null, null, ["mia"])],
    };

    public static TheoryData<MotionDraft, string> WrongDrafts => new()
    {
        { Draft with { Rule = "nonsense" }, "no rule" },
        { Draft with { Title = " " }, "no title" },
        { Draft with { Text = "" }, "no text" },
        { Draft with { Id = "2025/07" }, "its id" },
        { Draft with { Id = "" }, "its id" },
        { Draft with { Deadline = Opened.AddDays(1) }, "less than 2 days" },
        { Draft with { Deadline = Opened.AddDays(-1) }, "its deadline has passed already" },
        { Draft with { Deadline = Opened.AddYears(10) }, "more than a year away" },
        { Draft with { Mover = "mallory" }, "no member in office" },
        { Draft with { Seconder = "past" }, "no member in office" },
        { Draft with { Seconder = "tessa" }, "nobody seconds their own" },
        { Draft with { Rule = "removal" }, "whom it is about" },
        { Draft with { Rule = "removal", Subject = "past" }, "whom it is about" },
        { Draft with { Subject = "lev" }, "leaves nobody out" },
        { Draft with { Rule = "ordinary", Secret = true, Options = Recusing }, "nobody can be recused in a secret vote" },
    };

    [Theory]
    [MemberData(nameof(WrongDrafts))]
    public void A_wrong_draft_is_refused_with_the_reason(MotionDraft draft, string reason) =>
        Assert.Contains(reason, Refused(Motion.Open(Agreed, new Roster(Agreed), draft, Opened)), StringComparison.Ordinal);

    [Fact]
    public void Who_joins_or_leaves_while_it_is_open_changes_nothing_and_the_page_says_so()
    {
        var day = DateOnly.FromDateTime(Opened.Date);
        var zoe = new Member { Id = "zoe", Name = "Zoe Wild", Addresses = ["zoe@wild.example"], Terms = [new Term(day.AddDays(1))] };
        var max = zoe with { Id = "max", Name = "Max Reed", Addresses = ["max@reed.example"] };
        var members = Agreed.Members.Select(member =>
            member.Id is "lev" ? member with { Terms = [new Term(member.Terms[0].From, day)] } : member);
        var charter = Agreed with { Members = [.. members, zoe, max] };
        const string Stays = "Asked are those who were members when it opened, and nobody else.";

        Assert.Null(RosterWords.Since(Pending, charter, day));
        Assert.Equal(
            $"Zoe Wild and Max Reed have joined the committee since, and Lev Sand has left it. {Stays}",
            RosterWords.Since(Pending, charter, day.AddDays(1)));
        Assert.Equal(
            $"Lev Sand has left the committee since. {Stays}",
            RosterWords.Since(Pending, charter with { Members = [.. members] }, day.AddDays(1)));
        Assert.Null(RosterWords.Since(Pending with { State = MotionState.Carried }, charter, day.AddDays(1)));
        Assert.Equal(6, Pending.Electorate.Size);
    }

    [Fact]
    public void A_deadline_is_only_moved_to_a_later_time()
    {
        Assert.Equal(Opened.AddDays(9), Made(Pending.Extend(Opened.AddDays(9), Later)).Deadline);
        Assert.Contains("later", Refused(Pending.Extend(Pending.Deadline, Later)), StringComparison.Ordinal);
        Assert.Contains("passed", Refused(Pending.Extend(Opened.AddDays(9), PastDeadline)), StringComparison.Ordinal);
        Assert.Contains("a year away", Refused(Pending.Extend(Opened.AddYears(10), Later)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_is_corrected_only_before_the_first_ballot()
    {
        Assert.Equal("Better.", Made(Pending.Correct("T", "Better.", hasBallots: false, Later)).Text);
        Assert.Contains(
            "new motion", Refused(Pending.Correct("T", "Better.", hasBallots: true, Later)), StringComparison.Ordinal);
        Assert.Contains("no text", Refused(Pending.Correct("T", " ", hasBallots: false, Later)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_motion_is_withdrawn_with_a_reason()
    {
        var withdrawn = Made(Pending.Withdraw("Superseded.", Later));

        Assert.Equal(MotionState.Withdrawn, withdrawn.State);
        Assert.Equal("Superseded.", withdrawn.Reason);
        Assert.Contains("reason", Refused(Pending.Withdraw(" ", Later)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 2, MotionState.AwaitingRatification)]
    [InlineData(3, 3, MotionState.Lost)]
    [InlineData(3, 0, MotionState.NoQuorum)]
    public void It_closes_after_its_deadline_as_its_rule_decides(int @for, int against, MotionState state)
    {
        var closed = Made(Pending.Close(Count(@for, against), PastDeadline));

        Assert.Equal(state, closed.State);
        Assert.Equal(PastDeadline, closed.Closed);
    }

    [Fact]
    public void Without_a_second_body_carried_is_carried() =>
        Assert.Equal(MotionState.Carried, Made(Opens(Draft with { Rule = "ordinary" }).Close(Count(4, 0), PastDeadline)).State);

    [Fact]
    public void A_consensus_is_carried_at_the_deadline_unless_someone_objects()
    {
        var motion = Opens(Draft with { Rule = "ordinary", Consensus = true });

        Assert.Equal(MotionState.Carried, Made(motion.Close(Count(0, 0), PastDeadline)).State);
        Assert.Equal(MotionState.Lost, Made(motion.Close(Count(4, 1), PastDeadline)).State);
    }

    [Fact]
    public void The_deadline_itself_is_still_open() =>
        Assert.Contains("not passed", Refused(Pending.Close(Count(3, 0), Pending.Deadline)), StringComparison.Ordinal);

    [Fact]
    public void It_closes_early_when_nothing_can_change_and_the_minimum_time_is_over()
    {
        var decided = Count(5, 0);

        Assert.Equal(MotionState.AwaitingRatification, Made(Pending.Close(decided, Opened.AddDays(2))).State);
        Refused(Pending.Close(decided, Opened.AddDays(2).AddSeconds(-1)));
        Refused(Pending.Close(Count(3, 2), Opened.AddDays(2)));
        Refused((Pending with { EarliestClose = null }).Close(decided, Opened.AddDays(2)));
    }

    private static readonly DateTimeOffset InAugust = new(2025, 8, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_carried_is_ratified_on_a_day()
    {
        var carried = Made(Pending.Close(Count(4, 0), PastDeadline));

        var ratified = Made(carried.Ratify(new DateOnly(2025, 7, 20), InAugust));

        Assert.Equal(MotionState.Ratified, ratified.State);
        Assert.Equal(new DateOnly(2025, 7, 20), ratified.RatifiedOn);
        Assert.Contains(
            "before it was carried", Refused(carried.Ratify(new DateOnly(2025, 7, 1), InAugust)), StringComparison.Ordinal);
        Assert.Contains(
            "does not await", Refused(ratified.Ratify(new DateOnly(2025, 7, 21), InAugust)), StringComparison.Ordinal);
        Assert.Contains(
            "yet to come",
            Refused(carried.Ratify(DateOnly.FromDateTime(InAugust.UtcDateTime).AddDays(2), InAugust)),
            StringComparison.Ordinal);
        Assert.Contains("does not await", Refused(Pending.Ratify(new DateOnly(2025, 7, 20), InAugust)), StringComparison.Ordinal);
    }

    /// <summary>Whatever has ended cannot be extended, withdrawn, corrected or closed again.</summary>
    [Theory]
    [InlineData(MotionState.Carried, "carried")]
    [InlineData(MotionState.Lost, "lost")]
    [InlineData(MotionState.NoQuorum, "without quorum")]
    [InlineData(MotionState.Withdrawn, "withdrawn")]
    [InlineData(MotionState.AwaitingRatification, "carried")]
    [InlineData(MotionState.Ratified, "carried")]
    public void What_has_ended_does_not_change(MotionState state, string reason)
    {
        var ended = Pending with { State = state };

        Assert.All(
            (MotionChange[])
            [
                ended.Extend(Opened.AddDays(9), Later),
                ended.Withdraw("x", Later),
                ended.Correct("x", "x", hasBallots: false, Later),
                ended.Close(Count(6, 0), PastDeadline),
            ],
            change => Assert.Contains(reason, Refused(change), StringComparison.Ordinal));
    }

    private static Count Count(int @for, int against, Motion? motion = null) => new()
    {
        For = @for,
        Against = against,
        Abstained = 0,
        Members = 6,
        Asked = (motion ?? Pending).Electorate.Size,
    };
}
