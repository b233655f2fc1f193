using System.Globalization;
using System.Text;

namespace BscFlow.Mail.Messages;

/// <summary>Makes a text fit for a header: one line, nothing invisible, not too long.</summary>
public static class SubjectLine
{
    /// <summary>Characters; more is cut off by mail programs anyway.</summary>
    public const int Longest = 150;

    /// <summary>Drops control characters, line breaks and marks that turn text around; cuts between characters.</summary>
    public static string Of(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.SpaceSeparator:
                    if (line.Length > 0 && line[^1] != ' ')
                    {
                        line.Append(' ');
                    }

                    break;
                // The joiners are part of words and emoji; the rest of the category only hides or turns text.
                case UnicodeCategory.Format when rune.Value is not (0x200C or 0x200D):
                    break;
                default:
                    line.Append(rune);
                    break;
            }
        }

        var subject = line.ToString().TrimEnd();
        if (subject.Length <= Longest)
        {
            return subject;
        }

        var end = 0;
        for (var next = StringInfo.GetNextTextElementLength(subject);
            end + next < Longest;
            next = StringInfo.GetNextTextElementLength(subject.AsSpan(end)))
        {
            end += next;
        }

        return subject[..end].TrimEnd() + "…";
    }
}
