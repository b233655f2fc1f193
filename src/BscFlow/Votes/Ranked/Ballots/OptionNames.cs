using System.Globalization;

namespace BscFlow.Votes.Ranked.Ballots;

/// <summary>Finds the option that a voter means.</summary>
/// <remarks>
/// Names are compared in the plain form in which ballots are read, so that one that is copied from a mail is found.
/// </remarks>
internal sealed class OptionNames(IReadOnlyList<string> names)
{
    private readonly List<string> _names = [.. names.Select(OptionText.Plain)];

    private static readonly string[] Numbers =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    public int Count => _names.Count;

    /// <summary>What an option is called for short: A, B, ..., Z, AA, AB.</summary>
    public static string LetterOf(int option) =>
        option < 26 ? ((char)('A' + option)).ToString() : $"{(char)('A' + option / 26 - 1)}{(char)('A' + option % 26)}";

    /// <summary>The option of these words; null when there is none, or more than one could be meant.</summary>
    /// <param name="text">A name, the beginning of one only, a letter as <c>B</c>, <c>(b)</c> or <c>option B</c>.</param>
    /// <param name="numbers">Whether a number is one too.</param>
    public int? Find(string text, bool numbers = false)
    {
        var whole = text.Trim();
        text = Bare(text);
        if (text.StartsWith("option ", StringComparison.OrdinalIgnoreCase))
        {
            (text, numbers) = (Bare(text[7..]), true);
        }

        if (text.Length == 0)
        {
            return null;
        }

        List<int> meant = [.. Enumerable.Range(0, Count).Where(option => IsMeant(option, text, whole))];
        if (meant.Count == 0 && numbers && NumberOf(text) is { } number && number <= Count)
        {
            return number - 1;
        }

        if (meant.Count == 0 && text.Length > 1)
        {
            // The beginning of one name alone, up to the end of a word: "Ada" for "Ada Bell".
            meant.AddRange(Enumerable.Range(0, Count).Where(option =>
                _names[option].Length > text.Length
                && _names[option].StartsWith(text, StringComparison.OrdinalIgnoreCase)
                && !char.IsLetterOrDigit(_names[option][text.Length])));
        }

        return meant is [var one] ? one : null;
    }

    /// <summary>1 for "1" and "one".</summary>
    public static int? NumberOf(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number > 0 ? number : null;
        }

        var index = Array.FindIndex(Numbers, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : index + 1;
    }

    private bool IsMeant(int option, string text, string whole) =>
        _names[option].Equals(whole, StringComparison.OrdinalIgnoreCase)
        || Bare(_names[option]).Equals(text, StringComparison.OrdinalIgnoreCase)
        || LetterOf(option).Equals(text, StringComparison.OrdinalIgnoreCase);

    private static string Bare(string text)
    {
        text = text.Trim().Trim('*', '_', '"', '\'').Trim().TrimEnd('.', ',', ';', ':').Trim();
        return text is ['(', .., ')'] or ['[', .., ']'] ? text[1..^1].Trim() : text;
    }
}
