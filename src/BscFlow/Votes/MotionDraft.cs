using BscFlow.Votes.Options;

namespace BscFlow.Votes;

/// <summary>A link that a motion is read with: a pull request, a document.</summary>
public sealed record MotionLink(string Text, Uri Address);

/// <summary>What a mover puts before the committee.</summary>
public sealed record MotionDraft
{
    /// <summary>Lower-case letters, digits and hyphens, unique in the committee: <c>2025-07-charter</c>.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<MotionLink> Links { get; init; } = [];

    /// <summary>Name of a rule of the charter.</summary>
    public required string Rule { get; init; }

    /// <summary>Carried at the deadline unless someone objects with a reason.</summary>
    public bool Consensus { get; init; }

    /// <summary>Id of the member whom it is about, under a rule that leaves them out.</summary>
    public string? Subject { get; init; }

    /// <summary>As in <see cref="Motion.Meeting"/>.</summary>
    public string? Meeting { get; init; }

    /// <summary>As in <see cref="Motion.ForQuorum"/>.</summary>
    public bool ForQuorum { get; init; }

    /// <summary>Id of the member who moves it, where a member does.</summary>
    public string? Mover { get; init; }

    public string? Seconder { get; init; }

    /// <summary>Null: the charter's time after opening.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>What is asked in place of yes or no.</summary>
    public OptionVote? Options { get; init; }

    /// <summary>Who is asked in place of the committee.</summary>
    public Electorate? Electorate { get; init; }

    /// <summary>Only the numbers and a sheet of receipts are published.</summary>
    public bool Secret { get; init; }
}
