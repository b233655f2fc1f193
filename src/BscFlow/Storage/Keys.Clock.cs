namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Table of when each committee is to be looked at next; one partition, row: committee.</summary>
    public const string ClockTable = "Clock";

    /// <summary>The one partition of <see cref="ClockTable"/>.</summary>
    public const string ClockPartition = "clock";

    /// <summary>Row of the clock's last tick; no committee's id has this sign.</summary>
    public const string ClockTickRow = "=tick";
}
