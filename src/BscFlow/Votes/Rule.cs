using BscFlow.Committee;

namespace BscFlow.Votes;

/// <summary>How a vote ended.</summary>
public enum Outcome
{
    Carried,
    Lost,

    /// <summary>Not carried, and too few answered or were present for it to be lost.</summary>
    NoQuorum,
}

/// <summary>How many said what, of how many.</summary>
public sealed record Count
{
    public required int For { get; init; }

    public required int Against { get; init; }

    public required int Abstained { get; init; }

    /// <summary>All members in office, the subject of the motion too.</summary>
    public required int Members { get; init; }

    /// <summary>Those who may vote.</summary>
    public required int Asked { get; init; }

    /// <summary>Members at the meeting, the chair counted; null for a vote by mail.</summary>
    public int? Present { get; init; }

    /// <summary>An abstention is an answer.</summary>
    public int Answered => For + Against + Abstained;

    /// <summary>Those asked by mail who have not answered.</summary>
    public int Out => Present is null ? Asked - Answered : 0;
}

/// <summary>What a motion needs, in whole numbers: the charter's rule as it stood when the motion opened.</summary>
/// <remarks>
/// <para>By mail an answer is presence. In a meeting nothing is carried without quorum. By mail a share of the entire committee
/// (or of the others) is its own quorum: the votes for alone reach it. A share of those who vote needs the quorum beside
/// it.</para>
/// <para>A tie is lost whatever the share: more must be for than against.</para>
/// </remarks>
public sealed record Rule
{
    /// <summary>Its name in the charter: "ordinary", "charter", "removal".</summary>
    public required string Name { get; init; }

    public required Threshold Needed { get; init; }

    /// <summary>What part of the members must be present or have answered.</summary>
    public required Threshold Quorum { get; init; }

    /// <summary>Decided in a meeting rather than by mail.</summary>
    public bool InMeeting { get; init; }

    /// <summary>
    /// Carried unless someone objects with a reason; <see cref="Needed"/> and <see cref="Quorum"/> are not asked.
    /// </summary>
    public bool Consensus { get; init; }

    /// <summary>The body that has to ratify what is carried.</summary>
    public string? RatifiedBy { get; init; }

    /// <summary>The charter's rule of that name, for a vote by mail or in a meeting.</summary>
    /// <exception cref="KeyNotFoundException">The charter has no such rule.</exception>
    public static Rule Of(Charter charter, string name, bool inMeeting = false, bool consensus = false)
    {
        var rule = charter.Rules[name];
        return new Rule
        {
            Name = name,
            Needed = inMeeting ? rule.InMeeting : rule.ByMail,
            Quorum = charter.Quorum,
            InMeeting = inMeeting,
            Consensus = consensus,
            RatifiedBy = rule.RatifiedBy,
        };
    }

    /// <summary>How the vote ends with these votes and no others.</summary>
    public Outcome Decide(Count count)
    {
        if (Consensus)
        {
            return count.Against == 0 ? Outcome.Carried : Outcome.Lost;
        }

        var enough = Needed.IsMetBy(count.For, Base(count)) && count.For > count.Against;
        var quorate = HasQuorum(count);
        return enough && (quorate || !NeedsQuorum) ? Outcome.Carried
            : quorate ? Outcome.Lost
            : Outcome.NoQuorum;
    }

    /// <summary>The number of which the share is taken.</summary>
    public int Base(Count count) => Needed.Of switch
    {
        Body.Cast => count.For + count.Against,
        Body.Present => count.Present ?? count.Answered,
        Body.Entire => count.Members,
        Body.Others => count.Asked,
        _ => throw new ArgumentOutOfRangeException(nameof(count), Needed.Of, "a body that no rule knows"),
    };

    /// <summary>How many must be for it, of the number of which the share is taken.</summary>
    public int NeededFor(Count count) => Needed.Needed(Base(count));

    /// <summary>Whether enough members are present, or by mail have answered.</summary>
    public bool HasQuorum(Count count) =>
        count.Present is { } present ? Quorum.IsMetBy(present, count.Members) : Quorum.IsMetBy(count.Answered, count.Asked);

    /// <summary>
    /// Whether ballots that are still out could change the outcome. Votes already given are taken as they stand.
    /// </summary>
    public bool CanStillChange(Count count)
    {
        if (count.Out == 0)
        {
            return false;
        }

        // All for is the most that can help, all against the most that can harm; between no answer and all, quorum comes.
        var now = Decide(count);
        return Decide(count with { For = count.For + count.Out }) != now
            || Decide(count with { Against = count.Against + count.Out }) != now;
    }

    private bool NeedsQuorum => InMeeting || Needed.Of is Body.Cast or Body.Present;
}
