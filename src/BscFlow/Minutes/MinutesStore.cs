using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Storage;

namespace BscFlow.Minutes;

/// <summary>A text and the version that it was read at.</summary>
public sealed record StoredMinutes(string Text, ETag ETag);

/// <summary>What became of a text that was to be saved over a certain version.</summary>
public abstract record SavedMinutes
{
    public sealed record Saved(ETag ETag) : SavedMinutes;

    /// <summary>Somebody saved in between. Both texts are kept; nothing was overwritten.</summary>
    /// <param name="Current">The version that stands.</param>
    /// <param name="KeptAs">Blob that holds the text that lost.</param>
    public sealed record LostRace(ETag Current, string KeptAs) : SavedMinutes;
}

/// <summary>The minutes as files in Blob Storage: one a meeting, and one a published year.</summary>
public sealed class MinutesStore(BlobServiceClient blobs)
{
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.MinutesContainer);

    public Task<StoredMinutes?> FindAsync(string committee, int year, string meeting, CancellationToken cancellationToken) =>
        ReadAsync(Keys.MinutesBlob(committee, year, meeting), cancellationToken);

    /// <summary>Writes a meeting's first text; a text that is there already stays.</summary>
    public async Task AddAsync(
        string committee, int year, string meeting, string text, CancellationToken cancellationToken) =>
        await TryWriteAsync(
            Keys.MinutesBlob(committee, year, meeting),
            text,
            new BlobRequestConditions { IfNoneMatch = ETag.All },
            cancellationToken);

    /// <summary>
    /// The same where a cancelled meeting may have had the number before: its text is kept beside, and makes room for this one's.
    /// </summary>
    /// <param name="isOfMeeting">Whether a text that is there is this meeting's own.</param>
    public async Task AddAsync(
        string committee, int year, string meeting, string text, Func<string, bool> isOfMeeting, CancellationToken cancellationToken)
    {
        await AddAsync(committee, year, meeting, text, cancellationToken);
        while (await FindAsync(committee, year, meeting, cancellationToken) is { } present && !isOfMeeting(present.Text))
        {
            await KeepAsync(committee, year, meeting, present.Text, cancellationToken);
            await TrySaveAsync(committee, year, meeting, text, present.ETag, cancellationToken);
        }
    }

    /// <param name="over">The version that the writer had read.</param>
    /// <returns>The version that was written, or that holds the same text already; null when another stands.</returns>
    public async Task<ETag?> TrySaveAsync(
        string committee, int year, string meeting, string text, ETag over, CancellationToken cancellationToken)
    {
        var name = Keys.MinutesBlob(committee, year, meeting);
        return await TryWriteAsync(name, text, new BlobRequestConditions { IfMatch = over }, cancellationToken)
            ?? (await ReadAsync(name, cancellationToken) is { } current && current.Text == text ? current.ETag : null);
    }

    /// <param name="over">The version that the writer had read.</param>
    public async Task<SavedMinutes> SaveAsync(
        string committee, int year, string meeting, string text, ETag over, CancellationToken cancellationToken)
    {
        var name = Keys.MinutesBlob(committee, year, meeting);
        if (await TrySaveAsync(committee, year, meeting, text, over, cancellationToken) is { } written)
        {
            return new SavedMinutes.Saved(written);
        }

        var current = await ReadAsync(name, cancellationToken);
        var kept = await KeepAsync(committee, year, meeting, text, cancellationToken);
        return new SavedMinutes.LostRace(current?.ETag ?? default, kept);
    }

    /// <returns>Name of the blob that holds the text beside the meeting's own.</returns>
    private async Task<string> KeepAsync(string committee, int year, string meeting, string text, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
        var kept = Keys.LostMinutesBlob(committee, year, meeting, hash);
        await TryWriteAsync(kept, text, conditions: null, cancellationToken);
        return kept;
    }

    /// <summary>The published minutes of a year, newest meeting first or last as the committee keeps them.</summary>
    public Task<StoredMinutes?> FindYearAsync(string committee, int year, CancellationToken cancellationToken) =>
        ReadAsync(Keys.YearBlob(committee, year), cancellationToken);

    /// <summary>All published years, oldest first.</summary>
    public async Task<IReadOnlyList<(int Year, string Text)>> AllYearsAsync(string committee, CancellationToken cancellationToken)
    {
        var years = (await YearVersionsAsync(committee, cancellationToken)).Keys.Order().ToList();
        var texts = await Task.WhenAll(years.Select(year => FindYearAsync(committee, year, cancellationToken)));
        return [.. years.Zip(texts, (year, stored) => (year, stored!.Text))];
    }

    /// <summary>The published years, each with the version of its text; no text is read for it.</summary>
    public async Task<IReadOnlyDictionary<int, ETag>> YearVersionsAsync(string committee, CancellationToken cancellationToken)
    {
        Dictionary<int, ETag> versions = [];
        var options = new GetBlobsByHierarchyOptions { Prefix = $"{committee}/", Delimiter = "/" };
        await foreach (var item in _container.GetBlobsByHierarchyAsync(options, cancellationToken))
        {
            if (item.IsBlob && int.TryParse(Path.GetFileNameWithoutExtension(item.Blob.Name), out var year))
            {
                versions.Add(year, item.Blob.Properties.ETag!.Value);
            }
        }

        return versions;
    }

    /// <summary>Changes a year's file, or writes its first version; the change is made again when somebody was faster.</summary>
    /// <param name="change">Gets the present text, null for a new year; must be pure.</param>
    public async Task ChangeYearAsync(
        string committee, int year, Func<string?, string> change, CancellationToken cancellationToken)
    {
        var name = Keys.YearBlob(committee, year);
        while (true)
        {
            var current = await ReadAsync(name, cancellationToken);
            var text = change(current?.Text);
            if (text == current?.Text)
            {
                return;
            }

            var conditions = current is null
                ? new BlobRequestConditions { IfNoneMatch = ETag.All }
                : new BlobRequestConditions { IfMatch = current.ETag };
            if (await TryWriteAsync(name, text, conditions, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    private async Task<StoredMinutes?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return new StoredMinutes(answer.Value.Content.ToString(), answer.Value.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private async Task<ETag?> TryWriteAsync(
        string name, string text, BlobRequestConditions? conditions, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _container.GetBlobClient(name).UploadAsync(
                BinaryData.FromString(text),
                new BlobUploadOptions
                {
                    Conditions = conditions,
                    HttpHeaders = new() { ContentType = "text/markdown; charset=utf-8" },
                },
                cancellationToken);
            return answer.Value.ETag;
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return null;
        }
    }
}
