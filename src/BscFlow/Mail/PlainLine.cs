using System.Globalization;
using System.Text;

namespace BscFlow.Mail;

/// <summary>A line that somebody wrote as it is compared with words.</summary>
internal static class PlainLine
{
    /// <summary>Longer lines are prose.</summary>
    private const int LongestLine = 60;

    /// <summary>
    /// A line as it is compared: NFKC, so that full-width digits and no-break spaces become plain; every dash and the minus sign
    /// as <c>-</c>; without invisible characters, emphasis, one full stop or exclamation marks at its end; in lower case.
    /// </summary>
    public static string Of(ReadOnlySpan<char> line)
    {
        StringBuilder plain = new(LongestLine);
        foreach (var rune in Bounded(line).Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                // Zero-width characters, marks of direction, soft hyphens; the selector that makes an emoji of a digit.
                case UnicodeCategory.Format:
                case UnicodeCategory.NonSpacingMark when rune.Value is >= 0xFE00 and <= 0xFE0F:
                    break;
                case UnicodeCategory.DashPunctuation:
                    plain.Append('-');
                    break;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.Control:
                    plain.Append(' ');
                    break;
                default:
                    plain.Append(rune.Value switch
                    {
                        0x2212 => "-",
                        0x2018 or 0x2019 or 0x02BC => "'",
                        _ => Rune.ToLowerInvariant(rune).ToString(),
                    });
                    break;
            }
        }

        var bare = plain.ToString().Trim().Trim('*', '_').Trim();
        bare = bare.EndsWith('!') ? bare.TrimEnd('!') : bare is [.., '.' or '。'] and not [.., '.', _] ? bare[..^1] : bare;
        return bare.Trim('*', '_', ' ');
    }

    private static string Bounded(ReadOnlySpan<char> line)
    {
        var trimmed = line.Trim();
        if (trimmed.Length <= LongestLine * 2)
        {
            return WithoutLoneSurrogates(trimmed);
        }

        // Too long to be a ballot; what is left of it is not one either.
        return "...";
    }

    /// <summary>Normalisation refuses half a character.</summary>
    private static string WithoutLoneSurrogates(ReadOnlySpan<char> text)
    {
        StringBuilder whole = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune.ToString());
        }

        return whole.ToString();
    }
}
