using System.Globalization;

namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Table of the times when members are away; partition: committee, row: <see cref="Absence"/>.</summary>
    public const string AbsencesTable = "Absences";

    /// <summary>Row of an absence by its first day: <c>joe|2025-12-20</c>.</summary>
    public static string Absence(string member, DateOnly from) =>
        string.Create(CultureInfo.InvariantCulture, $"{member}|{from:yyyy-MM-dd}");
}
