namespace BscFlow.Committee;

/// <summary>Moments as a committee's zone shows them.</summary>
public static class ZonedTime
{
    public static TimeZoneInfo Zone(this Charter charter) => TimeZoneInfo.FindSystemTimeZoneById(charter.TimeZone);

    /// <summary>The date of a moment in the committee's zone.</summary>
    public static DateOnly DayOf(this Charter charter, DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, charter.Zone()).DateTime);

    /// <summary>The moment of a wall-clock time; one that a change of the clocks leaves out is read as that much later.</summary>
    public static DateTimeOffset At(this TimeZoneInfo zone, DateTime wallClock)
    {
        var local = DateTime.SpecifyKind(wallClock, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            // The offset before the gap, as RFC 5545 (3.3.5) says.
            return new DateTimeOffset(local, zone.GetUtcOffset(local.AddDays(-1))).ToOffset(zone.GetUtcOffset(local.AddDays(1)));
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }
}
