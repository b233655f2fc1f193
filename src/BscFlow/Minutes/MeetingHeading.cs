using System.Buffers;

namespace BscFlow.Minutes;

/// <summary>What the heading of a meeting says: "Meeting #62 - 2025-10-08", "March 7, 2024 (cancelled)", "No meeting on 2025-11-12".</summary>
/// <param name="Titled">It says that it is a meeting, or is nothing but a date.</param>
internal readonly record struct MeetingHeading(int? Number, DateOnly? Date, bool Cancelled, bool Titled)
{
    private static readonly SearchValues<string> Elsewhere = SearchValues.Create(
        ["next ", "upcoming", "future", "previous", "last meeting", "past meeting", "approv", "review", "template", "schedule", "action"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> NotHeld = SearchValues.Create(
        ["cancelled", "canceled", "no meeting", "not held", "skipped", "did not meet", "no call"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Capitals = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ-\u2013:,");

    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["meeting", "minutes", "notes", "call", "sync", "session", "agenda"], StringComparison.OrdinalIgnoreCase);

    /// <param name="level">1 is a title, and a title with a date is a meeting's whatever else it says.</param>
    /// <param name="year">The year of the file, for dates that have none.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int level, int? year, out MeetingHeading heading)
    {
        var dated = MinutesDate.TryFind(text, null, out var date, out var start, out var length) ||
            MinutesDate.TryFind(text, year, out date, out start, out length);
        var cancelled = text.ContainsAny(NotHeld);
        int? number = null;
        if (dated)
        {
            number = FindNumber(text[..start], true) ?? FindNumber(text[(start + length)..], true);
        }
        else
        {
            number = FindNumber(text, false);
        }

        var about = dated ? text[..start] : text;
        heading = new(number, dated ? date : null, cancelled, number is not null || cancelled || text.ContainsAny(Words) ||
            (dated && (level == 1 || IsBare(about))));
        return (dated || number is not null) && heading.Titled && (cancelled || number is not null || !text.ContainsAny(Elsewhere)) &&
            !(dated && MinutesDate.TryFind(text[(start + length)..], null, out _, out _, out _));
    }

    /// <summary>"#62", "Meeting #62", "TSC #62", "Meeting 62", "Meeting No. 62"; but not the issue in "Streams [#62]".</summary>
    private static int? FindNumber(ReadOnlySpan<char> text, bool dated)
    {
        var hash = text.IndexOf('#');
        if (hash >= 0 && NamesMeeting(text[..hash].TrimEnd(" ("), dated) && TryNumber(text[(hash + 1)..], out var number))
        {
            return number;
        }

        var word = text.IndexOf("meeting", StringComparison.OrdinalIgnoreCase);
        if (word < 0)
        {
            return null;
        }

        var rest = text[(word + "meeting".Length)..].TrimStart();
        foreach (var prefix in (ReadOnlySpan<string>)["no.", "nr.", "number", "no ", "nr "])
        {
            if (rest.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[prefix.Length..];
                break;
            }
        }

        return TryNumber(rest.TrimStart(), out number) && number is < 1900 or > 2199 ? number : null;
    }

    /// <summary>Whether the number behind it is a meeting's: a word for one stands before it, or in a dated heading an abbreviation.</summary>
    private static bool NamesMeeting(ReadOnlySpan<char> before, bool dated)
    {
        var word = before[(before.LastIndexOf(' ') + 1)..];
        return word.ContainsAny(Words) || (dated && !word.ContainsAnyExcept(Capitals));
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int number)
    {
        text = text.TrimStart();
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        number = 0;
        return digits.Length is > 0 and <= 6 && (end < 0 || !char.IsAsciiLetter(text[end])) && int.TryParse(digits, out number);
    }

    /// <summary>Nothing before the date but what names the committee or the day of the week: "TSC - Wed, ".</summary>
    private static bool IsBare(ReadOnlySpan<char> before)
    {
        foreach (var range in before.SplitAny(" ,:-\u2013\u2014()[]*_|/"))
        {
            var word = before[range];
            if (!word.IsEmpty && !IsWeekday(word) && word.ContainsAnyInRange('a', 'z'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWeekday(ReadOnlySpan<char> word)
    {
        foreach (var day in (ReadOnlySpan<string>)["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
        {
            if (word.Length >= 3 && day.AsSpan().StartsWith(word.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
