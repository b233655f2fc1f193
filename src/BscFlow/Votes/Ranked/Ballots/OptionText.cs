using System.Globalization;
using System.Text;

namespace BscFlow.Votes.Ranked.Ballots;

/// <summary>A written ballot in lines.</summary>
/// <param name="Lines">Up to the first blank line; without blanks at their ends, with plain dashes and letters.</param>
/// <param name="Comment">What stands below that line.</param>
internal sealed record OptionText(IReadOnlyList<string> Lines, string? Comment)
{
    public static OptionText Split(string written)
    {
        var all = Plain(written).Split('\n').Select(line => line.Trim()).ToList();
        var first = all.FindIndex(line => line.Length > 0);
        if (first < 0)
        {
            return new OptionText([], null);
        }

        var end = all.FindIndex(first, line => line.Length == 0);
        var comment = end < 0 ? "" : string.Join('\n', all[end..]).Trim();
        return new OptionText(all[first..(end < 0 ? all.Count : end)], comment.Length == 0 ? null : comment);
    }

    /// <summary>
    /// NFKC, so that full-width letters and digits are plain; no invisible characters; each dash and minus as <c>-</c>.
    /// </summary>
    public static string Plain(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Format:
                    break;
                case UnicodeCategory.DashPunctuation:
                    plain.Append('-');
                    break;
                case UnicodeCategory.SpaceSeparator:
                    plain.Append(' ');
                    break;
                default:
                    plain.Append(rune.Value switch
                    {
                        0x2212 => "-",
                        0x2018 or 0x2019 or 0x02BC => "'",
                        '\r' => "",
                        '\t' => " ",
                        _ => rune.ToString(),
                    });
                    break;
            }
        }

        return plain.ToString().Normalize(NormalizationForm.FormKC);
    }
}
