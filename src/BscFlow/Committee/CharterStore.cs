using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Storage;

namespace BscFlow.Committee;

/// <summary>A charter as it is written, and who put it in force when.</summary>
/// <param name="Who">As in the audit; <c>file</c> where a file was taken over.</param>
/// <param name="File">SHA-256 of the file that was taken over last, hexadecimal; null where none was.</param>
public sealed record CharterVersion(ReadOnlyMemory<byte> Json, DateTimeOffset Since, string Who, string? File, ETag ETag)
{
    /// <summary>What was changed, in a few words, as in the audit; null where a file was taken over.</summary>
    public string? What { get; init; }

    public string Text => Encoding.UTF8.GetString(Json.Span).TrimStart('\uFEFF');
}

/// <summary>
/// The charters in force, each a blob <c>config/{committee}/charter.json</c>, and those before them in <c>history/</c> beside it.
/// </summary>
public sealed class CharterStore(BlobServiceClient blobs, TimeProvider clock)
{
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.ConfigContainer);
    private readonly ConcurrentDictionary<string, (ETag ETag, Charter Charter)> _read = new();

    /// <summary>The charter of a committee, or null when there is no such committee.</summary>
    /// <exception cref="InvalidCharterException">The stored charter is not valid.</exception>
    public async Task<Charter?> FindAsync(string committee, CancellationToken cancellationToken)
    {
        var blob = _container.GetBlobClient(Keys.CharterBlob(committee));
        var known = _read.GetValueOrDefault(committee);
        var conditions = known.Charter is null ? null : new BlobRequestConditions { IfNoneMatch = known.ETag };
        try
        {
            var answer = await blob.DownloadContentAsync(conditions, cancellationToken);
            if (answer.GetRawResponse().Status == 304)
            {
                return known.Charter;
            }

            var charter = CharterReader.Read(answer.Value.Content.ToMemory().Span);
            _read[committee] = (answer.Value.Details.ETag, charter);
            return charter;
        }
        catch (RequestFailedException notModified) when (notModified.Status == 304)
        {
            return known.Charter;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Ids of all committees of this deployment.</summary>
    public async IAsyncEnumerable<string> ListAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsByHierarchyOptions { Delimiter = "/" };
        await foreach (var item in _container.GetBlobsByHierarchyAsync(options, cancellationToken))
        {
            if (item.IsPrefix)
            {
                yield return item.Prefix.TrimEnd('/');
            }
        }
    }

    /// <summary>
    /// Puts a charter in force that comes as a file, unless that very file was put in force before: what was changed since stays.
    /// </summary>
    /// <exception cref="InvalidCharterException">Names every field that is wrong; nothing is written.</exception>
    public async Task<Charter> TakeOverAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var charter = CharterReader.Read(json.Span);
        var hash = Convert.ToHexStringLower(SHA256.HashData(json.Span));
        while (true)
        {
            var current = await FindVersionAsync(charter.Id, cancellationToken);
            if (current is not null && current.File == hash)
            {
                return CharterReader.Read(current.Json.Span);
            }

            if (current is not null && !current.Json.Span.SequenceEqual(json.Span))
            {
                await KeepAsync(charter.Id, current, cancellationToken);
            }

            // What somebody puts in force meanwhile is read, and kept like any other.
            CharterVersion version = new(json, clock.GetUtcNow(), "file", hash, default);
            if (await TryWriteAsync(charter.Id, version, current?.ETag, cancellationToken) is not null)
            {
                return charter;
            }
        }
    }

    /// <summary>The charter in force as it is written; null when there is no such committee.</summary>
    public Task<CharterVersion?> FindVersionAsync(string committee, CancellationToken cancellationToken) =>
        ReadAsync(_container.GetBlobClient(Keys.CharterBlob(committee)), cancellationToken);

    /// <summary>A charter that was in force from a moment on, and is not any more; null when there is none.</summary>
    public Task<CharterVersion?> FindFormerAsync(string committee, DateTimeOffset since, CancellationToken cancellationToken) =>
        ReadAsync(_container.GetBlobClient(Keys.FormerCharterBlob(committee, since)), cancellationToken);

    /// <summary>The charter in force and all that were before it, the latest first.</summary>
    public async Task<IReadOnlyList<CharterVersion>> HistoryAsync(string committee, CancellationToken cancellationToken)
    {
        var versions = new List<CharterVersion>();
        await foreach (var blob in _container.GetBlobsAsync(
            BlobTraits.None, BlobStates.None, Keys.CharterHistory(committee), cancellationToken))
        {
            if (await ReadAsync(_container.GetBlobClient(blob.Name), cancellationToken) is { } former)
            {
                versions.Add(former);
            }
        }

        if (await FindVersionAsync(committee, cancellationToken) is { } current)
        {
            // A change that was broken off may have kept the charter that is still in force.
            versions.RemoveAll(former => former.Since == current.Since);
            versions.Add(current);
        }

        return [.. versions.OrderByDescending(version => version.Since)];
    }

    /// <summary>Puts a charter in force in place of the one that the writer had read, which is kept.</summary>
    /// <param name="json">Of <paramref name="charter"/>.</param>
    /// <param name="what">As in <see cref="CharterVersion.What"/>.</param>
    /// <returns>The version that was written; null when another one stands.</returns>
    public async Task<ETag?> TryReplaceAsync(
        Charter charter, ReadOnlyMemory<byte> json, ETag over, string who, string what, CancellationToken cancellationToken)
    {
        if (await FindVersionAsync(charter.Id, cancellationToken) is not { } current || current.ETag != over)
        {
            return null;
        }

        await KeepAsync(charter.Id, current, cancellationToken);
        return await TryWriteAsync(
            charter.Id, new(json, clock.GetUtcNow(), who, current.File, default) { What = what }, over, cancellationToken);
    }

    private async Task KeepAsync(string committee, CharterVersion former, CancellationToken cancellationToken) =>
        await _container.GetBlobClient(Keys.FormerCharterBlob(committee, former.Since)).UploadAsync(
            BinaryData.FromBytes(former.Json), Options(former, conditions: null), cancellationToken);

    /// <param name="over">The version that stands; null: none does.</param>
    /// <returns>The version that was written; null when another one stands.</returns>
    private async Task<ETag?> TryWriteAsync(
        string committee, CharterVersion version, ETag? over, CancellationToken cancellationToken)
    {
        var conditions = over is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new() { IfMatch = over };
        try
        {
            var answer = await _container.GetBlobClient(Keys.CharterBlob(committee)).UploadAsync(
                BinaryData.FromBytes(version.Json), Options(version, conditions), cancellationToken);
            return answer.Value.ETag;
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return null;
        }
    }

    private static BlobUploadOptions Options(CharterVersion version, BlobRequestConditions? conditions) => new()
    {
        Conditions = conditions,
        HttpHeaders = new() { ContentType = "application/json" },
        Metadata = new Dictionary<string, string>
        {
            // Metadata travels in headers, which are ASCII.
            ["who"] = Uri.EscapeDataString(version.Who),
            ["since"] = version.Since.ToString("O", CultureInfo.InvariantCulture),
            ["file"] = version.File ?? "",
            ["what"] = Uri.EscapeDataString(version.What ?? ""),
        },
    };

    private static async Task<CharterVersion?> ReadAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var answer = (await blob.DownloadContentAsync(cancellationToken)).Value;
            var metadata = answer.Details.Metadata;
            return new CharterVersion(
                answer.Content.ToMemory(),
                metadata.TryGetValue("since", out var since)
                    ? DateTimeOffset.Parse(since, CultureInfo.InvariantCulture)
                    : answer.Details.LastModified,
                metadata.TryGetValue("who", out var who) ? Uri.UnescapeDataString(who) : "file",
                metadata.TryGetValue("file", out var file) && file.Length > 0 ? file : null,
                answer.Details.ETag)
            {
                What = metadata.TryGetValue("what", out var what) && what.Length > 0 ? Uri.UnescapeDataString(what) : null,
            };
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }
}
