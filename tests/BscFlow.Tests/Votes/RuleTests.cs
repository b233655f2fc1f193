using BscFlow.Committee;
using BscFlow.Votes;

namespace BscFlow.Tests.Votes;

public class RuleTests
{
    private static readonly Threshold Quorum = new(new Fraction(3, 5), MoreThan: false, Body.Entire);

    private static readonly Rule OrdinaryInMeeting = Make(1, 2, moreThan: true, Body.Present) with { InMeeting = true };

    private static readonly Rule OrdinaryByMail = Make(1, 2, moreThan: true, Body.Entire);

    private static readonly Rule CharterChange = Make(2, 3, moreThan: false, Body.Entire);

    private static readonly Rule Removal = Make(2, 3, moreThan: false, Body.Others);

    /// <summary>The table of the charter's rules at six members.</summary>
    [Fact]
    public void Six_members_need_what_the_table_says()
    {
        Assert.Equal(4, Quorum.Needed(6));
        Assert.Equal(3, OrdinaryInMeeting.NeededFor(Of(6, present: 4)));
        Assert.Equal(3, OrdinaryInMeeting.NeededFor(Of(6, present: 5)));
        Assert.Equal(4, OrdinaryInMeeting.NeededFor(Of(6, present: 6)));
        Assert.Equal(4, OrdinaryByMail.NeededFor(Of(6)));
        Assert.Equal(4, CharterChange.NeededFor(Of(6)));
        Assert.Equal(4, Removal.NeededFor(Of(6, subject: true)));
        Assert.Equal(5, Of(6, subject: true).Asked);
    }

    [Theory]
    [InlineData(4, 3, 1, 0, Outcome.Carried)]
    [InlineData(4, 2, 2, 0, Outcome.Lost)]
    [InlineData(4, 2, 0, 2, Outcome.Lost)]
    [InlineData(3, 3, 0, 0, Outcome.NoQuorum)]
    [InlineData(5, 3, 2, 0, Outcome.Carried)]
    [InlineData(6, 3, 3, 0, Outcome.Lost)]
    [InlineData(6, 4, 2, 0, Outcome.Carried)]
    public void A_meeting_of_six_decides(int present, int @for, int against, int abstained, Outcome outcome) =>
        Assert.Equal(outcome, OrdinaryInMeeting.Decide(Of(6, @for, against, abstained, present)));

    [Theory]
    [InlineData(4, 2, 0, Outcome.Carried)]
    [InlineData(4, 0, 0, Outcome.Carried)]
    [InlineData(3, 3, 0, Outcome.Lost)]
    [InlineData(3, 0, 3, Outcome.Lost)]
    [InlineData(3, 0, 0, Outcome.NoQuorum)]
    [InlineData(0, 0, 0, Outcome.NoQuorum)]
    [InlineData(0, 0, 6, Outcome.Lost)]
    public void Six_members_decide_by_mail(int @for, int against, int abstained, Outcome outcome)
    {
        Assert.Equal(outcome, OrdinaryByMail.Decide(Of(6, @for, against, abstained)));
        Assert.Equal(outcome, CharterChange.Decide(Of(6, @for, against, abstained)));
    }

    [Fact]
    public void Two_thirds_of_six_is_four_and_no_rounding() =>
        Assert.Equal(Outcome.Carried, CharterChange.Decide(Of(6, @for: 4, against: 2)));

    [Fact]
    public void A_tie_is_lost_even_where_half_is_enough()
    {
        var half = Make(1, 2, moreThan: false, Body.Cast);

        Assert.Equal(Outcome.Lost, half.Decide(Of(6, @for: 3, against: 3)));
        Assert.Equal(Outcome.Lost, half.Decide(Of(6, abstained: 6)));
    }

    [Fact]
    public void One_objection_is_enough_against_consensus()
    {
        var consensus = OrdinaryByMail with { Consensus = true };

        Assert.Equal(Outcome.Carried, consensus.Decide(Of(6)));
        Assert.Equal(Outcome.Carried, consensus.Decide(Of(6, @for: 1, abstained: 1)));
        Assert.Equal(Outcome.Lost, consensus.Decide(Of(6, @for: 5, against: 1)));
        Assert.True(consensus.CanStillChange(Of(6, @for: 5)));
        Assert.False(consensus.CanStillChange(Of(6, @for: 1, against: 1)));
    }

    public static TheoryData<int, int, bool, Body, bool> Charters
    {
        get
        {
            TheoryData<int, int, bool, Body, bool> charters = [];
            foreach (var of in Enum.GetValues<Body>())
            {
                foreach (var (numerator, denominator) in ((int, int)[])[(1, 2), (2, 3), (3, 5), (3, 4), (1, 1), (1, 3)])
                {
                    foreach (var moreThan in (bool[])[true, false])
                    {
                        charters.Add(numerator, denominator, moreThan, of, of is Body.Others);
                    }
                }
            }

            return charters;
        }
    }

