using System.Globalization;
using System.Text.Json.Nodes;
using BscFlow.Committee;

namespace BscFlow.Tests.Committee;

/// <summary>Charters for tests: the samples of the product, and a small one to bend.</summary>
internal static class CharterFiles
{
    public const string Small = """
        {
          "id": "reef",
          "name": "Reef Committee",
          "timeZone": "Europe/Berlin",
          "mailbox": "committee@reef.example",
          "list": "list@reef.example",
          "secretaries": ["desk@reef.example"],
          "meetings": {
            "rule": "FREQ=MONTHLY;BYDAY=2WE",
            "start": "2025-01-08T15:00",
            "length": "PT1H",
            "cancelled": ["2025-08-13"],
            "special": ["2025-08-20T10:00"],
            "earlier": [{ "rule": "FREQ=WEEKLY;BYDAY=TU", "start": "2024-01-02T15:00" }]
          },
          "leadTimes": { "draft": "P7D", "reminder": "P1D", "minutes": "P2D", "objections": "P1W" },
          "chair": { "rotates": true },
          "quorum": { "needs": "at least 3/5", "of": "entire" },
          "rules": {
            "ordinary": {
              "inMeeting": { "needs": "more than 1/2", "of": "present" },
              "byMail": { "needs": "more than 1/2", "of": "entire" }
            },
            "removal": { "needs": "at least 2/3", "of": "others" }
          },
          "motions": { "open": "P7D", "minimum": "P2D", "closeEarly": true },
          "elections": {
            "tieBreak": "lot",
            "quorum": { "needs": "at least 1/10", "of": "entire" },
            "floor": "None of the above",
            "caps": [{ "seats": 2 }, { "affiliation": "Tidewater", "seats": 1 }]
          },
          "members": [
            {
              "id": "ada", "name": "Ada Ström", "addresses": ["ada@reef.example", "ada@home.example"],
              "terms": [{ "from": "2024-01-01" }]
            },
            {
              "id": "bo", "name": "Bo Lindgren", "aliases": ["Bosse"], "addresses": ["bo@reef.example"],
              "terms": [{ "from": "2024-01-01", "until": "2024-12-31" }, { "from": "2025-03-01" }]
            },
            { "id": "chen", "name": "Chen Yu", "addresses": ["chen@reef.example"], "terms": [{ "from": "2024-01-01" }] }
          ],
          "proxies": [{ "member": "chen", "by": "ada", "from": "2025-06-01", "until": "2025-06-30" }],
          "guests": [{ "name": "Dana Moss", "aliases": ["DM"], "address": "dana@reef.example" }]
        }
        """;

    public static string Root { get; } = FindRoot();

    public static Charter Read(string json) => CharterReader.Read(System.Text.Encoding.UTF8.GetBytes(json));

    public static byte[] Sample(string name) =>
        File.ReadAllBytes(Path.Combine(Root, "src", "BscFlow.Local", "Samples", name, "charter.json"));

    public static string Schema => File.ReadAllText(Path.Combine(Root, "src", "BscFlow", "Committee", "charter.schema.json"));

    /// <summary>The small charter with the value at one path changed: <c>members[0].name</c>.</summary>
    /// <param name="value">JSON; null takes the field out.</param>
    public static string SmallWith(string path, string? value)
    {
        var root = JsonNode.Parse(Small)!;
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var node = steps[..^1].Aggregate(root, (parent, step) => step[0] == '[' ? parent[Index(step[1..^1])]! : parent[step]!);
        var parsed = value is null ? null : JsonNode.Parse(value);
        switch (steps[^1])
        {
            case ['[', .. var index, ']'] when Index(index) == node.AsArray().Count:
                node.AsArray().Add(parsed);
                break;
            case ['[', .. var index, ']']:
                node[Index(index)] = parsed;
                break;
            case var name when value is null:
                node.AsObject().Remove(name);
                break;
            case var name:
                node[name] = parsed;
                break;
        }

        return root.ToJsonString();
    }

    private static int Index(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BscFlow.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
