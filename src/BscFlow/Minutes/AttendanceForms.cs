using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Minutes;

/// <summary>Ways to write who was at a meeting into its minutes, in the form that they have: the likeliest first.</summary>
/// <remarks>
/// People list each other in many forms, with rows, boxes, links and numbers. A way is a proposal only: whoever takes it reads the
/// text again and passes over one that does not say what was meant.
/// </remarks>
/// <param name="section">The minutes of one meeting.</param>
/// <param name="minutes">What was read in them.</param>
internal sealed partial class AttendanceForms(string section, MeetingMinutes minutes)
{
    private const string LeftEarly = " (left early)";

    private readonly List<string> _lines = TextLines.Split(section);

    /// <summary>Without one of the participants.</summary>
    public IEnumerable<string> Without(int participant)
    {
        var person = minutes.Participants[participant];
        var (line, content) = (person.Line - 1, Content(person.Line));
        if (Box().Match(content) is { Success: true } box && IsAlone(person))
        {
            yield return With(line, Replaced(content, box.Index, box.Length, box.Groups["mark"].Value + "[ ]"));
        }

        if (IsAlone(person) && person.Line != minutes.ParticipantsLine)
        {
            yield return WithoutLine(line);
        }

        var names = Segments(content);
        foreach (var i in Enumerable.Range(0, names.Count).OrderByDescending(i => Places(content[names[i]], person.Name).Any()))
        {
            var (from, to) = (names[i].Start.Value, names[i].End.Value);
            from = i > 0 ? names[i - 1].End.Value : from;
            to = i == 0 && names.Count > 1 ? names[1].Start.Value : to;
            to += i == 0 && names.Count > 1 ? content[to..].Length - content[to..].TrimStart().Length : 0;
            yield return With(line, Replaced(content, from, to - from, "").TrimEnd());
        }
    }

    /// <summary>With a remark that one of the participants left.</summary>
    public IEnumerable<string> Leaving(int participant)
    {
        var person = minutes.Participants[participant];
        var content = Content(person.Line);
        return Places(content, person.Name).Select(place => place + person.Name.Length)
            .Concat(Segments(content).Select(name => content[..name.End].TrimEnd().Length))
            .Distinct()
            .Select(end => With(person.Line - 1, content.Insert(end, LeftEarly)));
    }

    /// <summary>Without the remark that one of the participants left.</summary>
    public IEnumerable<string> Staying(int participant)
    {
        var line = minutes.Participants[participant].Line;
        return Left().Matches(Content(line)).Select(remark => With(line - 1, Replaced(Content(line), remark.Index, remark.Length, "")));
    }

    /// <summary>With somebody who is not among the participants.</summary>
    public IEnumerable<string> With(string name, bool guest, bool left)
    {
        var written = left ? name + LeftEarly : name;
        for (var i = 0; i < _lines.Count; i++)
        {
            var content = TextLines.Content(_lines[i]);
            if (EmptyBox().Match(content) is { Success: true } box && Places(content, name).Any())
            {
                yield return With(i, Replaced(content, box.Index, box.Length, box.Groups["mark"].Value + "[x]") + (left ? LeftEarly : ""));
            }
        }

        var people = minutes.Participants;
        foreach (var last in people.Where(person => person.Guest == guest).TakeLast(1).Concat(people.TakeLast(1)).Distinct())
        {
            var content = Content(last.Line);
            var inRow = With(last.Line - 1, $"{content.TrimEnd()}, {written}");
            var isRow = !IsAlone(last) || last.Line == minutes.ParticipantsLine || Label().IsMatch(content);
            if (isRow)
            {
                yield return inRow;
            }

            yield return WithLine(EndOfItem(last.Line), MarkAfter(content) + written);
            yield return WithLine(last.Line, MarkAfter(content) + written);
            yield return inRow;
        }

        if (minutes.ParticipantsLine is { } label)
        {
            yield return WithLine(label, $"{Indent(Content(label))}  - {written}");
        }

        var chair = minutes.Chairs is [.., var chairing] ? chairing.Line : (int?)null;
        foreach (var above in (IEnumerable<int?>)[chair, minutes.ChairLine, minutes.DurationLine, minutes.Line])
        {
            if (above is { } head)
            {
                yield return WithLine(head, "- **Participants:**", $"  - {written}");
            }
        }
    }

