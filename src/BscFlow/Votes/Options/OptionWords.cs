using System.Globalization;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;

namespace BscFlow.Votes.Options;

/// <summary>Says in words what a motion with options asks, and what a ballot on it said.</summary>
public static class OptionWords
{
    /// <summary>"Counted by Schulze. Options are taken in order while 100,000 pays for them. 4 must answer."</summary>
    public static string Needs(OptionVote vote)
    {
        List<string> parts = [$"Counted by {MethodOf(vote)}."];
        if (vote.Seats is { } seats)
        {
            parts.Add(seats == 1 ? "One can win." : Invariant($"{seats} can win."));
        }
        else if (vote.Budget is null)
        {
            parts.Add("One can win.");
        }

        parts.AddRange(vote.Caps.Select(cap => Invariant($"At most {cap.Seats} of {cap.Affiliation ?? "one affiliation"}.")));
        if (vote.Budget is { } budget)
        {
            parts.Add(Invariant($"Options are taken in order while {budget:#,0.##} pays for them")
                + (vote.FillBudget ? "; a smaller one further down may take what is left." : "."));
        }

        if (vote.Quorum > 0)
        {
            parts.Add(Invariant($"{vote.Quorum} must answer."));
        }

        return string.Join(' ', parts);
    }

    /// <summary>What a ballot said: "1. Ada, 2. Cy".</summary>
    public static string Said(OptionVote vote, string marks) =>
        BallotWriting.Of(vote.Kind, vote.Names, MarkText.Read(marks) ?? []);

    /// <summary>What a ballot said on its motion, with options or without: "for", "1. Ada, 2. Cy".</summary>
    public static string Said(Motion motion, Ballot ballot) => motion.Options is { } options && ballot.Marks is { } marks
        ? Said(options, marks)
        : RuleWords.Of(ballot.Vote, motion.Rule.Consensus);

    /// <summary>Forms in which a ballot can be written.</summary>
    /// <param name="secret">Whether nothing is to be written of an option.</param>
    public static IReadOnlyList<string> Forms(OptionVote vote, bool secret) => vote.Kind switch
    {
        BallotKind.Ranked =>
        [
            "B > A = C: the best first, = between those that are as good; what you leave out comes last",
            "or a line each: 1. B",
            "no opinion: D, on a line of its own, for what shall not be compared at all",
        ],
        BallotKind.Approval => ["A, C: those that you approve of", "all, or none"],
        BallotKind.Score =>
        [
            Invariant($"a line each: A: {((vote.MostScore * 7) + 5) / 10}, from 0 to {vote.MostScore}; ")
                + "what you leave out gets no score from you",
            secret ? "the vote is secret: write nothing about an option, for how you write shows who you are"
                : "below such a line, as much as you want to write about that option; it is kept from the others until the vote closes",
        ],
        _ => ["A yes, B no, C abstain", "or: yes to the top three, no to the rest"],
    };

    /// <summary>An option as it is listed: "A. Ada Bell (Northlight), 12,000".</summary>
    public static string Line(OptionVote vote, int option)
    {
        var listed = vote.Options[option];
        return $"{OptionNames.LetterOf(option)}. {listed.Name}{Details(listed)}";
    }

    /// <summary>" (Northlight), 12,000"; empty where nothing is known.</summary>
    public static string Details(MotionOption option) =>
        (option.Affiliation is { } affiliation ? $" ({affiliation})" : "")
        + (option.Cost > 0 ? Invariant($", {option.Cost:#,0.##}") : "");

    private static string MethodOf(OptionVote vote) => vote.Method switch
    {
        CountingMethod.Schulze => "Schulze's method",
        CountingMethod.Stv => "the single transferable vote, Meek's method",
        CountingMethod.Scottish => "the single transferable vote, Scottish rules",
        CountingMethod.Irv => "instant run-off",
        CountingMethod.Score => "the mean of the scores that an option gets",
        _ => vote.Kind == BallotKind.YesNo ? "yes and no to each; an option needs more yes than no" : "approvals",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
