using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace BscFlow.Publishing.Pages;

/// <summary>A day, such as "8 October 2026".</summary>
internal static class ArchiveDate
{
    public static MarkupString Of(DateOnly date, bool isWithWeekday = false)
    {
        var text = date.ToString(isWithWeekday ? "dddd, d MMMM yyyy" : "d MMMM yyyy", CultureInfo.InvariantCulture);
        return new(string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{date:yyyy-MM-dd}\">{text}</time>"));
    }
}
