namespace BscFlow.Publishing.Targets;

/// <summary>A site as a folder on a disk.</summary>
/// <remarks>
/// The folder may hold other files. What an earlier publication wrote is listed in <c>.bscflow-site</c>, and only that is ever
/// removed.
/// </remarks>
public sealed class FolderSite(string folder) : IPublishingTarget
{
    private const string List = ".bscflow-site";

    public async Task<Publication> PublishAsync(
        string committee, IAsyncEnumerable<SiteFile> files, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var list = Path.Combine(folder, List);
        HashSet<string> stale = File.Exists(list) ? [.. await File.ReadAllLinesAsync(list, cancellationToken)] : [];
        List<string> published = [];
        var written = 0;
        await foreach (var file in files.WithCancellation(cancellationToken))
        {
            published.Add(file.Path);
            stale.Remove(file.Path);
            written += await WriteAsync(file, cancellationToken) ? 1 : 0;
        }

        foreach (var path in stale)
        {
            File.Delete(FullPath(path));
        }

        await File.WriteAllLinesAsync(list, published.Order(StringComparer.Ordinal), cancellationToken);
        return new Publication(written, published.Count - written, stale.Count);
    }

    private async Task<bool> WriteAsync(SiteFile file, CancellationToken cancellationToken)
    {
        var path = FullPath(file.Path);
        if (new FileInfo(path) is { Exists: true } there && there.Length == file.Content.Length)
        {
            var old = await File.ReadAllBytesAsync(path, cancellationToken);
            if (file.Content.Span.SequenceEqual(old))
            {
                return false;
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = path + ".new";
        await File.WriteAllBytesAsync(unfinished, file.Content, cancellationToken);
        File.Move(unfinished, path, overwrite: true);
        return true;
    }

    private string FullPath(string path) => Path.Combine(folder, path);
}
