using BscFlow.Committee;

namespace BscFlow.Meetings;

/// <summary>Announces that minutes are public now, for the first time or corrected. Safe to announce again.</summary>
/// <param name="text">The minutes that are public from now on.</param>
/// <param name="who">Who publishes them, for the audit.</param>
public delegate Task MinutesMadePublic(
    Charter charter, Meeting meeting, string text, string who, CancellationToken cancellationToken);
