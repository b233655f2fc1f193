namespace BscFlow.Minutes;

internal enum CheckBox : byte
{
    None,
    Open,
    Checked,
}

/// <summary>The box at the start of a task or of a name on an attendance list: "[ ]", "[x]".</summary>
internal static class CheckBoxes
{
    /// <summary>Takes the box, and the spaces behind it, off the start of a line.</summary>
    public static CheckBox Take(ref ReadOnlySpan<char> text)
    {
        var close = text[..Math.Min(text.Length, 6)].IndexOf(']');
        if (close < 1 || text[0] != '[')
        {
            return CheckBox.None;
        }

        var mark = text[1..close].Trim();
        if (mark is not ([] or ['x' or 'X' or '*' or '\u2713' or '\u2714' or '\u2705']))
        {
            return CheckBox.None;
        }

        text = text[(close + 1)..].TrimStart();
        return mark.IsEmpty ? CheckBox.Open : CheckBox.Checked;
    }
}
