using BscFlow.Votes;

namespace BscFlow.Publishing;

/// <summary>At which version what one year's pages are made of is; null for what there is none of.</summary>
/// <param name="Minutes">The year's file.</param>
/// <param name="Actions">The items of which its minutes speak.</param>
/// <param name="Motions">The motions that opened in it.</param>
public sealed record YearVersion(string? Minutes, string? Actions, string? Motions);

/// <summary>The versions of all that is stored of an archive: what can be listed without reading any of it.</summary>
/// <param name="Years">Every year of which there is anything.</param>
/// <param name="Motions">By id.</param>
public sealed record ArchiveVersions(
    IReadOnlyDictionary<int, YearVersion> Years, IReadOnlyDictionary<string, MotionVersion> Motions)
{
    public static ArchiveVersions Unknown { get; } = Of(
        new Dictionary<int, string>(), new Dictionary<int, string>(), []);

    /// <summary>The years of which there are minutes, the latest first.</summary>
    public IEnumerable<int> MinutedYears =>
        Years.Where(year => year.Value.Minutes is not null).Select(year => year.Key).OrderDescending();

    public static ArchiveVersions Of(
        IReadOnlyDictionary<int, string> minutes, IReadOnlyDictionary<int, string> actions, IReadOnlyList<MotionVersion> motions)
    {
        var opened = motions.ToLookup(motion => motion.Opened.Year);
        var years = minutes.Keys.Union(actions.Keys).Union(opened.Select(year => year.Key));
        return new ArchiveVersions(
            years.ToDictionary(
                year => year,
                year => new YearVersion(
                    minutes.GetValueOrDefault(year), actions.GetValueOrDefault(year), VersionOf(opened[year]))),
            motions.ToDictionary(motion => motion.Id, StringComparer.Ordinal));
    }

    private static string? VersionOf(IEnumerable<MotionVersion> motions) =>
        string.Join(' ', motions.Select(motion => $"{motion.Id}:{motion.Version}")) is { Length: > 0 } all ? all : null;
}
