namespace BscFlow.Publishing;

/// <summary>A place where a committee's site can be read.</summary>
public interface IPublishingTarget
{
    /// <summary>
    /// Makes the site there what <paramref name="files"/> say: renders and writes what differs, then removes what is not among
    /// them. Safe to call again; after a failure the old version of each file that was not written still stands, and no file is
    /// ever half there.
    /// </summary>
    /// <param name="committee">The charter's id.</param>
    /// <param name="files">In the order of their <see cref="SiteStage"/>.</param>
    /// <param name="progress">Hears how many files are done, now and then, from any thread.</param>
    Task<Publication> PublishAsync(
        string committee, IEnumerable<SiteFile> files, IProgress<int>? progress, CancellationToken cancellationToken);

    /// <summary>A file of the site as it stands there; null where there is none.</summary>
    Task<byte[]?> FindAsync(string committee, string path, CancellationToken cancellationToken);
}

/// <summary>What a publication changed, in files.</summary>
public sealed record Publication(int Written, int Unchanged, int Removed);
