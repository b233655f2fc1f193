namespace BscFlow.Minutes;

internal enum TextBlockKind : byte
{
    Heading,
    Paragraph,

    /// <summary>An item of a list, with its first paragraph; without text where it starts with something else.</summary>
    Item,

    /// <summary>Before the first item of a list that does not start at 1: its <see cref="TextBlock.Start"/> is that number.</summary>
    FirstNumber,

    /// <summary>A further line of the text before it.</summary>
    Line,

    Quote,
    Rule,

    /// <summary>Code, or raw HTML. <see cref="TextBlock.Start"/> is its place in <see cref="TextBlocks.Others"/>.</summary>
    Other,
}

/// <summary>What an item says of its list.</summary>
[Flags]
internal enum ListForm : byte
{
    Bullets = 0,
    Numbers = 1,

    /// <summary>There are blank lines in the list, so that its paragraphs stand apart.</summary>
    Loose = 2,

    /// <summary>It is the first of its list.</summary>
    First = 4,
}

/// <summary>A block of Markdown, in the order of the text. An archive holds those of all its minutes, so it is small.</summary>
/// <param name="Depth">How many items and quotes it stands in, and one more for a <see cref="TextBlockKind.Line"/> than for what it belongs to.</param>
/// <param name="Level">Of a heading, 1 to 6.</param>
/// <param name="Line">0-based.</param>
/// <param name="Start">Where the first line of its text starts, without indentation and marker.</param>
/// <param name="Length">Of that line; <see cref="NoText"/> where the block has none.</param>
internal readonly record struct TextBlock(
    TextBlockKind Kind, byte Depth, byte Level, ListForm List, int Line, int Start, int Length)
{
    /// <summary>Of an item that starts with something else; 0 is a line that shows nothing, which others may follow.</summary>
    public const int NoText = -1;

    public bool HasText => Length != NoText && Kind is TextBlockKind.Heading or TextBlockKind.Paragraph or TextBlockKind.Item;
}
