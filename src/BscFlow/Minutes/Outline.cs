using System.Buffers;

namespace BscFlow.Minutes;

internal enum OutlineKind : byte
{
    Heading,
    Item,
    Paragraph,
}

/// <summary>One heading, list item or paragraph of a file, as plain text.</summary>
/// <param name="Rank">
/// How deep it stands: what belongs to an entry follows it with a greater rank. Headings have their level (1 to 6), paragraphs 10, a
/// list item two more than what it stands in, a further paragraph of an item one more than the item.
/// </param>
/// <param name="Line">Line of its first character, 1-based.</param>
/// <param name="Start">Where its text starts in the outline's characters.</param>
/// <param name="Strong">How many characters at its start are bold.</param>
/// <param name="Link">Its text starts with a link.</param>
/// <param name="Offset">Where its block starts in the file.</param>
internal readonly record struct OutlineEntry(
    OutlineKind Kind, byte Rank, CheckBox Box, bool Link, int Line, int Start, int Length, int Strong, int Offset)
{
    public const byte ParagraphRank = 10;
}

/// <summary>
/// A file of minutes as a flat list of entries without markup, in the file's order. Line breaks within an entry are kept as '\n'.
/// </summary>
/// <param name="text">The text of all entries.</param>
/// <param name="entries">The entries, and room for more. Both arrays are the shared pool's, to which disposing returns them.</param>
/// <param name="frontMatter">How many lines of the file are front matter.</param>
internal sealed class Outline(char[] text, OutlineEntry[] entries, int count, int frontMatter) : IDisposable
{
    private int[]? _parents;

    public int Count => count;

    /// <summary>Index of the first entry behind the front matter.</summary>
    public int Body { get; } = BodyOf(entries.AsSpan(0, count), frontMatter);

    /// <summary>The texts of all entries, one right after the other.</summary>
    public ReadOnlySpan<char> Characters => text.AsSpan(0, Length);

    /// <summary>How many characters all entries have together.</summary>
    public int Length => count == 0 ? 0 : entries[count - 1].Start + entries[count - 1].Length;

    public OutlineEntry this[int index] => entries[index];

    public ReadOnlySpan<char> Text(int index) => Text(entries[index]);

    public ReadOnlySpan<char> Text(OutlineEntry entry) => text.AsSpan(entry.Start, entry.Length);

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(text);
        ArrayPool<OutlineEntry>.Shared.Return(entries);
    }

    /// <summary>Index of the entry to which the given one belongs, or -1.</summary>
    public int ParentOf(int index) => (_parents ??= FindParents())[index];

    /// <summary>Index after the last entry that belongs to the given one.</summary>
    public int EndOf(int index, int end)
    {
        var rank = entries[index].Rank;
        var next = index + 1;
        while (next < end && entries[next].Rank > rank)
        {
            next++;
        }

        return next;
    }

    private static int BodyOf(ReadOnlySpan<OutlineEntry> entries, int frontMatter)
    {
        var body = 0;
        while (body < entries.Length && entries[body].Line <= frontMatter)
        {
            body++;
        }

        return body;
    }

    private int[] FindParents()
    {
        var parents = new int[count];
        for (var i = 0; i < parents.Length; i++)
        {
            var parent = i - 1;
            while (parent >= 0 && entries[parent].Rank >= entries[i].Rank)
            {
                parent = parents[parent];
            }

            parents[i] = parent;
        }

        return parents;
    }
}
