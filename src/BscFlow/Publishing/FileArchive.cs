using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;

namespace BscFlow.Publishing;

/// <summary>A file of minutes before it is read.</summary>
/// <param name="Name">As errors name it.</param>
/// <param name="Below">Its path below the archive, with '/' between its parts.</param>
public sealed record SourceFile(string Name, string Below, byte[] Bytes);

/// <summary>An archive of minutes in files. Years before the latest are not read again while their files stay the same.</summary>
/// <remarks>
/// What is remembered holds for an archive of a file a year. When one of the older files changed, and for any other archive,
/// everything is read.
/// </remarks>
public sealed class FileArchive
{
    private readonly FileArchiveDigest? _digest;

    private FileArchive(Archive archive, FileArchiveDigest? digest) => (Archive, _digest) = (archive, digest);

    /// <summary>Without its address.</summary>
    public Archive Archive { get; }

    /// <summary>Reads what can have changed.</summary>
    /// <param name="read">Reads files, all that are given at once.</param>
    /// <param name="last">What <see cref="Digest"/> gave when it was last published to the same place; null: nothing.</param>
    /// <exception cref="InvalidArchiveException">Names every place that keeps the archive from being published.</exception>
    public static FileArchive Read(
        Charter charter,
        IReadOnlyList<SourceFile> files,
        Func<IReadOnlyList<SourceFile>, IReadOnlyList<ArchiveFile>> read,
        SiteContent content,
        DateTimeOffset now,
        byte[]? last)
    {
        var archive = new Reading(charter, files, read, content, now);
        return (FileArchiveDigest.Read(last) is { } digest ? archive.After(digest) : null) ?? archive.Whole();
    }

    /// <summary>Reads everything, now and the next time.</summary>
    /// <exception cref="InvalidArchiveException">Names every place that keeps the archive from being published.</exception>
    public static FileArchive Read(
        Charter charter,
        IReadOnlyList<SourceFile> files,
        Func<IReadOnlyList<SourceFile>, IReadOnlyList<ArchiveFile>> read,
        SiteContent content,
        DateTimeOffset now) =>
        new(new Reading(charter, files, read, content, now).Whole().Archive, digest: null);

    /// <summary>For the next time.</summary>
    /// <returns>Null where all will have to be read again.</returns>
    public byte[]? Digest(SiteDigest? site) =>
        _digest is not null && site is not null && site.Years.All(year => year.IsClosed || year.Year >= _digest.Since)
            ? (_digest with { Site = site }).Write()
            : null;

