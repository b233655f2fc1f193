using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace BscFlow.Publishing.Pages.Figures;

/// <summary>The element "text" of SVG, which Razor takes for its own inside a block of code.</summary>
internal static class SvgText
{
    /// <param name="style">Its class.</param>
    /// <param name="across">In place of <paramref name="x"/>: of the width of what it stands in, such as <c>12.5%</c>.</param>
    public static RenderFragment Of(
        string style, string text, int? x = null, int? y = null, string? across = null, string? transform = null) => builder =>
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", style);
        builder.AddAttribute(2, "x", across ?? x?.ToString(CultureInfo.InvariantCulture));
        builder.AddAttribute(3, "y", y?.ToString(CultureInfo.InvariantCulture));
        builder.AddAttribute(4, "transform", transform);
        builder.AddContent(5, text);
        builder.CloseElement();
    };

    public static RenderFragment Of(
        string style, int number, int? x = null, int? y = null, string? across = null, string? transform = null) =>
        Of(style, number.ToString(CultureInfo.InvariantCulture), x, y, across, transform);
}
