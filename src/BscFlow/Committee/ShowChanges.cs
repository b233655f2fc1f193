namespace BscFlow.Committee;

/// <summary>
/// Has the committee's public pages show what is stored by now; they do when it returns. Of a room that changes what they show, which
/// then need not know who makes them, or of what.
/// </summary>
public delegate Task ShowChanges(Charter charter, CancellationToken cancellationToken);
