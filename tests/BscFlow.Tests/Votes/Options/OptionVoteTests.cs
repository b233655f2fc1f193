using System.Text;
using BscFlow.Committee;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Ranked.Files;
using FsCheck.Xunit;

namespace BscFlow.Tests.Votes.Options;

public sealed class OptionVoteTests
{
    private static readonly OptionVote Vote = new()
    {
        Kind = BallotKind.Ranked,
        Method = CountingMethod.Schulze,
        Options = [Option("A"), Option("B"), Option("C", "mia")],
    };

    [Fact]
    public void The_quorum_of_a_committee_is_frozen_when_the_motion_opens()
    {
        var motion = SmallCommittee.Opens(Draft(Vote));

        Assert.Equal(4, motion.Options!.Quorum);
    }

    [Fact]
    public void What_the_charter_says_of_elections_holds_where_the_vote_says_nothing_else()
    {
        var rules = new ElectionRules
        {
            Quorum = new Threshold(new Fraction(1, 2), MoreThan: true, Body.Entire),
            Floor = "None of these",
            Caps = [new AffiliationCap("Tidewater", 1)],
        };

        var seated = Opened(rules, Vote with { Seats = 2 });
        var other = Opened(rules, Vote with { Seats = 2, Quorum = 6, Caps = [new SeatCap(null, 2)], Floor = "C" });
        var scored = Opened(rules, Vote with { Kind = BallotKind.Score, Method = CountingMethod.Score });

        Assert.Equal((4, "None of these"), (seated.Quorum, seated.Floor));
        Assert.Equal(["A", "B", "C", "None of these"], seated.Names);
        Assert.Equal([new SeatCap("Tidewater", 1)], seated.Caps);
        Assert.Equal((6, "C"), (other.Quorum, other.Floor));
        Assert.Equal([new SeatCap(null, 2)], other.Caps);
        Assert.Equal(3, other.Names.Count);
        var panel = Opened(
            rules, Vote with { Kind = BallotKind.Score, Method = CountingMethod.Score, Floor = "Fund nothing" });

        Assert.Equal(("Fund nothing", 4), (panel.Floor, panel.Names.Count));
        Assert.Equal((null, 3, 0), (scored.Floor, scored.Names.Count, scored.Caps.Count));

        var count = new OptionCount(seated);
        count.Add([2, 3, 4, 1]);
        count.Add([2, 3, 4, 1]);
        count.Add([1, 3, 4, 2]);
        Assert.Empty(count.Result().Winners);
    }

    [Fact]
    public void The_charter_says_who_decides_ties()
    {
        var chair = new ElectionRules { TieBreak = TieRule.Chair };
        var lot = new ElectionRules { TieBreak = TieRule.Lot };

        Assert.Equal("the charter lets the chair decide ties, and the chair's order is not given", Refused(chair, Vote));
        Assert.Equal(
            "the charter lets a lot decide ties, and not the chair", Refused(lot, Vote with { Chair = ["A", "B", "C"] }));
        Assert.Equal(["B", "A", "C"], Opened(chair, Vote with { Chair = ["B", "A", "C"] }).Chair);
        Assert.Empty(Opened(lot, Vote).Chair);
    }

    private static OptionVote Opened(ElectionRules rules, OptionVote vote) => SmallCommittee.Made(Open(rules, vote)).Options!;

    private static string Refused(ElectionRules rules, OptionVote vote) => SmallCommittee.Refused(Open(rules, vote));

    private static MotionChange Open(ElectionRules rules, OptionVote vote) => Motion.Open(
        SmallCommittee.Agreed with { Elections = rules }, new Roster(SmallCommittee.Agreed), Draft(vote), SmallCommittee.Opened);

