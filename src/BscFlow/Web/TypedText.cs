using System.Globalization;
using BscFlow.Committee;

namespace BscFlow.Web;

/// <summary>What a person types into a field of a form, or a program sends in its place.</summary>
internal static class TypedText
{
    /// <summary>Characters of a line: more than any agenda item or reason that is read aloud.</summary>
    public const int LongestLine = 500;

    private static readonly string[] WallClock = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    private static readonly string[] WithOffset = [.. WallClock.Select(format => $"{format}K")];

    /// <summary>One line of text without control characters; false when there is none or it is too long.</summary>
    public static bool TryReadLine(string? sent, out string line)
    {
        line = (sent ?? "").Trim();
        return line.Length is > 0 and <= LongestLine && !line.Any(char.IsControl);
    }

    /// <summary>
    /// A moment with its offset, or a wall-clock time in the committee's zone: ISO 8601 with day and time, and nothing else, for
    /// what is read leniently is read wrongly without a word.
    /// </summary>
    public static bool TryReadMoment(Charter charter, string? sent, out DateTimeOffset moment)
    {
        var text = sent?.Trim();
        if (DateTime.TryParseExact(text, WallClock, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wallClock)
            && IsOfOurTime(wallClock.Year))
        {
            moment = charter.Zone().At(wallClock);
            return true;
        }

        return DateTimeOffset.TryParseExact(
            text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment) && IsOfOurTime(moment.Year);
    }

    /// <summary>Years in which clocks and zones can be reckoned with; no committee plans beyond.</summary>
    private static bool IsOfOurTime(int year) => year is >= 1970 and < 3000;
}
