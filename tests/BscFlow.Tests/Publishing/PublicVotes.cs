using BscFlow.Publishing;
using BscFlow.Tests.Votes;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Tallies;

namespace BscFlow.Tests.Publishing;

/// <summary>Votes that are over, as a site shows them.</summary>
internal static class PublicVotes
{
    /// <summary>Four of six rank two options; one of them has Cy before Ada.</summary>
    public static PublicMotion Election(bool secret)
    {
        var motion = Closed(SmallCommittee.Draft with
        {
            Id = "2026-10-chair",
            Title = "Who chairs",
            Secret = secret,
            Options = new OptionVote
            {
                Kind = BallotKind.Ranked,
                Method = CountingMethod.Schulze,
                Options = [Option("Ada"), Option("Cy")],
            },
        });
        var count = new OptionCount(motion.Options!);
        count.Add([1, 2]);
        count.Add([1, 2]);
        count.Add([1, 2]);
        count.Add([2, 1]);
        VoteNumbers numbers = default;
        for (var ballot = 0; ballot < count.Ballots; ballot++)
        {
            numbers.Add(Vote.For);
        }

        var tally = Tally.FrameOf(motion, motion.Closed!.Value).With(numbers, count.Result());
        return new PublicMotion(motion, new ShownTally(
            secret ? tally with { Receipts = [new("abcd", Vote.For, "1,2"), new("bcde", Vote.For, "2,1")] } : tally,
            count.Result()));
    }

    /// <summary>One objects to a motion that nobody needs to be for.</summary>
    public static PublicMotion Consensus(string? comment = null)
    {
        var motion = Closed(SmallCommittee.Draft with { Id = "2026-10-lamps", Rule = "ordinary", Consensus = true });
        var tally = Tally.FrameOf(motion, motion.Closed!.Value) with
        {
            Against = 1,
            Silent = 5,
            Outcome = Outcome.Lost,
            Ballots = [new("oren", Vote.Against, comment, motion.Opened, BallotSource.Mail, "a", Proxy: null)],
        };
        return new PublicMotion(motion, new ShownTally(tally, null));
    }

    private static Motion Closed(MotionDraft draft) => SmallCommittee.Opens(draft) with
    {
        State = MotionState.Carried,
        Opened = SampleSite.Now.AddDays(-9),
        Deadline = SampleSite.Now.AddDays(-2),
        Closed = SampleSite.Now.AddDays(-2),
    };

    private static MotionOption Option(string name) =>
        new(name, Link: null, Cost: 0, Proposer: null, Affiliation: null, Recused: []);
}
