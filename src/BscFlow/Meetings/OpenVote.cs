using BscFlow.Committee;

namespace BscFlow.Meetings;

/// <summary>A vote by mail that stands before the committee, as an agenda lists it.</summary>
/// <param name="Id">Of the motion.</param>
/// <param name="Standing">How it stands: "open until 8 July 2025, 11:00", "carried, awaiting ratification by the board".</param>
public sealed record OpenVote(string Id, string Title, string Standing);

/// <summary>The votes by mail that are open, or carried and not ratified yet, the oldest first.</summary>
public delegate Task<IReadOnlyList<OpenVote>> OpenVotes(Charter charter, CancellationToken cancellationToken);
