using System.Globalization;
using BscFlow.Committee;
using BscFlow.Votes.Options;

namespace BscFlow.Votes;

/// <summary>What a rule asks for and how a vote ended, in words for mails and pages.</summary>
public static class RuleWords
{
    /// <summary>What a motion takes, in sentences.</summary>
    public static string Needs(Motion motion) =>
        motion.Options is { } options ? OptionWords.Needs(options)
        : motion.Electorate.Subject is { } subject
            ? $"{Needs(motion.Rule, motion.Electorate)} {motion.Electorate.NameOf(subject)}, whom it is about, is not asked."
        : Needs(motion.Rule, motion.Electorate);

    /// <summary>"It is carried if at least 2/3 of the entire committee vote for it: 4 of 6."</summary>
    public static string Needs(Rule rule, Electorate electorate)
    {
        if (rule.Consensus)
        {
            return "It is carried at the deadline unless somebody objects and says why.";
        }

        var nobody = default(VoteNumbers).Of(electorate);
        var share = $"It is carried if {rule.Needed.Needs} of {Of(rule.Needed.Of)}";
        return rule.Needed.Of is Body.Entire or Body.Others
            ? Invariant($"{share} vote for it: {rule.NeededFor(nobody)} of {rule.Base(nobody)}.")
            : Invariant($"{share} are for it and {rule.Quorum.Needs} of those asked answer: ")
                + Invariant($"{rule.Quorum.Needed(nobody.Asked)} of {nobody.Asked}.");
    }

    /// <summary>The same, and what comes after it: "After that it goes to the board, to be ratified."</summary>
    public static string NeedsAndThen(string needs, string? ratifiedBy) =>
        ratifiedBy is null ? needs : $"{needs} After that it goes to {ratifiedBy}, to be ratified.";

    /// <summary>"4 for, 1 against, 1 abstained."</summary>
    public static string Numbers(Count count)
    {
        var silent = count.Asked - count.Answered;
        return Invariant($"{count.For} for, {count.Against} against, {count.Abstained} abstained")
            + (count.Present is not null || silent == 0 ? "." : Invariant($", {silent} did not answer."));
    }

    /// <summary>Why it ended so: "4 of 6 were needed; one vote was missing."</summary>
    public static string Why(Rule rule, Count count)
    {
        if (rule.Consensus)
        {
            return count.Against switch
            {
                0 => "Nobody objected.",
                1 => "One member objected.",
                _ => $"{count.Against} members objected.",
            };
        }

        if (rule.Decide(count) is Outcome.NoQuorum)
        {
            var (there, all) = count.Present is { } present ? (present, count.Members) : (count.Answered, count.Asked);
            return Invariant($"{there} of {all} {(count.Present is null ? "answered" : "were present")}; ")
                + Invariant($"{rule.Quorum.Needed(all)} were needed for a quorum.");
        }

        var needed = rule.NeededFor(count);
        var missing = needed - count.For;
        var asked = Invariant($"{needed} of {rule.Base(count)} were needed");
        return missing == 1 ? $"{asked}; one vote was missing."
            : missing > 1 ? Invariant($"{asked}; {missing} votes were missing.")
            : count.For <= count.Against ? $"{asked}, and more for it than against it."
            : $"{asked}.";
    }

    /// <summary>
    /// "being counted", "carried", "carried, awaiting ratification by the board"; of a vote over options "decided".
    /// </summary>
    public static string State(Motion motion) =>
        State(motion.State, motion.Rule, motion.Options is not null, motion.BoxShut, motion.Counted, motion.Electorate.Size);

    /// <inheritdoc cref="State(Motion)"/>
    public static string State(ListedMotion motion) =>
        State(motion.State, motion.Rule, motion.HasOptions, motion.BoxShut, motion.Counted, motion.Voters);

    /// <summary>A text is carried or lost; of options some win or none does.</summary>
    internal static string Ended(bool won, bool hasOptions) => (won, hasOptions) switch
    {
        (true, false) => "carried",
        (true, true) => "decided",
        (false, false) => "lost",
        (false, true) => "nothing wins",
    };

    private static string State(
        MotionState state, Rule rule, bool hasOptions, DateTimeOffset? boxShut, int? counted, int voters) => state switch
        {
            MotionState.Open when counted is { } read =>
                Invariant($"being counted, {read:N0} ballots read of {voters:N0} voters"),
            MotionState.Open when boxShut is not null => "being counted",
            MotionState.Open => "open",
            MotionState.Carried => Ended(won: true, hasOptions),
            MotionState.Lost => Ended(won: false, hasOptions),
            MotionState.NoQuorum => "closed without quorum",
            MotionState.Withdrawn => "withdrawn",
            MotionState.AwaitingRatification => $"{Ended(won: true, hasOptions)}, awaiting ratification by {rule.RatifiedBy}",
            MotionState.Ratified => $"{Ended(won: true, hasOptions)}, and ratified by {rule.RatifiedBy}",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "a state that has no words"),
        };

    /// <summary>
    /// How an open motion stands: "open until 8 July 2025, 11:00", "carried, awaiting ratification by the board".
    /// </summary>
    public static string Standing(Charter charter, Motion motion) => motion is { IsOpen: true, BoxShut: null }
        ? Invariant($"open until {TimeZoneInfo.ConvertTime(motion.Deadline, charter.Zone()):d MMMM yyyy, HH:mm}")
        : State(motion);

    /// <summary>What a voter said.</summary>
    public static string Of(Vote vote, bool consensus) => vote switch
    {
        Vote.For => "for",
        Vote.Against => consensus ? "an objection" : "against",
        _ => "abstained",
    };

    private static string Of(Body body) => body switch
    {
        Body.Cast => "the votes for and against",
        Body.Present => "those who answer",
        Body.Entire => "the entire committee",
        _ => "the others",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