    private sealed class Reading(
        Charter charter,
        IReadOnlyList<SourceFile> files,
        Func<IReadOnlyList<SourceFile>, IReadOnlyList<ArchiveFile>> read,
        SiteContent content,
        DateTimeOffset now)
    {
        /// <summary>The calendar file tells of the meetings of a year.</summary>
        private const int DaysOfCalendar = 400;

        private readonly Lazy<string[]> _hashes = new(() =>
            [.. files.AsParallel().AsOrdered().Select(file => Convert.ToHexStringLower(SHA256.HashData(file.Bytes)))]);

        public FileArchive Whole()
        {
            var documents = read(files);
            var plan = ArchivePlan.Make(charter, documents);
            var roster = new Roster(charter);
            if (YearsOf(plan, documents) is not { } years || Since(plan) is not { } since)
            {
                var all = ActionRegister.ReadAll(plan.Meetings.Select(meeting => meeting.Minutes), roster);
                return new FileArchive(ArchiveOf(plan, all, SettledArchive.Nothing), digest: null);
            }

            var later = plan.Meetings.Where(meeting => meeting.Day.Year >= since).Select(meeting => meeting.Minutes).ToList();
            var earlier = plan.Meetings.Where(meeting => meeting.Day.Year < since).Select(meeting => meeting.Minutes);
            var before = ActionRegister.ReadOn([], earlier, roster, later.FirstOrDefault()?.Date);
            var register = ActionRegister.ReadOn(before, later, roster, after: null);
            var known = Known(before, since);
            var settled = before.Except(known).Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
            var versions = Versions(years, register.Where(item => !settled.Contains(item.Id)));
            return new FileArchive(
                ArchiveOf(plan, register, new SettledArchive { Versions = versions }),
                new FileArchiveDigest(
                    [
                        .. files.Zip(years, _hashes.Value)
                            .Select(file => new FileVersion(file.First.Below, file.Second, file.Third)),
                    ],
                    since,
                    later.FirstOrDefault()?.Date,
                    known,
                    SiteDigest.Nothing));
        }

        /// <returns>Null where what is remembered does not hold.</returns>
        public FileArchive? After(FileArchiveDigest last)
        {
            if (last.Site.Key != SiteDigest.KeyOf(charter, last.Files.Select(file => file.Year).OrderDescending(), content)
                || !last.Files.Select(file => file.Below).SequenceEqual(files.Select(file => file.Below))
                || new DateOnly(last.Since, 1, 1) > charter.DayOf(now).AddDays(-DaysOfCalendar)
                || last.Files.Zip(_hashes.Value).Any(file => file.First.Year < last.Since && file.First.Hash != file.Second))
            {
                return null;
            }

            var latest = files.Zip(last.Files).Where(file => file.Second.Year >= last.Since).Select(file => file.First);
            var documents = read([.. latest]);
            if (PlanOf(documents) is not { } plan
                || YearsOf(plan, documents) is null
                || plan.Years.Keys.Except(last.Files.Select(file => file.Year)).Any()
                || (plan.Meetings is [var first, ..] ? first.Day : (DateOnly?)null) != last.First)
            {
                return null;
            }

            var register = ActionRegister.ReadOn(
                last.Known, plan.Meetings.Select(meeting => meeting.Minutes), new Roster(charter), after: null);
            var versions = Versions([.. last.Files.Select(file => file.Year)], register);
            var settled = new SettledArchive
            {
                Years = [.. last.Site.SettledYears(versions).Where(year => year.Year < last.Since)],
                Versions = versions,
                Whole = () => Task.FromResult(Whole().Archive),
            };
            var archive = ArchiveOf(plan, register, settled);
            var isRead = settled.Years.Count == last.Files.Count(file => file.Year < last.Since);
            var isNumbered = settled.Years.SelectMany(year => year.Meetings).Select(meeting => meeting.Number).OfType<int>()
                .Concat(plan.Meetings.Select(meeting => meeting.Minutes.Number).OfType<int>())
                .GroupBy(number => number).All(number => !number.Skip(1).Any());
            var isKnown = !SiteDescription.LatelyClosedOf(settled, register).Any();
            var hashed = last.Files.Zip(_hashes.Value, (file, hash) => file with { Hash = hash });
            return isRead && isNumbered && isKnown && archive.FitsSettled(last.Site)
                ? new FileArchive(archive, last with { Files = [.. hashed] })
                : null;
        }

        private ArchivePlan? PlanOf(IReadOnlyList<ArchiveFile> documents)
        {
            try
            {
                return ArchivePlan.Make(charter, documents);
            }
            catch (InvalidArchiveException)
            {
                // The errors are told of the whole archive.
                return null;
            }
        }

        private Archive ArchiveOf(ArchivePlan plan, IReadOnlyList<ActionItem> register, SettledArchive settled) => new()
        {
            Charter = charter,
            Years = [.. plan.Years.Select(year => new YearMinutes(year.Key, year.Value))],
            Meetings = [.. plan.Meetings.Select(meeting => meeting.Row)],
            Actions = register,
            Settled = settled,
            Now = now,
        };

        /// <summary>The first year that is read each time: the latest file is thought of as the one that will change.</summary>
        /// <returns>Null where that is all of them.</returns>
        private int? Since(ArchivePlan plan)
        {
            var calendar = charter.DayOf(now).AddDays(-DaysOfCalendar).Year;
            var meetings = 0;
            foreach (var (year, document) in plan.Years.OrderByDescending(year => year.Key).Skip(1))
            {
                meetings += document.Meetings.Count;
                if (meetings >= SiteDigest.ReadMeetings && year <= calendar && year > 2)
                {
                    return year;
                }
            }

            return null;
        }

        /// <summary>What the years since can speak of, and what the page of action items shows.</summary>
        private static List<ActionItem> Known(IReadOnlyList<ActionItem> before, int since)
        {
            var first = new DateOnly(since, 1, 1).AddDays(-ActionMatching.DaysLookedBack);
            var lately = before.Where(item => item.Closed is not null)
                .OrderByDescending(item => item.Closed).ThenByDescending(item => item.Id, StringComparer.Ordinal)
                .Take(SiteDescription.LatelyClosed)
                .ToHashSet();
            return [.. before.Where(item => item.State is ActionState.Open || item.LastSeen >= first || lately.Contains(item))];
        }

        /// <summary>The year of each file, where each is the file of one year as it stands.</summary>
        private static List<int>? YearsOf(ArchivePlan plan, IReadOnlyList<ArchiveFile> documents)
        {
            List<int> years =
            [
                .. from file in documents
                   from year in plan.Years
                   where ReferenceEquals(year.Value, file.Minutes)
                   select year.Key,
            ];
            return years.Count == documents.Count && years.Count == plan.Years.Count ? years : null;
        }

        /// <param name="items">Those that can change while the older files stay the same.</param>
        private ArchiveVersions Versions(IReadOnlyList<int> years, IEnumerable<ActionItem> items)
        {
            Dictionary<int, IncrementalHash> hashes = [];
            foreach (var item in items)
            {
                var json = JsonSerializer.SerializeToUtf8Bytes(item, FileArchiveJson.Default.ActionItem);
                foreach (var year in item.Years)
                {
                    if (!hashes.TryGetValue(year, out var hash))
                    {
                        hashes[year] = hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                    }

                    hash.AppendData(json);
                }
            }

            return ArchiveVersions.Of(
                years.Zip(_hashes.Value).ToDictionary(file => file.First, file => file.Second),
                hashes.ToDictionary(year => year.Key, year => Convert.ToHexStringLower(year.Value.GetHashAndReset())),
                []);
        }
    }
}

/// <param name="Since">The first year that is read in any case.</param>
/// <param name="First">Date of its first meeting: "before next meeting" may speak of it.</param>
/// <param name="Known">The items of the years before that later ones can speak of.</param>
internal sealed record FileArchiveDigest(
    IReadOnlyList<FileVersion> Files, int Since, DateOnly? First, IReadOnlyList<ActionItem> Known, SiteDigest Site)
{
    public byte[] Write() => PackedJson.Write(this, FileArchiveJson.Default.FileArchiveDigest);

    /// <returns>Null where it is none that can be read.</returns>
    public static FileArchiveDigest? Read(byte[]? written) => PackedJson.Read(written, FileArchiveJson.Default.FileArchiveDigest);
}

/// <param name="Hash">SHA-256.</param>
internal sealed record FileVersion(string Below, int Year, string Hash);

// Nothing is left out: a required member that is null must be there to be read again.
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(FileArchiveDigest))]
[JsonSerializable(typeof(ActionItem))]
internal sealed partial class FileArchiveJson : JsonSerializerContext;
