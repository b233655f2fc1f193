using System.Collections.Concurrent;

namespace BscFlow.Publishing.Targets;

/// <summary>A site as a folder on a disk, for any server of static files.</summary>
/// <remarks>
/// The folder may hold other files. What an earlier publication wrote is listed in <c>.bscflow-site</c>, each file with what it is
/// made of, and only that is ever removed. With <paramref name="compress"/> each file that gets smaller has its <c>.br</c> and
/// <c>.gz</c> beside it, as nginx and its like serve them.
/// </remarks>
public sealed class FolderSite(string folder, bool compress = false) : IPublishingTarget
{
    /// <summary>Name of the list, by which a folder is known to be a published site.</summary>
    public const string List = ".bscflow-site";

    /// <summary>Files between two reports of progress.</summary>
    private const int ReportEvery = 256;

    public async Task<Publication> PublishAsync(
        string committee, IEnumerable<SiteFile> files, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var before = await ReadListAsync(cancellationToken);
        var there = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .ToHashSet(StringComparer.Ordinal);
        var published = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var (written, done) = (0, 0);

        // Killed in the middle, the list would say of files that were replaced what they were made of before.
        var unsure = new Lazy<Task>(() => WriteListAsync(before.Select(line => KeyValuePair.Create(line.Key, "?")), cancellationToken));
        try
        {
            foreach (var stage in Stages(files))
            {
                await Parallel.ForEachAsync(stage, cancellationToken, async (file, token) =>
                {
                    var line = $"{file.Made}{(compress ? '+' : ' ')}";
                    if (!there.Contains(file.Path) || before.GetValueOrDefault(file.Path) != line)
                    {
                        await unsure.Value;
                        await WriteAsync(file, there, token);
                        Interlocked.Increment(ref written);
                    }

                    published[file.Path] = line;
                    if (Interlocked.Increment(ref done) % ReportEvery == 0)
                    {
                        progress?.Report(done);
                    }
                });
            }

            var gone = before.Keys.Where(path => !published.ContainsKey(path)).ToList();
            foreach (var file in gone.SelectMany(path => Compression.Endings.Select(ending => path + ending).Prepend(path)))
            {
                File.Delete(FullPath(file));
            }

            await WriteListAsync(published, cancellationToken);
            progress?.Report(done);
            return new Publication(written, published.Count - written, gone.Count);
        }
        catch
        {
            // What is in place is ours, whether it is new, as it was, or to be removed the next time.
            var ours = before.Where(line => !published.ContainsKey(line.Key)).Concat(published);
            await WriteListAsync(ours, CancellationToken.None);
            throw;
        }
    }

    public async Task<byte[]?> FindAsync(string committee, string path, CancellationToken cancellationToken) =>
        File.Exists(FullPath(path)) ? await File.ReadAllBytesAsync(FullPath(path), cancellationToken) : null;

    /// <summary>A stage ends where the next one begins.</summary>
    private static IEnumerable<IEnumerable<SiteFile>> Stages(IEnumerable<SiteFile> files)
    {
        using var all = files.GetEnumerator();
        var more = all.MoveNext();
        while (more)
        {
            yield return Stage(all.Current.Stage);
        }

        IEnumerable<SiteFile> Stage(SiteStage stage)
        {
            while (more && all.Current.Stage == stage)
            {
                yield return all.Current;
                more = all.MoveNext();
            }
        }
    }

    private async Task WriteAsync(SiteFile file, HashSet<string> there, CancellationToken cancellationToken)
    {
        var content = await file.RenderAsync();
        var path = FullPath(file.Path);
        Put(path, content.Span);
        foreach (var ending in Compression.Endings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (compress && Compression.TryCompress(file.ContentType, content.Span, ending, out var smaller))
            {
                Put(path + ending, smaller);
            }
            else if (there.Contains(file.Path + ending))
            {
                File.Delete(path + ending);
            }
        }
    }

    /// <summary>Whoever opens the file gets the old one whole or the new one whole.</summary>
    private static void Put(string path, ReadOnlySpan<byte> content)
    {
        var unfinished = path + ".new";
        try
        {
            File.WriteAllBytes(unfinished, content);
        }
        catch (IOException missing) when (missing is DirectoryNotFoundException or FileNotFoundException)
        {
            // It is the file that is said to be missing where somebody else made the folder in the same moment.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(unfinished, content);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private async Task<Dictionary<string, string>> ReadListAsync(CancellationToken cancellationToken)
    {
        var list = FullPath(List);
        var lines = File.Exists(list) ? await File.ReadAllLinesAsync(list, cancellationToken) : [];
        return lines
            .Select(line => line.Split('\t'))
            .Where(parts => parts is [_, _])
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }

    private async Task WriteListAsync(IEnumerable<KeyValuePair<string, string>> lines, CancellationToken cancellationToken)
    {
        var list = FullPath(List);
        var text = string.Concat(lines.OrderBy(line => line.Key, StringComparer.Ordinal).Select(line => $"{line.Key}\t{line.Value}\n"));
        await File.WriteAllTextAsync(list + ".new", text, cancellationToken);
        File.Move(list + ".new", list, overwrite: true);
    }

    private string FullPath(string path) => Path.Combine(folder, path);
}
