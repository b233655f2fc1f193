using BscFlow.Committee;

namespace BscFlow.Votes;

/// <summary>Says of an open motion how the committee has changed since it opened, which changes nothing for the vote.</summary>
public static class RosterWords
{
    /// <summary>
    /// "Zoe Wild has joined the committee since, and Lev Sand has left it. Asked are those who were members when it opened."
    /// </summary>
    /// <returns>Null where nobody came or went, and for voters beyond the committee.</returns>
    public static string? Since(Motion motion, Charter charter, DateOnly today)
    {
        if (!motion.IsOpen || motion.Electorate.IsImported)
        {
            return null;
        }

        var now = new Roster(charter).On(today);
        var then = motion.Electorate.Members;
        List<string> joined =
            [.. now.Where(member => then.All(elector => elector.Id != member.Id)).Select(member => member.Name)];
        List<string> left =
            [.. then.Where(elector => now.All(member => member.Id != elector.Id)).Select(elector => elector.Name)];
        List<string> changes =
        [
            .. joined.Count == 0 ? [] : (string[])[$"{Names(joined)} joined the committee since"],
            .. left.Count == 0 ? []
                : (string[])[joined.Count == 0 ? $"{Names(left)} left the committee since" : $"{Names(left)} left it"],
        ];
        return changes.Count == 0
            ? null
            : $"{string.Join(", and ", changes)}. Asked are those who were members when it opened, and nobody else.";
    }

    private static string Names(List<string> names) => names.Count == 1
        ? $"{names[0]} has"
        : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]} have";
}
