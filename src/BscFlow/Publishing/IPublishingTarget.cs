namespace BscFlow.Publishing;

/// <summary>A place where a committee's site can be read.</summary>
public interface IPublishingTarget
{
    /// <summary>
    /// Makes the site there what <paramref name="files"/> say: writes what differs, then removes what is not among them. Safe to
    /// call again; after a failure the old version of each file that was not written still stands.
    /// </summary>
    /// <param name="committee">The charter's id.</param>
    /// <param name="files">In the order of their <see cref="SiteStage"/>.</param>
    Task<Publication> PublishAsync(string committee, IAsyncEnumerable<SiteFile> files, CancellationToken cancellationToken);
}

/// <summary>What a publication changed, in files.</summary>
public sealed record Publication(int Written, int Unchanged, int Removed);
