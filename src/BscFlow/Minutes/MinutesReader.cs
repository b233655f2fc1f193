using System.Text;

namespace BscFlow.Minutes;

/// <summary>
/// Reads minutes as people write them. What cannot be read is left out; no text makes it fail, and its time is linear in the text.
/// </summary>
public static class MinutesReader
{
    /// <summary>Reads a file of UTF-8, with or without a byte order mark.</summary>
    /// <param name="fileDate">The date in the file's name; it is its meeting's where the file is about one and gives none itself.</param>
    /// <exception cref="NotTextException">The bytes are not UTF-8, or have a NUL as no text does.</exception>
    public static MinutesDocument Read(ReadOnlySpan<byte> utf8, DateOnly? fileDate = null)
    {
        var valid = System.Text.Unicode.Utf8.IsValid(utf8);
        if (!valid || utf8.Contains((byte)0))
        {
            var odd = FirstOdd(utf8);
            throw new NotTextException(odd, isNul: odd < utf8.Length && utf8[odd] == 0);
        }

        return Read(Encoding.UTF8.GetString(utf8), fileDate);
    }

    /// <summary>Reads a text. A byte order mark at its start, and its line ends, stay as they are.</summary>
    /// <param name="fileDate">As above.</param>
    public static MinutesDocument Read(string text, DateOnly? fileDate = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var outline = OutlineBuilder.Build(text, out var blocks);
        var sections = MeetingSections.Find(outline, text.Length, fileDate is not null);
        var meetings = new MeetingMinutes[sections.Count];
        var people = new KnownPeople();
        for (var i = 0; i < meetings.Length; i++)
        {
            meetings[i] = MeetingFields.Read(outline, sections[i].From, sections[i].To, sections[i].Meeting);
            foreach (var person in meetings[i].Chairs.Concat(meetings[i].Participants))
            {
                people.Add(person.Name);
            }
        }

        if (meetings is [{ Date: null } only])
        {
            meetings[0] = only with { Date = MeetingSections.DateOfPage(outline) ?? fileDate };
        }

        // Action items name their owners by first names, so everyone the file lists must be known before the first is read.
        var actions = new MeetingActions(outline, new OwnerList(people));
        var decisions = new MeetingDecisions(outline, people);
        for (var i = 0; i < meetings.Length; i++)
        {
            meetings[i] = meetings[i] with
            {
                ActionItems = actions.Read(sections[i].From, sections[i].To),
                Decisions = decisions.Read(sections[i].From, sections[i].To),
                Blocks = blocks?.Part(meetings[i].Line - 1, i + 1 < meetings.Length ? meetings[i + 1].Line - 1 : null) ?? default,
            };
        }

        return new(text, meetings);
    }

    private static int FirstOdd(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out var rune, out var used) is not System.Buffers.OperationStatus.Done || rune.Value == 0)
            {
                return at;
            }

            at += used;
        }

        return bytes.Length;
    }
}
