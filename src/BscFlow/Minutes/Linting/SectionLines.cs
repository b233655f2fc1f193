namespace BscFlow.Minutes.Linting;

/// <summary>The lines of a meeting's section, without their ends, where they stand in the text, of which nothing is copied.</summary>
internal sealed class SectionLines
{
    private readonly string _text;

    /// <summary>Where each line begins; last, where the section ends.</summary>
    private readonly int[] _starts;

    public SectionLines(MinutesDocument document, MeetingMinutes minutes)
    {
        _text = document.Text;
        var at = minutes.Offset;
        var rest = document.Section(minutes);
        var starts = new List<int> { at };
        while (rest.IndexOfAny('\r', '\n') >= 0)
        {
            at += TextLines.Take(ref rest).Length;
            starts.Add(at);
        }

        _starts = [.. starts, minutes.Offset + minutes.Length];
    }

    public int Count => _starts.Length - 1;

    /// <summary>The whole section.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(_starts[0].._starts[^1]);

    public ReadOnlySpan<char> this[int index] => _text.AsSpan(_starts[index].._starts[index + 1]).TrimEnd("\r\n");
}
