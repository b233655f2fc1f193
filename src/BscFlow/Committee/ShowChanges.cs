namespace BscFlow.Committee;

/// <summary>
/// Has the committee's public pages show what is stored by now; they do when it returns. Of a room that changes what they show,
/// which then need not know who makes them, or of what. Where nothing has changed, nothing is written.
/// </summary>
public delegate Task ShowChanges(Charter charter, CancellationToken cancellationToken);

/// <summary>
/// The same of who does not know under which address the pages lie: they are made anew when somebody next asks for the first of
/// them.
/// </summary>
public delegate Task ShowChangesWhenAsked(string committee, CancellationToken cancellationToken);
