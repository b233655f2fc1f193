using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Links;
using BscFlow.Storage;

namespace BscFlow.Publishing;

/// <summary>A published file as it is sent: whole, and compressed where that makes it smaller.</summary>
/// <param name="Hash">Of the content; names the version in ETags.</param>
public sealed record CachedFile(string ContentType, string Hash, byte[] Content, byte[]? Brotli, byte[]? GZip)
{
    public static CachedFile Of(string contentType, byte[] content) => new(
        contentType, SiteFile.HashOf(content), content, Compress(contentType, content, ".br"), Compress(contentType, content, ".gz"));

    internal int Size => Content.Length + (Brotli?.Length ?? 0) + (GZip?.Length ?? 0);

    private static byte[]? Compress(string contentType, byte[] content, string ending) =>
        Compression.TryCompress(contentType, content, ending, out var smaller) ? smaller.ToArray() : null;
}

/// <summary>The published files that were asked for of late, in memory.</summary>
/// <remarks>
/// All files of a committee are of one version of its site, which is the ETag of a blob that each publication writes anew. An
/// instance that published knows at once; any other asks for the version every two seconds while it serves, and before it
/// serves anything after ten seconds of rest.
/// </remarks>
public sealed class SiteCache(BlobServiceClient blobs, TimeProvider clock)
{
    /// <summary>Bytes kept. When it is full it is emptied: what is read a lot is soon back.</summary>
    private const long Most = 128 * 1024 * 1024;

    private const string BegunName = "begun";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(10);

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.SiteContainer);
    private readonly ConcurrentDictionary<string, Entry> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SiteVersion> _versions = new(StringComparer.Ordinal);
    private long _size;

    /// <summary>A file that can be sent at once.</summary>
    /// <param name="path">Of the request: <c>/bsc/meetings/0062.html</c>, or <c>/bsc/</c> for its index.</param>
    /// <returns>Null: ask <see cref="FindAsync"/>.</returns>
    public CachedFile? TryGet(string path)
    {
        if (!_files.TryGetValue(path, out var entry) || entry.ETag != entry.Version.ETag)
        {
            return null;
        }

        var age = clock.GetElapsedTime(entry.Version.CheckedAt);
        if (age >= Stale)
        {
            return null;
        }

        if (age >= Fresh && entry.Version.TryBeginCheck())
        {
            _ = CheckAsync(entry.Version, CancellationToken.None);
        }

        return entry.File;
    }

    /// <summary>Reads a file from where it is published, and keeps it.</summary>
    /// <param name="path">As for <see cref="TryGet"/>.</param>
    /// <param name="file">Of the committee's site, as in <see cref="SitePath"/>.</param>
    public async Task<CachedFile?> FindAsync(string path, string committee, string file, CancellationToken cancellationToken)
    {
        var version = _versions.GetOrAdd(committee, static committee => new SiteVersion(committee));
        if (version.ETag == default || clock.GetElapsedTime(version.CheckedAt) >= Fresh)
        {
            await CheckAsync(version, cancellationToken);
        }

        if (TryGet(path) is { } known)
        {
            return known;
        }

        // The version is read before the file: one that is published in between makes this entry old.
        var etag = version.ETag;
        try
        {
            var answer = await _container.GetBlobClient(Keys.SiteBlob(committee, file)).DownloadContentAsync(cancellationToken);
            var read = CachedFile.Of(answer.Value.Details.ContentType, answer.Value.Content.ToArray());
            Keep(path, new Entry(read, version, etag));
            return read;
        }
        catch (RequestFailedException missing) when (missing.Status is 404 or 400)
        {
            return null;
        }
    }

    /// <summary>Says that files of a committee's site are about to be written; <see cref="RenewAsync"/> says that all are.</summary>
    public Task BeginAsync(string committee, CancellationToken cancellationToken) =>
        SetAsync(committee, new Dictionary<string, string> { [BegunName] = "yes" }, cancellationToken);

    /// <summary>Whether a publication has begun and not ended: what was read since may be old and is in memory as new.</summary>
    public async Task<bool> IsBegunAsync(string committee, CancellationToken cancellationToken)
    {
        try
        {
            var blob = _container.GetBlobClient(Keys.SiteVersionBlob(committee));
            return (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.Metadata.ContainsKey(BegunName);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }
    }

    /// <summary>Says that a committee's site was published: what is in memory here and elsewhere is old.</summary>
    public Task RenewAsync(string committee, CancellationToken cancellationToken) =>
        SetAsync(committee, new Dictionary<string, string>(), cancellationToken);

    private async Task SetAsync(string committee, IDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var version = _versions.GetOrAdd(committee, static committee => new SiteVersion(committee));
        var answer = await _container.GetBlobClient(Keys.SiteVersionBlob(committee))
            .UploadAsync(BinaryData.Empty, new BlobUploadOptions { Metadata = metadata }, cancellationToken);
        version.Set(answer.Value.ETag, clock.GetTimestamp());
    }

    private async Task CheckAsync(SiteVersion version, CancellationToken cancellationToken)
    {
        try
        {
            var blob = _container.GetBlobClient(Keys.SiteVersionBlob(version.Committee));
            var there = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            version.Set(there.Value.ETag, clock.GetTimestamp());
        }
        catch (RequestFailedException)
        {
            // Not published yet, or Storage does not answer: nothing of this version is served once it is stale.
            version.Set(version.ETag, version.CheckedAt);
        }
    }

    private void Keep(string path, Entry entry)
    {
        if (Interlocked.Add(ref _size, entry.File.Size) > Most)
        {
            _files.Clear();
            Interlocked.Exchange(ref _size, entry.File.Size);
        }

        _files[path] = entry;
    }

    private sealed record Entry(CachedFile File, SiteVersion Version, ETag ETag);

    private sealed class SiteVersion(string committee)
    {
        private int _checking;

        public string Committee => committee;

        public ETag ETag { get; private set; }

        /// <summary>As <see cref="TimeProvider.GetTimestamp"/> gives it.</summary>
        public long CheckedAt { get; private set; }

        /// <summary>One request at a time asks.</summary>
        public bool TryBeginCheck() => Interlocked.Exchange(ref _checking, 1) == 0;

        public void Set(ETag etag, long at)
        {
            (ETag, CheckedAt) = (etag, at);
            Volatile.Write(ref _checking, 0);
        }
    }
}
