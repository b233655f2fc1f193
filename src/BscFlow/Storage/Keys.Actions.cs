using System.Globalization;

namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Table of action items; partition: committee, row: the item's id.</summary>
    public const string ActionsTable = "Actions";

    /// <summary>
    /// Beginning of the rows of <see cref="ActionYear"/>; greater than any item's id, which begins with a digit.
    /// </summary>
    public const string ActionYears = "year-";

    /// <summary>Greater than any row of <see cref="ActionYear"/>.</summary>
    public const string ActionYearsEnd = "year.";

    /// <summary>Row that is written anew with every item of which minutes of that year speak: <c>year-2025</c>.</summary>
    public static string ActionYear(int year) => string.Create(CultureInfo.InvariantCulture, $"{ActionYears}{year:D4}");

    /// <summary>The year of such a row.</summary>
    public static int ActionYearOf(string row) => int.Parse(row.AsSpan(ActionYears.Length), CultureInfo.InvariantCulture);
}
