using System.Text.RegularExpressions;
using BscFlow.Committee;

namespace BscFlow.Minutes;

/// <summary>Who of the roster was in the chair of a meeting, read from its minutes and written into them.</summary>
public static partial class ChairField
{
    /// <summary>
    /// <see cref="Attendee.Key"/> of the one in the chair; empty where the minutes name nobody, several, or a stranger.
    /// </summary>
    public static string Read(Charter charter, Roster roster, DateOnly day, MeetingMinutes minutes) =>
        minutes.Chairs is [var chair] ? AttendanceList.KeyOf(charter, roster, day, chair.Name) ?? "" : "";

    /// <summary>The text with another chair; everything else in it stays.</summary>
    /// <param name="section">The minutes of one meeting.</param>
    /// <param name="key">As <see cref="Read"/> gives it; empty: nobody.</param>
    /// <returns>Null where the text has no place or form in which the change would be read again as it is meant.</returns>
    public static string? Set(Charter charter, Roster roster, DateOnly day, string section, string key)
    {
        if ((key.Length == 0 ? "" : AttendanceList.NameOf(charter, key)) is not { } name
            || MinutesReader.Read(section).Meetings is not [var before])
        {
            return null;
        }

        return Ways(TextLines.Split(section), before, name).FirstOrDefault(text =>
            MinutesReader.Read(text).Meetings is [var after]
            && after.Chairs.Count == (key.Length == 0 ? 0 : 1)
            && Read(charter, roster, day, after) == key
            && AttendanceList.Names(after.Participants).SequenceEqual(AttendanceList.Names(before.Participants))
            && AttendanceList.IsSameBesidePeople(before, after));
    }

    /// <summary>Ways to write it, the likeliest first: where the chair stands, in the form that it has there.</summary>
    private static IEnumerable<string> Ways(List<string> lines, MeetingMinutes minutes, string name)
    {
        List<int> named = [.. minutes.Chairs.Select(chair => chair.Line - 1).Distinct()];
        if (minutes.ChairLine is not { } number)
        {
            var above = (minutes.ParticipantsLine - 1) ?? minutes.DurationLine ?? minutes.Line;
            string[] added = name.Length > 0 ? [$"- **Chair:** {name}{EndOf(lines)}"] : [];
            yield return Join([.. lines[..above], .. added, .. lines[above..]]);
            yield break;
        }

        var label = number - 1;
        named.Remove(label);
        if (named is [var below, ..] && name.Length > 0)
        {
            yield return Without(named[1..], With(below, Bullet().Match(lines[below]).Value + name));
        }

        if (Label().Match(TextLines.Content(lines[label])) is { Success: true } head)
        {
            yield return Without(named, With(label, $"{head.Value.TrimEnd()} {name}".TrimEnd()));
        }

        List<string> With(int line, string content) =>
            [.. lines[..line], content + TextLines.EndOf(lines[line]), .. lines[(line + 1)..]];

        static string Without(IEnumerable<int> gone, List<string> from) => Join(from.Where((_, line) => !gone.Contains(line)));
    }

    private static string Join(IEnumerable<string> lines) => string.Concat(lines);

    private static string EndOf(List<string> lines) => TextLines.EndOf(lines[0]) is { Length: > 0 } end ? end : "\n";

    /// <summary>A label with its colon, whether that is bold too or not.</summary>
    [GeneratedRegex(@"^[^:]{1,60}:(?:\*\*|__|\*|_)?")]
    private static partial Regex Label();

    /// <summary>What stands before a name in a list.</summary>
    [GeneratedRegex(@"^\s*(?:(?:[-*+]|\d{1,3}[.)])\s+)?")]
    private static partial Regex Bullet();
}
