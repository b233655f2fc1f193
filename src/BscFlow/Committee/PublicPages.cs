namespace BscFlow.Committee;

/// <summary>
/// What the public pages tell of a committee was changed: they tell it anew once this is done. A room that changes something says so
/// by it, and does not know who makes pages, or where they lie.
/// </summary>
/// <remarks>Safe to repeat; where nothing that is public has changed, nothing is written.</remarks>
public delegate Task UpdatePages(Charter charter, CancellationToken cancellationToken);

/// <summary>
/// The same for who does not know under which address the pages lie: they are made anew when somebody next asks for the first of
/// them.
/// </summary>
public delegate Task UpdatePagesWhenAsked(string committee, CancellationToken cancellationToken);
