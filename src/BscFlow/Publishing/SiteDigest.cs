using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.Committee;
using BscFlow.Publishing.Data;

namespace BscFlow.Publishing;

/// <summary>
/// What a publication leaves for the next one: of each year, at which versions it was, what its files were made of, and what the
/// lists and figures of other pages take from it. So a year of which nothing changed is not read again.
/// </summary>
/// <remarks>
/// It is a cache and nothing more: without it everything is read and the site comes out the same, byte for byte. Another build,
/// another charter or another list of years makes all of it void.
/// </remarks>
/// <param name="Key">Of what all pages depend on; see <see cref="KeyOf"/>.</param>
/// <param name="ActionYears">Every year has a page of its action items, which links to these.</param>
public sealed record SiteDigest(
    string Key, IReadOnlyList<int> ActionYears, IReadOnlyList<YearDigest> Years, IReadOnlyList<MotionDigest> Motions)
{
    /// <summary>The feed and the front page tell of the latest meetings more than is remembered.</summary>
    public const int ReadMeetings = Feed.MostEntries;

    public static SiteDigest Nothing { get; } = new("", [], [], []);

    public static string KeyOf(Charter charter, IEnumerable<int> minutedYears, SiteContent content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Site.Build);
        hash.AppendData(CharterWriter.Write(charter));
        hash.AppendData(
            JsonSerializer.SerializeToUtf8Bytes([.. minutedYears, (int)content], DigestJson.Default.IReadOnlyListInt32));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The years that need not be read again.</summary>
    /// <remarks>
    /// A meeting's page links to the meeting before and the one after it, so that next to a file that changed no year is settled; and
    /// it tells how the votes stand that its minutes ask for, whenever they open.
    /// </remarks>
    public IReadOnlyList<YearDigest> SettledYears(ArchiveVersions versions)
    {
        var known = Years.ToDictionary(year => year.Year);
        List<int> files = [.. versions.MinutedYears];
        var changed = files
            .Where(year => known.GetValueOrDefault(year)?.Version.Minutes != versions.Years[year].Minutes)
            .Select(year => files.IndexOf(year))
            .ToHashSet();
        HashSet<int> read = [];
        var meetings = 0;
        for (var i = 0; i < files.Count; i++)
        {
            if (meetings < ReadMeetings || changed.Contains(i - 1) || changed.Contains(i) || changed.Contains(i + 1))
            {
                read.Add(files[i]);
            }

            meetings += !changed.Contains(i) && known[files[i]].IsClosed ? known[files[i]].Meetings.Count : 0;
        }

        var settled = SettledMotions(versions).Select(motion => motion.Summary.Id).ToHashSet(StringComparer.Ordinal);
        var asking = versions.Motions.Values
            .Where(motion => !settled.Contains(motion.Id))
            .Select(motion => SiteDescription.MeetingPath(motion.Meeting))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Years.Where(year => year.IsClosed && !read.Contains(year.Year)
                && !year.Meetings.Any(meeting => asking.Contains(meeting.Path))
                && versions.Years.GetValueOrDefault(year.Year) == year.Version),
        ];
    }

    /// <summary>The motions whose results need not be read again.</summary>
    public IEnumerable<MotionDigest> SettledMotions(ArchiveVersions versions) => Motions.Where(motion =>
        !motion.Summary.IsOpen && versions.Motions.GetValueOrDefault(motion.Summary.Id)?.Version == motion.Version);

    public byte[] Write() => PackedJson.Write(this, DigestJson.Default.SiteDigest);

    /// <returns><see cref="Nothing"/> where it is none that can be read.</returns>
    public static SiteDigest Read(byte[]? written) => PackedJson.Read(written, DigestJson.Default.SiteDigest) ?? Nothing;
}

/// <summary>One year as it was published.</summary>
/// <param name="IsClosed">It can be settled: nothing in it waits for anything, and no date or number in it is another year's.</param>
/// <param name="Meetings">The latest first.</param>
/// <param name="Actions">The items that it stated first.</param>
/// <param name="Search">Null where there is no search.</param>
public sealed record YearDigest(
    int Year,
    YearVersion Version,
    bool IsClosed,
    IReadOnlyList<MeetingDigest> Meetings,
    IReadOnlyList<StatedAction> Actions,
    SearchSegment? Search,
    IReadOnlyList<FileDigest> Files);

/// <param name="Present">Ids of the members who were there; null where it cannot be told.</param>
/// <param name="PublishedAfter">Days; null where it is not on record.</param>
public sealed record MeetingDigest(
    string Path, int? Number, DateOnly Date, bool IsCancelled, IReadOnlyList<string>? Present, int? PublishedAfter);

/// <summary>An action item, as far as it is counted.</summary>
/// <param name="Closed">Null while it is open.</param>
public sealed record StatedAction(string Id, DateOnly Opened, DateOnly? Closed);

/// <summary>A motion as it was published.</summary>
/// <param name="Version">Of its row.</param>
public sealed record MotionDigest(MotionSummary Summary, long Version, IReadOnlyList<FileDigest> Files);

/// <param name="Made">As <see cref="SiteFile.Made"/>.</param>
public sealed record FileDigest(string Path, string ContentType, SiteStage Stage, string Made);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SiteDigest))]
[JsonSerializable(typeof(IReadOnlyList<int>))]
internal sealed partial class DigestJson : JsonSerializerContext;
