using System.Globalization;

namespace BscFlow.GraphEmulator.Wire;

/// <summary>Times as Graph writes them: items in UTC to the second, calendar times as wall clock and zone.</summary>
internal static class GraphTime
{
    public static string Utc(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Windows and IANA names are both taken, as in Graph.</summary>
    public static TimeZoneInfo Zone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw GraphRefusal.BadRequest(
                $"A valid TimeZone value must be specified. The following TimeZone value is not supported: '{name}'.",
                "TimeZoneNotSupportedException");

    public static DateTimeOffset Instant(DateTimeTimeZone? value, string property)
    {
        if (value?.DateTime is null)
        {
            throw GraphRefusal.BadRequest($"The property '{property}' is required.", "ErrorPropertyRequired");
        }

        if (!DateTimeOffset.TryParse(value.DateTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            || !DateTime.TryParse(value.DateTime, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var wall))
        {
            throw GraphRefusal.BadRequest(
                $"The value '{value.DateTime}' of '{property}' is not a date and time.", "ErrorInvalidArgument");
        }

        if (wall.Kind != DateTimeKind.Unspecified)
        {
            return parsed.ToUniversalTime();
        }

        var zone = Zone(value.TimeZone ?? "UTC");
        // A wall-clock time that a change to summer time skips is moved on by the gap, as Exchange does.
        return zone.IsInvalidTime(wall)
            ? new DateTimeOffset(wall, zone.GetUtcOffset(wall.AddHours(-3))).ToUniversalTime()
            : new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime();
    }

    public static DateTimeTimeZone Wall(DateTimeOffset instant, string zone) => new()
    {
        DateTime = TimeZoneInfo.ConvertTime(instant, Zone(zone)).DateTime
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        TimeZone = zone,
    };
}
