using System.Globalization;
using BscFlow.Committee;

namespace BscFlow.Local.Time;

/// <summary>A moment as a person types it.</summary>
internal static class Moment
{
    private static readonly string[] WallClock = ["yyyy'-'MM'-'dd", "yyyy'-'MM'-'dd'T'HH:mm", "yyyy'-'MM'-'dd'T'HH:mm:ss"];
    private static readonly string[] WithOffset =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a date, a time on the wall of the zone, or a time with its offset.</summary>
    /// <param name="text">Such as <c>2025-10-01</c>, <c>2025-10-01T09:00</c> or <c>2025-10-01T16:00Z</c>.</param>
    public static bool TryParse(string text, TimeZoneInfo zone, out DateTimeOffset moment)
    {
        if (DateTime.TryParseExact(text, WallClock, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
        {
            moment = zone.At(wall);
            return true;
        }

        return DateTimeOffset.TryParseExact(
            text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    /// <summary>The moment to the second, in UTC: <c>2025-10-01T16:00:00Z</c>.</summary>
    public static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