    public static TheoryData<string, OptionVote> Wrong => new()
    {
        { "it has 1 option; 2 to 250 can be counted", Vote with { Options = [Option("A")] } },
        { "two options are called \"A\"", Vote with { Options = [Option("A"), Option("a")] } },
        { "\"past\" is recused and not asked", Vote with { Options = [Option("A"), Option("B", "past")] } },
        { "ballots of this kind are not counted by Score", Vote with { Method = CountingMethod.Score } },
        { "at least one must be able to win", Vote with { Seats = -1 } },
        { "the chair ranks \"Z\", which is no option", Vote with { Chair = ["Z"] } },
        { "the chair ranks an option twice", Vote with { Chair = ["A", "B", "A", "C"] } },
        {
            "the chair's order leaves out \"C\"; it decides a tie only between options that it names",
            Vote with { Chair = ["B", "A"] }
        },
        {
            "a count that transfers votes needs the number of seats, beside a budget too",
            Vote with { Method = CountingMethod.Stv, Budget = 100 }
        },
        { $"the name \"{new string('x', 40)}…\" has more than 200 characters", Vote with { Options = [Option("A"), Option(new('x', 201))] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_be_counted_is_not_opened(string reason, OptionVote vote) => Assert.Equal(
        reason,
        SmallCommittee.Refused(Motion.Open(
            SmallCommittee.Agreed, new Roster(SmallCommittee.Agreed), Draft(vote), SmallCommittee.Opened)));

    /// <summary>The only line that leaves the option out would be theirs.</summary>
    [Fact]
    public void Nobody_is_recused_in_a_secret_vote() => Assert.Contains("nobody can be recused in a secret vote", SmallCommittee.Refused(Motion.Open(
        SmallCommittee.Agreed,
        new Roster(SmallCommittee.Agreed),
        Draft(Vote) with { Secret = true },
        SmallCommittee.Opened)), StringComparison.Ordinal);

    [Fact]
    public void A_recused_voter_has_no_opinion_whatever_they_say() =>
        Assert.Equal([2, 1, Mark.NoOpinion], Vote.Counted("mia", [2, 1, 1]));

    [Theory]
    [InlineData("2,1,-")]
    [InlineData("?,?,?")]
    [InlineData("1000000000,0,7")]
    public void Marks_are_read_as_they_were_written(string text) => Assert.Equal(text, MarkText.Write(MarkText.Read(text)!));

    [Theory]
    [InlineData("")]
    [InlineData("1,,2")]
    [InlineData("-1")]
    [InlineData("1000000001")]
    public void Other_text_is_no_marks(string text) => Assert.Null(MarkText.Read(text));

    /// <summary>The lot must not depend on the order in which ballots come from storage.</summary>
    [Property]
    public void The_seed_of_a_lot_is_that_of_the_ballots_in_any_order(byte[] ballots)
    {
        var count = new OptionCount(Vote);
        var backwards = new OptionCount(Vote);
        foreach (var ballot in ballots)
        {
            count.Add([ballot % 3 + 1, ballot % 5, ballot % 7]);
        }

        foreach (var ballot in ballots.Reverse())
        {
            backwards.Add([ballot % 3 + 1, ballot % 5, ballot % 7]);
        }

        Assert.Equal(count.Seed, backwards.Seed);
    }

    /// <summary>Else the last voter could try numbers until the lot falls as they like.</summary>
    [Fact]
    public void The_same_ballot_in_other_numbers_makes_the_same_lot()
    {
        Assert.Equal(SeedOf(Vote, [1, 2, 3]), SeedOf(Vote, [2, 5, 9]));
        Assert.Equal(SeedOf(Vote, [1, 2, 2]), SeedOf(Vote, [7, Mark.Unranked, Mark.Unranked]));
        Assert.NotEqual(SeedOf(Vote, [1, 2, 3]), SeedOf(Vote, [2, 1, 3]));
        Assert.NotEqual(SeedOf(Vote, [1, 2, 3]), SeedOf(Vote, [1, 2, Mark.NoOpinion]));

        // Votes go on to what is ranked last, and not to what is not ranked.
        var stv = Vote with { Method = CountingMethod.Stv, Seats = 1 };
        Assert.NotEqual(SeedOf(stv, [1, 2, 2]), SeedOf(stv, [1, Mark.Unranked, Mark.Unranked]));

        static string SeedOf(OptionVote vote, int[] marks)
        {
            var count = new OptionCount(vote);
            count.Add(marks);
            return count.Seed;
        }
    }

    /// <summary>printf '2,1,-' | openssl dgst -hmac abcd-efgh -sha256</summary>
    [Fact]
    public void A_line_of_a_sheet_is_what_openssl_makes_of_word_and_ballot() => Assert.Equal(
        "dcf42206be7edf6c1feb2869835f99caa98a2aeff77fbc22071934c3092d7ace", SecretLine.Of("abcd-efgh", "2,1,-"));

    [Theory]
    [InlineData("name\nAda\n", 1, "it has no column \"email\"")]
    [InlineData("name,email\nAda,ada.example\n", 2, "\"ada.example\" is no mail address")]
    [InlineData("name,email\nAda,ada@example.org\nAda,ADA@example.org\n", 3, "ADA@example.org stands twice")]
    [InlineData("name,email\n", 0, "it names no voters")]
    public void A_table_of_voters_that_cannot_be_read_is_said_with_its_line(string table, int line, string what)
    {
        var refusal = Assert.Throws<BallotFormatException>(() =>
            ElectorTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(table))));

        Assert.Equal((line, what), (refusal.Line, refusal.Message));
    }

    private static MotionDraft Draft(OptionVote vote) => new()
    {
        Id = "choice",
        Title = "A choice",
        Text = "Which?",
        Rule = "ordinary",
        Options = vote,
    };

    private static MotionOption Option(string name, params string[] recused) =>
        new(name, Link: null, Cost: 0, Proposer: null, Affiliation: null, recused);
}
