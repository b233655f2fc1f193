namespace BscFlow.Minutes;

/// <summary>Reads how long a meeting took: 34m, 1hr20m, 1.5h, 45 min, 1 hour 15 minutes, half an hour, 1:15, 10:00 - 11:15.</summary>
internal static class MinutesDuration
{
    private const int Longest = 24 * 60;

    /// <summary>Minutes, rounded; a bare number is minutes.</summary>
    public static int? Read(ReadOnlySpan<char> text)
    {
        text = text.Trim().TrimStart("~\u2248 ");
        if (TryClock(text, out var first, out var used))
        {
            var rest = text[used..].TrimStart(" \u2013\u2014-apmAPMUTCZuntilo");
            return TryClock(rest, out var second, out _) ? Within((second - first + (12 * 60)) % (12 * 60)) : Within(first);
        }

        var (minutes, found) = (0.0, false);
        while (TryAmount(ref text, out var amount))
        {
            text = text.TrimStart(" -\u00A0");
            var unit = TakeWord(ref text);
            if (IsHour(unit))
            {
                minutes += amount * 60;
            }
            else if (IsMinute(unit) || (unit.IsEmpty && (found || text.IsEmpty)))
            {
                minutes += amount;
            }
            else if (!IsSecond(unit))
            {
                break;
            }

            found = true;
            text = text.TrimStart(" ,&+");
            text = text.StartsWith("and ", StringComparison.OrdinalIgnoreCase) ? text[4..].TrimStart() : text;
        }

        return found ? Within((int)Math.Round(minutes, MidpointRounding.AwayFromZero)) : null;
    }

    private static int? Within(int minutes) => minutes is > 0 and <= Longest ? minutes : null;

    /// <summary>"1:15" or "01:15:00" as minutes.</summary>
    private static bool TryClock(ReadOnlySpan<char> text, out int minutes, out int used)
    {
        (minutes, used) = (0, 0);
        var colon = text.IndexOf(':');
        if (colon is < 1 or > 2 || text.Length < colon + 3 || !int.TryParse(text[..colon], out var hours) ||
            !int.TryParse(text.Slice(colon + 1, 2), out var rest) || rest > 59)
        {
            return false;
        }

        minutes = (hours * 60) + rest;
        used = colon + 3;
        used += text.Length >= used + 3 && text[used] == ':' ? 3 : 0;
        return true;
    }

    private static bool TryAmount(ref ReadOnlySpan<char> text, out double amount)
    {
        var at = 0;
        var (value, scale) = (0.0, 0.0);
        for (; at < text.Length && at < 8; at++)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                value = (value * 10) + (text[at] - '0');
                scale *= 10;
            }
            else if (text[at] is '.' or ',' && scale == 0 && at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
            {
                scale = 1;
            }
            else
            {
                break;
            }
        }

        amount = scale > 1 ? value / scale : value;
        if (at < text.Length && text[at] is '\u00BD' or '\u00BC' or '\u00BE')
        {
            amount += text[at++] switch { '\u00BD' => 0.5, '\u00BC' => 0.25, _ => 0.75 };
        }

        if (at > 0)
        {
            text = text[at..];
            return true;
        }

        return TryWord(ref text, out amount);
    }

    private static bool TryWord(ref ReadOnlySpan<char> text, out double amount)
    {
        foreach (var lead in (ReadOnlySpan<string>)["about ", "approx. ", "approximately ", "around ", "ca. "])
        {
            if (text.StartsWith(lead, StringComparison.OrdinalIgnoreCase))
            {
                text = text[lead.Length..];
                return TryAmount(ref text, out amount);
            }
        }

        foreach (var (word, value) in (ReadOnlySpan<(string, double)>)
            [("half an ", 0.5), ("half ", 0.5), ("one ", 1), ("an ", 1), ("two ", 2), ("three ", 3), ("a ", 1)])
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                text = text[word.Length..];
                amount = value;
                return true;
            }
        }

        amount = 0;
        return false;
    }

    private static ReadOnlySpan<char> TakeWord(ref ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        var word = text[..end];
        text = text[end..].TrimStart('.');
        return word;
    }

    private static bool IsHour(ReadOnlySpan<char> unit) => Is(unit, "h", "hr", "hrs", "hour", "hours");

    private static bool IsMinute(ReadOnlySpan<char> unit) =>
        Is(unit, "m", "min", "mins", "minute", "minutes") || Is(unit, "mn", "mns", "minuts");

    private static bool IsSecond(ReadOnlySpan<char> unit) => Is(unit, "s", "sec", "secs", "second", "seconds");

    private static bool Is(ReadOnlySpan<char> word, params ReadOnlySpan<string> any)
    {
        foreach (var candidate in any)
        {
            if (word.Equals(candidate, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