    /// <summary>Every electorate of up to 15 members, every number present, every ballot count.</summary>
    [Theory]
    [MemberData(nameof(Charters))]
    public void Every_vote_ends_as_the_charters_words_say(int numerator, int denominator, bool moreThan, Body of, bool subject)
    {
        var byMail = Make(numerator, denominator, moreThan, of);
        var inMeeting = byMail with { InMeeting = true };
        for (var members = subject ? 2 : 1; members <= 15; members++)
        {
            var asked = subject ? members - 1 : members;
            foreach (var (@for, against, abstained) in Ballots(asked))
            {
                var mail = Of(members, @for, against, abstained, subject: subject);
                Assert.Equal(
                    Words.ByMail(numerator, denominator, moreThan, of, members, asked, @for, against, abstained),
                    byMail.Decide(mail));
                for (var present = @for + against + abstained; present <= members; present++)
                {
                    var meeting = mail with { Present = present };
                    Assert.Equal(
                        Words.InMeeting(numerator, denominator, moreThan, of, members, asked, present, @for, against),
                        inMeeting.Decide(meeting));
                }
            }
        }
    }

    /// <summary>"No ballot still out could change the outcome": tried with every way in which they may be cast.</summary>
    [Theory]
    [MemberData(nameof(Charters))]
    public void A_vote_is_decided_when_no_ballot_still_out_can_change_it(
        int numerator, int denominator, bool moreThan, Body of, bool subject)
    {
        var rule = Make(numerator, denominator, moreThan, of);
        for (var members = subject ? 2 : 1; members <= 9; members++)
        {
            foreach (var (@for, against, abstained) in Ballots(subject ? members - 1 : members))
            {
                var count = Of(members, @for, against, abstained, subject: subject);
                var now = rule.Decide(count);
                var changes = Ballots(count.Out).Any(more => rule.Decide(count with
                {
                    For = @for + more.For,
                    Against = against + more.Against,
                    Abstained = abstained + more.Abstained,
                }) != now);

                Assert.Equal(changes, rule.CanStillChange(count));
            }
        }
    }

    private static IEnumerable<(int For, int Against, int Abstained)> Ballots(int voters) =>
        from @for in Enumerable.Range(0, voters + 1)
        from against in Enumerable.Range(0, voters - @for + 1)
        from abstained in Enumerable.Range(0, voters - @for - against + 1)
        select (@for, against, abstained);

    private static Rule Make(int numerator, int denominator, bool moreThan, Body of) => new()
    {
        Name = "tried",
        Needed = new Threshold(new Fraction(numerator, denominator), moreThan, of),
        Quorum = Quorum,
    };

    private static Count Of(
        int members, int @for = 0, int against = 0, int abstained = 0, int? present = null, bool subject = false)
    {
        return new Count
        {
            For = @for,
            Against = against,
            Abstained = abstained,
            Members = members,
            Asked = subject ? members - 1 : members,
            Present = present,
        };
    }

    /// <summary>The charter read as a person reads it, one head at a time and with fractions of people.</summary>
    private static class Words
    {
        /// <summary>"At least 60 % of voting members must be present to make decisions."</summary>
        public static Outcome InMeeting(
            int numerator, int denominator, bool moreThan, Body of, int members, int asked, int present, int @for, int against)
        {
            if (!IsShare(present, members, 3, 5, moreThan: false))
            {
                return Outcome.NoQuorum;
            }

            var body = of switch { Body.Cast => @for + against, Body.Present => present, Body.Entire => members, _ => asked };
            return Passes(@for, against, body, numerator, denominator, moreThan) ? Outcome.Carried : Outcome.Lost;
        }

        /// <summary>By mail those who answer are present; the share of the whole committee is the committee.</summary>
        public static Outcome ByMail(
            int numerator, int denominator, bool moreThan, Body of, int members, int asked, int @for, int against, int abstained)
        {
            var answered = @for + against + abstained;
            var enoughAnswered = IsShare(answered, asked, 3, 5, moreThan: false);
            if (of is Body.Entire or Body.Others)
            {
                var body = of is Body.Entire ? members : asked;
                return Passes(@for, against, body, numerator, denominator, moreThan) ? Outcome.Carried
                    : enoughAnswered ? Outcome.Lost
                    : Outcome.NoQuorum;
            }

            if (!enoughAnswered)
            {
                return Outcome.NoQuorum;
            }

            return Passes(@for, against, of is Body.Cast ? @for + against : answered, numerator, denominator, moreThan)
                ? Outcome.Carried
                : Outcome.Lost;
        }

        /// <summary>"Two-thirds of the entire BSC must approve." A tie never passes.</summary>
        private static bool Passes(int @for, int against, int body, int numerator, int denominator, bool moreThan)
        {
            var tieOrWorse = true;
            for (var head = 0; head < @for; head++)
            {
                tieOrWorse &= head < against;
            }

            return !tieOrWorse && IsShare(@for, body, numerator, denominator, moreThan);
        }

        /// <summary>Each head is cut into so many pieces that the share is a whole number of pieces.</summary>
        private static bool IsShare(int heads, int body, int numerator, int denominator, bool moreThan)
        {
            var pieces = 0;
            for (var head = 0; head < heads; head++)
            {
                pieces += denominator;
            }

            var wanted = 0;
            for (var head = 0; head < body; head++)
            {
                wanted += numerator;
            }

            return moreThan ? pieces > wanted : pieces >= wanted;
        }
    }
}
