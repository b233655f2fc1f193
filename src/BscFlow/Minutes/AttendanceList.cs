using System.Globalization;
using System.Text.RegularExpressions;
using BscFlow.Committee;

namespace BscFlow.Minutes;

public enum Presence
{
    Absent,
    Present,

    /// <summary>Was there, and left before the end.</summary>
    Left,
}

/// <summary>Somebody of the roster at one meeting.</summary>
/// <param name="Key">A member's id, or <c>guest-</c> and the guest's place in the charter.</param>
/// <param name="InChair">The minutes name them as chair, so that they are there whatever the list says.</param>
public sealed record Attendee(string Key, string Name, bool IsMember, Presence Presence, bool InChair);

/// <summary>Who of the roster was at a meeting, read from its minutes and written into them.</summary>
/// <remarks>Who left is listed as <c>Joe Stringer (left early)</c>; any remark that begins with "left" is read so.</remarks>
public static partial class AttendanceList
{
    private const string LeftEarly = "left early";

    /// <summary>The members in office that day and the charter's guests, in the charter's order.</summary>
    /// <param name="minutes">Of a meeting of the document.</param>
    public static IReadOnlyList<Attendee> Read(
        Charter charter, Roster roster, DateOnly day, MinutesDocument document, MeetingMinutes minutes)
    {
        var lines = document.Text.Split('\n');
        var presence = new Dictionary<string, Presence>();
        foreach (var person in minutes.Participants)
        {
            if (KeyOf(charter, roster, day, person.Name) is { } key)
            {
                presence[key] = LeftRemark(lines, person) is not null ? Presence.Left : Presence.Present;
            }
        }

        var chairs = minutes.Chairs.Select(chair => KeyOf(charter, roster, day, chair.Name)).ToHashSet();
        Attendee Of(string key, string name, bool isMember)
        {
            var inChair = chairs.Contains(key);
            return new(key, name, isMember, presence.GetValueOrDefault(key, inChair ? Presence.Present : Presence.Absent), inChair);
        }

        return
        [
            .. roster.On(day).Select(member => Of(member.Id, member.Name, isMember: true)),
            .. charter.Guests.Select((guest, i) => Of(GuestKey(i), guest.Name, isMember: false)),
        ];
    }

    /// <summary>The text with one person's presence changed; everything else in it stays.</summary>
    /// <param name="section">The minutes of one meeting.</param>
    public static string Set(Charter charter, Roster roster, DateOnly day, string section, string key, Presence presence)
    {
        if (MinutesReader.Read(section).Meetings is not [var minutes] || NameOf(charter, key) is not { } name)
        {
            return section;
        }

        var lines = section.Split('\n').ToList();
        var listed = minutes.Participants.FirstOrDefault(person => KeyOf(charter, roster, day, person.Name) == key);
        switch (presence)
        {
            case Presence.Absent when listed is not null:
                Remove(lines, listed);
                break;
            case Presence.Present when listed is null:
                Add(lines, minutes, name);
                break;
            case Presence.Present when LeftRemark(lines, listed) is { } remark:
                Replace(lines, listed, $"{listed.Name}{remark}", listed.Name);
                break;
            case Presence.Left when listed is null:
                Add(lines, minutes, $"{name} ({LeftEarly})");
                break;
            case Presence.Left when LeftRemark(lines, listed) is null:
                Replace(lines, listed, listed.Name, $"{listed.Name} ({LeftEarly})");
                break;
        }

        return string.Join('\n', lines);
    }

    /// <summary>Puts a line at the end of the notes: who left, and that nothing can be decided from there on.</summary>
    public static string NoteLoss(string section, string name)
    {
        var end = section.TrimEnd();
        return QuorumLoss.Find(section) is null ? $"{end}\n  - Quorum lost: {name} left.\n" : section;
    }

    private static string GuestKey(int index) => string.Create(CultureInfo.InvariantCulture, $"guest-{index}");

    private static string? NameOf(Charter charter, string key) =>
        charter.Members.FirstOrDefault(member => member.Id == key)?.Name
        ?? charter.Guests.Where((_, i) => GuestKey(i) == key).FirstOrDefault()?.Name;

    private static string? KeyOf(Charter charter, Roster roster, DateOnly day, string name) => roster.Find(name, day) switch
    {
        NameMatch.OfMember { Member: var member } => member.Id,
        NameMatch.OfGuest { Guest: var guest } => GuestKey(charter.Guests.Index().First(other => other.Item == guest).Index),
        _ => null,
    };

    /// <summary>" (left at 15:40)" as it stands behind the name; null where nothing of the kind does.</summary>
    private static string? LeftRemark(IReadOnlyList<string> lines, NamedPerson person)
    {
        var line = lines[person.Line - 1];
        var name = line.IndexOf(person.Name, StringComparison.Ordinal);
        return name >= 0 && Left().Match(line, name + person.Name.Length) is { Success: true } left ? left.Value : null;
    }

    [GeneratedRegex(@"\G\s*\(left\b[^()]*\)", RegexOptions.IgnoreCase)]
    private static partial Regex Left();

    private static void Replace(List<string> lines, NamedPerson person, string old, string now)
    {
        var line = lines[person.Line - 1];
        if (line.IndexOf(old, StringComparison.Ordinal) is >= 0 and var at)
        {
            lines[person.Line - 1] = string.Concat(line.AsSpan(0, at), now, line.AsSpan(at + old.Length));
        }
    }

    /// <summary>Takes out a line that has only this name, or the name out of a row of names.</summary>
    private static void Remove(List<string> lines, NamedPerson person)
    {
        var line = lines[person.Line - 1];
        var written = person.Name + LeftRemark(lines, person);
        if (person.Affiliation is { } affiliation && line.Contains($"{written} ({affiliation})", StringComparison.Ordinal))
        {
            written = $"{written} ({affiliation})";
        }

        if (line.Trim(' ', '\t', '\r', '-', '*', '+') == written)
        {
            lines.RemoveAt(person.Line - 1);
            return;
        }

        foreach (var row in (ReadOnlySpan<string>)[$", {written}", $"{written}, ", written])
        {
            if (line.Contains(row, StringComparison.Ordinal))
            {
                Replace(lines, person, row, "");
                return;
            }
        }
    }

    private static void Add(List<string> lines, MeetingMinutes minutes, string name)
    {
        if (minutes.Participants is [.., var last] && IsRow(lines[last.Line - 1]))
        {
            var end = lines[last.Line - 1];
            lines[last.Line - 1] = end.EndsWith('\r') ? $"{end[..^1]}, {name}\r" : $"{end}, {name}";
        }
        else if (minutes.Participants is [.., var item])
        {
            var line = lines[item.Line - 1];
            var mark = line[..(line.Length - line.TrimStart(' ', '\t', '-', '*', '+').Length)];
            lines.Insert(item.Line, $"{mark}{name}");
        }
        else if (minutes.ParticipantsLine is { } label)
        {
            var indent = lines[label - 1][..(lines[label - 1].Length - lines[label - 1].TrimStart(' ', '\t').Length)];
            lines.Insert(label, $"{indent}  - {name}");
        }
        else
        {
            lines.InsertRange(minutes.ChairLine ?? minutes.DurationLine ?? minutes.Line, ["- **Participants:**", $"  - {name}"]);
        }
    }

    /// <summary>Names one after the other, behind their label or in one item.</summary>
    private static bool IsRow(string line) =>
        line.Contains(':', StringComparison.Ordinal) || line.Contains(',', StringComparison.Ordinal);
}
