using System.Text.RegularExpressions;

namespace BscFlow.Meetings;

/// <summary>Finds what somebody wants on an agenda.</summary>
/// <remarks>An agenda is public: what may only be a word to the secretary ("I cannot make it") is left to a person.</remarks>
internal static partial class AgendaWords
{
    /// <summary>As long as an item may be that is typed into the form.</summary>
    private const int LongestItem = 500;

    private const int MostItems = 20;

    /// <summary>The item in a subject such as "Agenda: summit budget"; null when it names none.</summary>
    public static string? InSubject(string subject) =>
        Subject.Match(subject) is { Success: true } match ? Item(match.Groups["item"].Value) : null;

    /// <summary>
    /// The items in an answer to an agenda: lines that begin with "agenda:", else the points of a list, else the only line but a
    /// greeting and a name. Null when it is not plain that these are items, and nothing else.
    /// </summary>
    /// <param name="name">Of the sender, who may have signed with it.</param>
    public static IReadOnlyList<string>? ItemsIn(string written, string name)
    {
        if (LabelledIn(written) is { } labelled)
        {
            return labelled;
        }

        var lines = Lines(written);
        if (Marked(lines, Bullet) is { Count: > 0 and <= MostItems } points)
        {
            var isAll = lines.All(line => Bullet.IsMatch(line) || Around(line, name));
            return isAll && !points.Any(WordToTheSecretary.IsMatch) ? points : null;
        }

        var said = lines.Where(line => !Around(line, name)).ToList();
        return said is [var only] && !WordToTheSecretary.IsMatch(only) && Item(only) is { } item ? [item] : null;
    }

    /// <summary>Only the lines that begin with "agenda:"; null when there are none.</summary>
    public static IReadOnlyList<string>? LabelledIn(string written) =>
        Marked(Lines(written), Label) is { Count: > 0 and <= MostItems } labelled ? labelled : null;

    private static string[] Lines(string written) =>
        written.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Marked(IEnumerable<string> lines, Regex mark) =>
    [
        .. lines.Select(line => mark.Match(line)).Where(match => match.Success)
            .Select(match => Item(match.Groups["item"].Value)).OfType<string>(),
    ];

    /// <summary>What one writes above and below a list: "Please add:", "Thanks, Tessa".</summary>
    private static bool Around(string line, string name) =>
        line is [.., ':' or '：'] && !WordToTheSecretary.IsMatch(line)
        || Greeting.IsMatch(line)
        || name.Contains(line.Trim(',', '-', '–', ' '), StringComparison.OrdinalIgnoreCase);

    private static string? Item(string text)
    {
        var item = new string([.. text.Trim().Where(c => !char.IsControl(c))]);
        return item.Length is > 0 and <= LongestItem ? item : null;
    }

    [GeneratedRegex(@"^\s*(?:(?:re|fwd?|aw|wg|sv|tr)\s*:\s*)*agenda(?: items?)?\s*[:：]\s*(?<item>\S.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Subject { get; }

    [GeneratedRegex(@"^(?:please )?(?:add(?: to the agenda)?|agenda(?: items?)?|items?|topics?)\s*[:：]\s*(?<item>\S.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Label { get; }

    [GeneratedRegex(@"^(?:[-*•–]|\d{1,2}[.)])\s+(?<item>\S.*)$")]
    private static partial Regex Bullet { get; }

    [GeneratedRegex(
        @"^(?:(?:many )?thanks?(?: you)?|thank you|thx|cheers|hi|hello|dear|best(?: regards)?|(?:kind )?regards|greetings|merci|danke"
        + @"|hallo|bonjour)"
        + @"(?:[\s,.!-]+(?:all|everyone|in advance|(?-i:\p{Lu}[\w.]*)))*[\s,.!]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Greeting { get; }

    [GeneratedRegex(
        @"^(?:i|we|i['’]m|i['’]ll|i['’]d|sorry|apologies|regrets|thanks?|thank you|thx|cheers|yes|no|ok(?:ay)?|sure|great|fine|noted|got it"
        + @"|works|sounds|looks?|lgtm|see you|will|won['’]t|can['’]?t|cannot|unable|not able|hi|hello|dear|[+-]?\d)\b|^\W*$|^[+-]1",
        RegexOptions.IgnoreCase)]
    private static partial Regex WordToTheSecretary { get; }
}
