namespace BscFlow.Votes;

/// <summary>What a voter says to a motion.</summary>
public enum Vote
{
    For,

    /// <summary>On a consensus motion: an objection, whose reason is the ballot's comment.</summary>
    Against,

    /// <summary>An answer: it counts for quorum, never as for.</summary>
    Abstain,
}

/// <summary>How a ballot reached us.</summary>
public enum BallotSource
{
    Mail,

    /// <summary>The button on the page behind the link in the call for votes.</summary>
    Page,

    /// <summary>Heard in the room and entered by the secretary.</summary>
    Room,

    /// <summary>Heard on the phone and entered by the secretary.</summary>
    Phone,
}

/// <summary>One ballot of one voter.</summary>
public sealed record Ballot
{
    /// <summary>Id of the member whose ballot it is.</summary>
    public required string Voter { get; init; }

    public required Vote Vote { get; init; }

    /// <summary>
    /// On a motion with options: its marks as <see cref="Options.MarkText"/> writes them, and the vote says only that.
    /// </summary>
    public string? Marks { get; init; }

    /// <summary>
    /// On a motion with options: what was written of each, a JSON array as long as the marks; null where nothing was.
    /// </summary>
    public string? Assessments { get; init; }

    /// <summary>What stood below the vote; published with it unless the motion is secret.</summary>
    public string? Comment { get; init; }

    /// <summary>When our mailbox or page received it.</summary>
    public required DateTimeOffset Received { get; init; }

    public required BallotSource Source { get; init; }

    /// <summary>
    /// What proves it: a mail's message id, or what <see cref="Ballots.BallotEvidence"/> makes of the page's request or of who
    /// heard it.
    /// </summary>
    public required string Evidence { get; init; }

    /// <summary>Id of the member who cast it in the voter's place, under a proxy of the charter.</summary>
    public string? Proxy { get; init; }

    /// <summary>Characters of a comment that are kept: what a row of a table holds, and more than anybody reads.</summary>
    public const int LongestComment = 10_000;

    /// <summary>With a comment that can be kept: not too long, and nothing in it that is no text.</summary>
    public Ballot Tidy() => this with { Comment = KeptText.Of(Comment, LongestComment) };

    /// <summary>Whether it came in time. The deadline itself is in time; one second later is late.</summary>
    public bool IsInTime(DateTimeOffset deadline) => Received <= deadline;

    /// <summary>
    /// Which of two ballots of one voter counts: the one received later. Of two received in the same instant the one whose
    /// evidence sorts last, so that the answer does not depend on which was seen first.
    /// </summary>
    public static Ballot Later(Ballot one, Ballot other)
    {
        var order = one.Received.CompareTo(other.Received);
        return (order != 0 ? order : string.CompareOrdinal(one.Evidence, other.Evidence)) >= 0 ? one : other;
    }
}
