using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace BscFlow.Committee;

/// <summary>The kinds of text that a charter is made of, each read from its one form.</summary>
internal static partial class CharterValues
{
    /// <summary>Safe as a part of a route, a storage key and a blob's name.</summary>
    public static bool IsId(string text) => text.Length <= 40 && Id().IsMatch(text);

    public static bool IsAddress(string text) => text.Length <= 254 && Address().IsMatch(text);

    /// <summary>An ISO 8601 date: <c>2025-01-08</c>.</summary>
    /// <remarks>
    /// In the format "yyyy-MM-dd" each hyphen would be compared by the rules of a culture; to load those takes as long as to publish a
    /// hundred meetings.
    /// </remarks>
    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>Wall-clock time without offset: <c>2025-01-08T09:00</c>.</summary>
    public static bool TryTime(string text, out DateTime time) =>
        DateTime.TryParseExact(
            text,
            ["yyyy'-'MM'-'dd'T'HH:mm", "yyyy'-'MM'-'dd'T'HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out time);

    /// <summary>An ISO 8601 duration in weeks, days, hours, minutes. Years and months have no fixed length: not taken.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (Duration().Match(text) is not { Success: true } match || text[^1] is 'P' or 'T')
        {
            return false;
        }

        duration = new TimeSpan(Part("weeks") * 7 + Part("days"), Part("hours"), Part("minutes"), 0);
        return true;

        int Part(string name) =>
            match.Groups[name] is { Success: true } part ? int.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Text(DateTime time) =>
        time.ToString(time.Second == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Text(TimeSpan duration) => XmlConvert.ToString(duration);

    /// <summary><c>at least 2/3</c> or <c>more than 1/2</c>.</summary>
    /// <param name="problem">What is wrong, for a sentence whose subject is the field.</param>
    public static bool TryNeeds(
        string text, out Fraction share, out bool moreThan, [NotNullWhen(false)] out string? problem)
    {
        (share, moreThan, problem) = (default, false, null);
        if (Needs().Match(text) is not { Success: true } match)
        {
            problem = "must read like \"at least 2/3\" or \"more than 1/2\"";
        }
        else if (!Fraction.TryParse(match.Groups["share"].ValueSpan, out share))
        {
            problem = $"has no fraction of two whole numbers in \"{match.Groups["share"].Value}\"; write one such as 3/5";
        }
        else if (share.Numerator == 0 || share.Numerator > share.Denominator)
        {
            problem = $"has the share {share}, which is not between 0 and 1";
        }
        else
        {
            moreThan = match.Groups["more"].Success;
            problem = moreThan && share.Numerator == share.Denominator ? "asks for more than all" : null;
        }

        return problem is null;
    }

    [GeneratedRegex(@"^[a-z0-9]+(?:-[a-z0-9]+)*\z")]
    private static partial Regex Id();

    [GeneratedRegex(
        @"^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+" +
        @"@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]*[\p{L}\p{N}]\z")]
    private static partial Regex Address();

    [GeneratedRegex(
        @"^P(?:(?<weeks>[0-9]{1,4})W)?(?:(?<days>[0-9]{1,4})D)?" +
        @"(?:T(?:(?<hours>[0-9]{1,5})H)?(?:(?<minutes>[0-9]{1,6})M)?)?\z")]
    private static partial Regex Duration();

    [GeneratedRegex(@"^\s*(?:(?<more>more\s+than)|at\s+least)\s+(?<share>.*\S)\s*\z", RegexOptions.IgnoreCase)]
    private static partial Regex Needs();
}
