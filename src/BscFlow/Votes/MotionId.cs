using System.Globalization;
using System.Text;
using BscFlow.Storage;

namespace BscFlow.Votes;

/// <summary>Makes the id of a motion that was given none: the month, and the words of its title.</summary>
public static class MotionId
{
    private const int LongestWords = 50;

    /// <summary><c>2025-07-adopt-the-new-charter</c>; the same title in the same month is the same motion.</summary>
    public static string Of(string title, DateOnly day) => Of(title, day, LongestWords);

    /// <summary>The same of a text without a title of its own: two that differ only behind the words of the id are two motions.</summary>
    /// <param name="title">How the text begins.</param>
    public static string Of(string title, string text, DateOnly day)
    {
        var id = Of(title, day);
        return id == Of(text, day, longest: int.MaxValue) ? id : $"{id}-{Keys.ShortHash(text)[..6]}";
    }

    private static string Of(string title, DateOnly day, int longest)
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

        var id = words.Length > longest ? words.ToString(0, longest) : words.ToString();
        if (words.Length > longest && words[longest] != '-' && id.LastIndexOf('-') is > 0 and var cut)
        {
            id = id[..cut];
        }

        id = id.Trim('-');
        return string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM}-{(id.Length == 0 ? "motion" : id)}");
    }
}
