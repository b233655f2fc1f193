using System.Text.RegularExpressions;

namespace BscFlow.Minutes.Linting;

/// <summary>What was not read though it looks like minutes: no page will show it, and nobody would miss it.</summary>
internal static partial class UnreadRules
{
    /// <summary>Lines at the top of a file without headings in which its date would stand.</summary>
    private const int LinesOfTop = 8;

    public static IEnumerable<Finding> Find(IReadOnlyList<(string File, MinutesDocument Document)> files)
    {
        foreach (var (file, document) in files)
        {
            var dates = ImpossibleDates(file, document).ToList();
            foreach (var finding in dates)
            {
                yield return finding;
            }

            // A file beside minutes, about something else, is none of the linter's; nor is a year that has yet to begin.
            if (document.Meetings.Count == 0 && dates.Count == 0 && SaysSomething(document)
                && (files.Count == 1 || Year().IsMatch(Path.GetFileName(file))))
            {
                yield return new(
                    file, 1, "", FindingKind.NoMeeting, "No meeting is read in this file: no heading of it has a number or a date.");
            }
        }
    }

    /// <summary>Whether there are points or labels, below a title and what a page generator keeps above it: "No meeting yet." has none.</summary>
    private static bool SaysSomething(MinutesDocument document)
    {
        var lines = TextLines.Split(document.Text).Select(line => line.Trim()).ToList();
        var body = lines is ["---", ..] && lines.IndexOf("---", 1) is > 0 and var end ? lines.Skip(end + 1) : lines;
        return body.Any(line => line is ['-' or '*' or '+', ' ', ..] || (!line.StartsWith('#') && line.Contains(':', StringComparison.Ordinal)));
    }

    private static IEnumerable<Finding> ImpossibleDates(string file, MinutesDocument document)
    {
        foreach (var (number, line) in Titles(document))
        {
            if (Date().Match(line) is { Success: true } date && !MinutesDate.TryFind(line, null, out _, out _, out _))
            {
                yield return new(
                    file,
                    number,
                    Meeting: "",
                    FindingKind.ImpossibleDate,
                    $"\"{date.Value}\" is no day of the calendar, so that no meeting is read here.");
            }
        }
    }

    /// <summary>The headings, and the top of a file that has none, each with its number.</summary>
    private static List<(int Number, string Line)> Titles(MinutesDocument document)
    {
        var titles = new List<(int, string)>();
        var rest = document.Text.AsSpan();
        for (var number = 1; !rest.IsEmpty; number++)
        {
            var line = TextLines.Take(ref rest);
            if (line[0] == '#' || (document.Meetings.Count == 0 && number <= LinesOfTop))
            {
                titles.Add((number, TextLines.Content(line.ToString())));
            }
        }

        return titles;
    }

    [GeneratedRegex(
        @"(?<![\d/.-])\d{4}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{1,2}(?![\d/.-])" +
        @"|\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*,? \d{4}\b" +
        @"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"(?<!\d)(?:19|20)\d\d(?!\d)")]
    private static partial Regex Year();
}