    /// <summary>With lines at the end of the minutes.</summary>
    public string Ending(string line) => string.Concat(section.AsSpan().TrimEnd(), NewLine, line, NewLine);

    private string NewLine => TextLines.EndOf(_lines[0]) is { Length: > 0 } end ? end : "\n";

    private string Content(int number) => TextLines.Content(_lines[number - 1]);

    private bool IsAlone(NamedPerson person) => minutes.Participants.Count(other => other.Line == person.Line) == 1;

    /// <summary>Number of the last line that belongs to a list's item: what is indented more than it follows it.</summary>
    private int EndOfItem(int number)
    {
        var indent = Indent(Content(number)).Length;
        while (number < _lines.Count && Content(number + 1) is var next && !string.IsNullOrWhiteSpace(next) && Indent(next).Length > indent)
        {
            number++;
        }

        return number;
    }

    /// <summary>What a line has before its text, for the line that follows it: "  - ", "3. " after "2. ".</summary>
    private static string MarkAfter(string content)
    {
        var mark = Mark().Match(content);
        if (mark.Groups["number"] is not { Success: true } number)
        {
            return mark.Value;
        }

        var next = int.Parse(number.ValueSpan, CultureInfo.InvariantCulture) + 1;
        return Replaced(mark.Value, number.Index, number.Length, next.ToString(CultureInfo.InvariantCulture));
    }

    private static string Indent(string content) => content[..^content.TrimStart(' ', '\t').Length];

    private string With(int line, string content) =>
        string.Concat(_lines.Select((old, i) => i == line ? content + TextLines.EndOf(old) : old));

    private string WithoutLine(int line)
    {
        var rest = _lines.Where((_, i) => i != line).ToList();
        if (line == rest.Count && line > 0)
        {
            rest[^1] = TextLines.Content(rest[^1]);
        }

        return string.Concat(rest);
    }

    /// <param name="after">Number of the line below which they go; they end as it does.</param>
    private string WithLine(int after, params string[] added)
    {
        var end = TextLines.EndOf(_lines[after - 1]);
        var lines = end.Length > 0 ? added.Select(line => line + end) : added.Select(line => NewLine + line);
        return string.Concat([.. _lines[..after], .. lines, .. _lines[after..]]);
    }

    private static string Replaced(string text, int start, int length, string now) =>
        string.Concat(text.AsSpan(0, start), now, text.AsSpan(start + length));

    /// <summary>Where a name stands as whole words.</summary>
    private static IEnumerable<int> Places(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                yield return at;
            }
        }
    }

    /// <summary>The parts of a line between what separates names, the label before them left out.</summary>
    private static List<Range> Segments(string content)
    {
        var start = Label().Match(content) is { Success: true } label ? label.Length : Mark().Match(content).Length;
        var (segments, depth) = (new List<Range>(), 0);
        for (var i = start; i < content.Length; i++)
        {
            depth += content[i] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            var length = depth > 0 ? 0 : content[i] is ',' or ';' or '&' or '+' or '/' ? 1 : content.AsSpan(i).StartsWith(" and ") ? 4 : 0;
            if (length > 0)
            {
                segments.Add(start..i);
                start = i + length;
            }
        }

        segments.Add(start..content.Length);
        return segments;
    }

    [GeneratedRegex(@"^\s*(?:[-*+]|(?<number>\d{1,4})[.)])?\s*(?:\[[xX]\]\s+)?")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^[^:,([]*:[*_\s]*")]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?<mark>\s*(?:(?:[-*+]|\d+[.)])\s*)?)\[[xX]\]")]
    private static partial Regex Box();

    [GeneratedRegex(@"^(?<mark>\s*(?:(?:[-*+]|\d+[.)])\s*)?)\[ ?\]")]
    private static partial Regex EmptyBox();

    [GeneratedRegex(@"\s*[([]\s*left\b[^()[\]]*[)\]]", RegexOptions.IgnoreCase)]
    private static partial Regex Left();
}
