namespace BscFlow.Votes.Opening;

/// <summary>Whether an id is promised to a motion that will open by itself, so that no other one may take it.</summary>
public delegate Task<bool> IdPromised(string committee, string id, CancellationToken cancellationToken);
