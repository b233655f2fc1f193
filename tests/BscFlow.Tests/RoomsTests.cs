using System.Text.RegularExpressions;

namespace BscFlow.Tests;

/// <summary>
/// Which rooms of the library know of which: read from the sources, so that an arrow the wrong way is seen when it is drawn.
/// </summary>
public sealed partial class RoomsTests
{
    /// <summary>From the ground up: a room stands below all that know of it.</summary>
    private static readonly (string Name, string[] Knows)[] Rooms =
    [
        ("Storage", []),
        ("Telemetry", []),
        ("Committee", ["Storage"]),
        ("Links", ["Committee", "Storage"]),
        ("Minutes", ["Committee", "Storage"]),
        ("Editing", ["Minutes"]),
        ("Exports", ["Committee", "Storage"]),
        ("Mail", ["Committee", "Links", "Storage", "Telemetry"]),
        ("Actions", ["Committee", "Links", "Mail", "Minutes", "Storage"]),
        ("Meetings", ["Actions", "Committee", "Editing", "Links", "Mail", "Minutes", "Storage"]),
        ("Votes", ["Committee", "Links", "Mail", "Meetings", "Minutes", "Storage", "Telemetry"]),
        ("Publishing", ["Actions", "Committee", "Links", "Meetings", "Minutes", "Storage", "Votes"]),
        ("Workflow", ["Actions", "Committee", "Links", "Mail", "Meetings", "Publishing", "Storage", "Telemetry", "Votes"]),
        ("Secretary", ["Actions", "Committee", "Mail", "Meetings", "Minutes", "Storage", "Votes", "Workflow"]),
        (
            "Web",
            [
                "Actions", "Committee", "Editing", "Links", "Mail", "Meetings",
                "Minutes", "Publishing", "Secretary", "Storage", "Telemetry",
                "Votes", "Workflow",
            ]),
    ];

    private static string Library => Repository.PathOf("src/BscFlow");

    [Fact]
    public void A_room_knows_only_of_the_rooms_that_it_may()
    {
        var arrows =
            from room in Rooms
            from file in Directory.EnumerateFiles(Path.Combine(Library, room.Name), "*", SearchOption.AllDirectories)
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
            from other in Using().Matches(File.ReadAllText(file)).Select(match => match.Groups["room"].Value)
            where other != room.Name && !room.Knows.Contains(other)
            select $"{Path.GetRelativePath(Library, file)} uses {other}";

        Assert.Empty(arrows);
    }

    [Fact]
    public void No_room_knows_of_one_that_stands_above_it() => Assert.All(
        Rooms.Index(),
        room => Assert.Subset(Rooms[..room.Index].Select(below => below.Name).ToHashSet(), room.Item.Knows.ToHashSet()));

    [Fact]
    public void Every_room_says_of_which_others_it_may_know() => Assert.Equal(
        Rooms.Select(room => room.Name).Order(StringComparer.Ordinal),
        Directory.EnumerateDirectories(Library)
            .Select(folder => Path.GetFileName(folder)!)
            .Where(room => room is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\s*@?using (?:static )?BscFlow\.(?<room>\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();
}
