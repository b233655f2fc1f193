using System.Globalization;
using System.Text;

namespace BscFlow.Benchmarks.Publishing;

/// <summary>The minutes of an invented committee, as files of years for BscFlow and as files of meetings for Hugo: the same text.</summary>
internal static class PublishingCorpus
{
    private static readonly string[] Members = ["Ada Bell", "Cy Dorn", "Eve Foss", "Gil Hart", "Ida Jonas", "Kay Lind"];

    private static readonly string[] Words =
        "proposal review the of a kernel library release budget summit for with should discuss next meeting group support verify and to in document"
            .Split(' ');

    /// <summary>Hugo's theme: a page a meeting and a year, a list, a front page and a feed, with nothing around them.</summary>
    private static readonly (string Path, string Text)[] Theme =
    [
        ("config.toml", """
            baseURL = "https://bench.example/"
            title = "Bench Committee"
            [taxonomies]
            year = "years"
            [outputs]
            home = ["HTML", "RSS"]
            section = ["HTML"]
            taxonomy = ["HTML"]
            term = ["HTML"]
            """),
        ("layouts/_default/baseof.html", """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
            <body><header><a href="/">{{ .Site.Title }}</a></header><main>{{ block "main" . }}{{ end }}</main></body></html>
            """),
        ("layouts/_default/single.html", """
            {{ define "main" }}<h1>{{ .Title }}</h1><time>{{ .Date.Format "2 January 2006" }}</time>{{ .Content }}
            <nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
            {{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>{{ end }}
            """),
        ("layouts/_default/list.html", List),
        ("layouts/_default/terms.html", List),
        ("layouts/index.html", """
            {{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range first 20 (where .Site.RegularPages "Section" "meetings") }}
            <li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
            """),
    ];

    private const string List = """
        {{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
        <time>{{ .Date.Format "2 January 2006" }}</time></li>{{ end }}</ul>{{ end }}
        """;

    /// <summary>Writes <c>minutes/</c>, <c>charter.json</c> and <c>hugo/</c>; the last meeting is held on the last day of 2025.</summary>
    public static void Write(int seed, int meetings, string folder)
    {
        var random = new Random(seed);
        var years = new SortedDictionary<int, StringBuilder>();
        var date = new DateOnly(2025, 12, 31);
        var content = Directory.CreateDirectory(Path.Combine(folder, "hugo", "content", "meetings")).FullName;
        for (var number = meetings; number > 0; number--)
        {
            var body = Body(random);
            years.TryAdd(date.Year, new StringBuilder());
            years[date.Year].Append(CultureInfo.InvariantCulture, $"## Meeting #{number} - {date:yyyy-MM-dd}\n\n{body}\n");
            File.WriteAllText(
                Path.Combine(content, $"{number:D5}.md"),
                $"---\ntitle: \"Meeting #{number}\"\ndate: {date:yyyy-MM-dd}\nyears: [\"{date.Year}\"]\n---\n{body}");
            date = date.AddDays(meetings > 2000 ? -2 : -7);
        }

        Directory.CreateDirectory(Path.Combine(folder, "minutes"));
        foreach (var (year, text) in years)
        {
            File.WriteAllText(Path.Combine(folder, "minutes", $"{year}.md"), text.ToString());
        }

        foreach (var (path, text) in Theme)
        {
            var file = Path.Combine(folder, "hugo", path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        File.WriteAllText(Path.Combine(folder, "charter.json"), Charter());
    }

    /// <summary>Some 2 KB, as a meeting of the eBPF Steering Committee has in the mean.</summary>
    private static string Body(Random random)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"- **Duration:** {random.Next(20, 90)}m\n- **Chair:** {Pick(random, Members)}\n");
        text.Append("- **Participants:**\n");
        foreach (var member in Members.Where(_ => random.Next(4) > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {member}\n");
        }

        text.Append("- **Notes:**\n");
        for (var topic = random.Next(4, 9); topic > 0; topic--)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {Sentence(random)}\n");
            for (var point = random.Next(5); point > 0; point--)
            {
                text.Append(random.Next(100) switch
                {
                    < 6 => $"    - AI({Pick(random, Members).Split(' ')[0]}): {Sentence(random)}\n",
                    < 9 => $"    - Decision: {Sentence(random)}\n",
                    < 25 => $"    - {Sentence(random)} [notes](https://lists.example.org/d/{random.Next():x8}/edit)\n",
                    _ => $"    - {Sentence(random)}\n",
                });
            }
        }

        return text.ToString();
    }

    private static string Charter() => $$"""
        {
          "id": "bench", "name": "Bench Committee", "timeZone": "Europe/Berlin", "mailbox": "b@bench.example", "secretaries": ["s@bench.example"],
          "meetings": { "rule": "FREQ=WEEKLY;BYDAY=WE", "start": "2026-01-07T16:00" },
          "quorum": { "needs": "at least 3/5", "of": "entire" },
          "rules": { "ordinary": { "inMeeting": { "needs": "more than 1/2", "of": "present" }, "byMail": { "needs": "more than 1/2", "of": "entire" } } },
          "members": [{{string.Join(", ", Members.Select(Member))}}]
        }
        """;

    private static string Member(string name) =>
        $$"""
        { "id": "{{name.Split(' ')[0].ToLowerInvariant()}}", "name": "{{name}}", "addresses": ["{{name.Split(' ')[0]}}@bench.example"], "terms": [{ "from": "1970-01-01" }] }
        """;

    private static string Sentence(Random random) =>
        string.Join(' ', Enumerable.Range(0, random.Next(4, 22)).Select(_ => Pick(random, Words)));

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
