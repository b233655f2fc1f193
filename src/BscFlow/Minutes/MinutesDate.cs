namespace BscFlow.Minutes;

/// <summary>Finds a calendar date in a line, in the forms that minutes have.</summary>
internal static class MinutesDate
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>
    /// Finds the first date: 2024-03-07, 2024/03/07, 2024.3.7, 2024 03 07, 20240307, March 7, 2024, 7 March 2024, 7th of March 2024, 3/7/2024
    /// and 3/7/24 (month first unless that cannot be), 7.3.2024 (day first unless that cannot be), and, where a year is given for it, March 7.
    /// </summary>
    /// <param name="year">The year of a date that has none, or null if such is not looked for.</param>
    public static bool TryFind(ReadOnlySpan<char> text, int? year, out DateOnly date, out int start, out int length)
    {
        for (start = 0; start < text.Length; start++)
        {
            var fresh = start == 0 || !char.IsLetterOrDigit(text[start - 1]);
            if (fresh && char.IsAsciiDigit(text[start]) && (TryNumeric(text[start..], out date, out length) ||
                TryDayMonth(text[start..], year, out date, out length)))
            {
                return true;
            }

            if (fresh && char.IsAsciiLetter(text[start]) && TryMonthDay(text[start..], year, out date, out length))
            {
                return true;
            }
        }

        (date, length) = (default, 0);
        return false;
    }

    /// <summary>The date that a file's name gives, or its folders with it: "2024-03-07.md", "tsc_20240307-notes.md", "2024/03/07.md".</summary>
    /// <param name="path">As below the folder of minutes, with '/' between its parts.</param>
    public static DateOnly? InPath(ReadOnlySpan<char> path)
    {
        path = path[..(path.LastIndexOf('.') is > 0 and var dot && dot > path.LastIndexOf('/') ? dot : path.Length)];
        return TryFind(path[(path.LastIndexOf('/') + 1)..], null, out var date, out _, out _) ||
            TryFind(path.ToString().Replace('/', '-'), null, out date, out _, out _) ? date : null;
    }

    private static bool TryNumeric(ReadOnlySpan<char> text, out DateOnly date, out int length)
    {
        var at = 0;
        if (TakeNumber(text, ref at, out var a, out var digits) && digits == 8 && !IsDigitAt(text, at))
        {
            length = at;
            return TryMake(a / 10000, a / 100 % 100, a % 100, out date);
        }

        (date, length) = (default, 0);
        if (digits is 0 or 3 or > 4 || at >= text.Length || !IsSeparator(text[at]))
        {
            return false;
        }

        var separator = text[at++];
        if (!TakeNumber(text, ref at, out var b, out var middle) || middle > 2 || at >= text.Length ||
            (text[at] != separator && !(IsDash(separator) && IsDash(text[at]))) || !IsDigitAt(text, ++at) ||
            !TakeNumber(text, ref at, out var c, out var last) || IsDigitAt(text, at))
        {
            return false;
        }

        if (separator == ' ' && (digits != 4 || middle != 2 || last != 2))
        {
            return false;
        }

        length = at;
        return digits == 4
            ? last <= 2 && TryMake(a, b, c, out date)
            : (last == 4 && separator == '.' && TryMake(c, b, a, out date)) ||
                (last == 4 && (TryMake(c, a, b, out date) || TryMake(c, b, a, out date))) ||
                (last == 2 && separator is '/' or '-' && (TryMake(2000 + c, a, b, out date) || TryMake(2000 + c, b, a, out date)));
    }

    private static bool IsSeparator(char c) => c is '/' or '.' or '_' or ' ' || IsDash(c);

    private static bool IsDash(char c) => c is '-' or '\u2010' or '\u2011' or '\u2013';

    private static bool TryDayMonth(ReadOnlySpan<char> text, int? year, out DateOnly date, out int length)
    {
        var at = 0;
        (date, length) = (default, 0);
        if (!TakeNumber(text, ref at, out var day, out var digits) || digits > 2)
        {
            return false;
        }

        SkipOrdinal(text, ref at);
        SkipSeparators(text, ref at);
        if (text[at..].StartsWith("of ", StringComparison.OrdinalIgnoreCase))
        {
            at += 3;
        }

        return TakeMonth(text, ref at, out var month) && TakeYear(text, ref at, year, out var found) &&
            TryMake(found, month, day, out date) && (length = at) > 0;
    }

    private static bool TryMonthDay(ReadOnlySpan<char> text, int? year, out DateOnly date, out int length)
    {
        var at = 0;
        (date, length) = (default, 0);
        if (!TakeMonth(text, ref at, out var month))
        {
            return false;
        }

        SkipSeparators(text, ref at);
        if (!TakeNumber(text, ref at, out var day, out var digits) || digits > 2)
        {
            return false;
        }

        SkipOrdinal(text, ref at);
        return TakeYear(text, ref at, year, out var found) && TryMake(found, month, day, out date) && (length = at) > 0;
    }

    private static bool TakeMonth(ReadOnlySpan<char> text, ref int at, out int month)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        var word = text[at..end];
        for (month = 1; word.Length >= 3 && month <= Months.Length; month++)
        {
            if (Months[month - 1].AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase) ||
                (month == 9 && word.Equals("sept", StringComparison.OrdinalIgnoreCase)))
            {
                at = end < text.Length && text[end] == '.' ? end + 1 : end;
                return true;
            }
        }

        return false;
    }

    private static bool TakeYear(ReadOnlySpan<char> text, ref int at, int? assumed, out int year)
    {
        var next = at;
        SkipSeparators(text, ref next);
        if (TakeNumber(text, ref next, out year, out var digits) && digits == 4 && year is >= 1970 and < 2200)
        {
            at = next;
            return true;
        }

        year = assumed ?? 0;
        return assumed is not null;
    }

    private static bool TakeNumber(ReadOnlySpan<char> text, ref int at, out int number, out int digits)
    {
        (number, digits) = (0, 0);
        while (at < text.Length && char.IsAsciiDigit(text[at]) && digits < 9)
        {
            number = (number * 10) + (text[at++] - '0');
            digits++;
        }

        return digits > 0;
    }

    private static bool IsDigitAt(ReadOnlySpan<char> text, int at) => at < text.Length && char.IsAsciiDigit(text[at]);

    private static void SkipOrdinal(ReadOnlySpan<char> text, ref int at)
    {
        if (at + 2 <= text.Length && text.Slice(at, 2) is "st" or "nd" or "rd" or "th")
        {
            at += 2;
        }
    }

    private static void SkipSeparators(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or ',' or '.' or '-' or '/')
        {
            at++;
        }
    }

    private static bool TryMake(int year, int month, int day, out DateOnly date)
    {
        var right = year is >= 1970 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = right ? new(year, month, day) : default;
        return right;
    }
}
