using System.Globalization;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Votes;

namespace BscFlow.Web;

/// <summary>What a person types into a field of a form, or a program sends in its place.</summary>
internal static class TypedText
{
    /// <summary>Characters of a line: more than any agenda item or reason that is read aloud.</summary>
    public const int LongestLine = 500;

    private const NumberStyles Amount = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly string[] WallClock = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    private static readonly string[] WithOffset = [.. WallClock.Select(format => $"{format}K")];

    /// <summary>What was sent, without the blanks around it; null where nothing was.</summary>
    public static string? Given(string? sent) => string.IsNullOrWhiteSpace(sent) ? null : sent.Trim();

    /// <summary>One line of text without control characters; false when there is none or it is too long.</summary>
    public static bool TryReadLine(string? sent, out string line)
    {
        line = (sent ?? "").Trim();
        return line.Length is > 0 and <= LongestLine && !line.Any(char.IsControl);
    }

    /// <summary>The same where nothing need be said.</summary>
    /// <param name="line">Null where nothing is.</param>
    public static bool TryReadOptionalLine(string? sent, out string? line)
    {
        line = null;
        if (string.IsNullOrWhiteSpace(sent))
        {
            return true;
        }

        var isLine = TryReadLine(sent, out var read);
        line = isLine ? read : null;
        return isLine;
    }

    /// <summary>Text of any number of lines, without what is no text: line feeds and tabs are the only control characters in it.</summary>
    public static string Prose(string? sent) =>
        string.Concat((sent ?? "").ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))).Trim();

    /// <summary>A vote in one word or sign, as a mail may say it: <c>for</c>, <c>against</c>, <c>abstain</c>, <c>+1</c>.</summary>
    public static bool TryReadVote(string? sent, out Vote vote)
    {
        var read = sent is null ? null : BallotWords.VoteOf(PlainLine.Of(sent));
        vote = read ?? default;
        return read is not null;
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

    /// <summary>A whole number from 0 on; null where nothing was typed, or what is none.</summary>
    /// <param name="errors">Takes what is wrong, by the name of the field.</param>
    public static int? ReadNumber(string? typed, string field, Dictionary<string, string[]> errors) =>
        string.IsNullOrWhiteSpace(typed) ? null
        : int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Wrong<int>(field, "Give a whole number from 0 on.", errors);

    /// <summary>An amount, also as a field for numbers lets one write it: 1e5.</summary>
    /// <inheritdoc cref="ReadNumber"/>
    public static decimal? ReadAmount(string? typed, string field, Dictionary<string, string[]> errors) =>
        string.IsNullOrWhiteSpace(typed) ? null
        : decimal.TryParse(typed.Trim(), Amount, CultureInfo.InvariantCulture, out var amount) ? amount
        : Wrong<decimal>(field, "Give an amount such as 2500.50.", errors);

    /// <summary>One of the values that a list offers, by its name.</summary>
    /// <inheritdoc cref="ReadNumber"/>
    public static T? Read<T>(string? typed, string field, Dictionary<string, string[]> errors)
        where T : struct, Enum =>
        string.IsNullOrWhiteSpace(typed) ? null
        : Enum.GetNames<T>().Contains(typed, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(typed, ignoreCase: true)
        : Wrong<T>(field, "Choose one of the list.", errors);

    /// <summary>What stands in a field of several lines, where each line is one thing.</summary>
    public static string[] Lines(string? typed) =>
        (typed ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static T? Wrong<T>(string field, string error, Dictionary<string, string[]> errors)
        where T : struct
    {
        errors[field] = [error];
        return null;
    }

    /// <summary>Years in which clocks and zones can be reckoned with; no committee plans beyond.</summary>
    private static bool IsOfOurTime(int year) => year is >= 1970 and < 3000;
}
