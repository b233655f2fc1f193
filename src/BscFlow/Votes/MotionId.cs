using System.Globalization;
using System.Text;

namespace BscFlow.Votes;

/// <summary>Makes the id of a motion that was given none: the month, and the words of its title.</summary>
public static class MotionId
{
    private const int LongestWords = 50;

    /// <summary><c>2025-07-adopt-the-new-charter</c>; the same title in the same month is the same motion.</summary>
    public static string Of(string title, DateOnly day)
    {
        var words = new StringBuilder();
        foreach (var c in title.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                words.Append(char.ToLowerInvariant(c));
            }
            else if (words is not ([] or [.., '-']) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                words.Append('-');
            }
        }

        var id = words.Length > LongestWords ? words.ToString(0, LongestWords) : words.ToString();
        if (words.Length > LongestWords && words[LongestWords] != '-' && id.LastIndexOf('-') is > 0 and var cut)
        {
            id = id[..cut];
        }

        id = id.Trim('-');
        return string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM}-{(id.Length == 0 ? "motion" : id)}");
    }
}
