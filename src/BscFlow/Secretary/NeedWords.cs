using System.Globalization;
using BscFlow.Committee;

namespace BscFlow.Secretary;

/// <summary>Words that needs of every kind are told with.</summary>
internal static class NeedWords
{
    /// <summary>More items of one kind are told together.</summary>
    public const int MostOfAKind = 5;

    public static string When(Charter charter, DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, charter.Zone()).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)
        + $" ({charter.TimeZone})";

    public static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(int count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    public static string Capital(string text) =>
        text.Length == 0 ? text : string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));
}
