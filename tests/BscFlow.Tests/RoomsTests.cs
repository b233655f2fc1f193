using System.Text.RegularExpressions;

namespace BscFlow.Tests;

/// <summary>Which rooms of the library know of which: read from the sources, so that an arrow the wrong way is seen when it is drawn.</summary>
public sealed partial class RoomsTests
{
    private static readonly Dictionary<string, string[]> Knows = new(StringComparer.Ordinal)
    {
        ["Storage"] = [],
        ["Telemetry"] = [],
        ["Committee"] = ["Storage"],
        ["Links"] = ["Committee", "Storage"],
        ["Minutes"] = ["Committee", "Storage"],
        ["Editing"] = ["Minutes"],
        ["Exports"] = ["Committee", "Storage"],
        ["Mail"] = ["Committee", "Links", "Storage", "Telemetry"],
        ["Actions"] = ["Committee", "Links", "Mail", "Minutes", "Storage"],
        ["Votes"] = ["Committee", "Links", "Mail", "Meetings", "Minutes", "Storage", "Telemetry"],
        ["Meetings"] = ["Actions", "Committee", "Editing", "Links", "Mail", "Minutes", "Storage", "Votes"],
        ["Publishing"] = ["Actions", "Committee", "Links", "Meetings", "Minutes", "Storage", "Votes"],
        ["Workflow"] = ["Actions", "Committee", "Links", "Mail", "Meetings", "Publishing", "Storage", "Telemetry", "Votes"],
        ["Secretary"] = ["Actions", "Committee", "Mail", "Meetings", "Minutes", "Storage", "Votes", "Workflow"],
        ["Web"] =
        [
            "Actions", "Committee", "Editing", "Links", "Mail", "Meetings", "Minutes", "Publishing", "Secretary", "Storage", "Telemetry",
            "Votes", "Workflow",
        ],
    };

    [Fact]
    public void A_room_knows_only_of_the_rooms_that_it_may()
    {
        var arrows =
            from room in Knows.Keys
            from file in Directory.EnumerateFiles(Path.Combine(Library, room), "*", SearchOption.AllDirectories)
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
            from other in Using().Matches(File.ReadAllText(file)).Select(match => match.Groups["room"].Value)
            where other != room && !Knows[room].Contains(other)
            select $"{Path.GetRelativePath(Library, file)} uses {other}";

        Assert.Empty(arrows);
    }

    [Fact]
    public void Every_room_says_of_which_others_it_may_know() => Assert.Equal(
        Knows.Keys.Order(StringComparer.Ordinal),
        Directory.EnumerateDirectories(Library)
            .Select(folder => Path.GetFileName(folder)!)
            .Where(room => room is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal));

    private static string Library => Repository.PathOf("src/BscFlow");

    [GeneratedRegex(@"^\s*@?using (?:static )?BscFlow\.(?<room>\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();
}
