using System.Globalization;

namespace BscFlow.Minutes;

/// <summary>
/// What starts a meeting's section, so that it is told from its neighbours: a heading ("##" stands for one of level 2, also where it is
/// underlined), a line in bold, or nothing, where the whole file is one meeting.
/// </summary>
internal static class SectionStart
{
    public const string None = "";
    public const string Bold = "**";
    public const string House = "##";

    /// <param name="level">1 to 6, or that of a paragraph.</param>
    public static string Of(int level) => level <= 6 ? new('#', level) : Bold;

    /// <summary>"## Meeting #62 - 2025-10-08", or the same in bold; no line end.</summary>
    public static string Line(string mark, int? number, DateOnly date) => Line(mark, number is null
        ? string.Create(CultureInfo.InvariantCulture, $"Meeting - {date:yyyy-MM-dd}")
        : string.Create(CultureInfo.InvariantCulture, $"Meeting #{number} - {date:yyyy-MM-dd}"));

    /// <summary>The section with a start of this kind; one that has it already stays as it is.</summary>
    /// <param name="meeting">What was read in the section. A meeting without a date gets no start where it has none.</param>
    public static string Change(string section, MeetingMinutes meeting, string mark, string newLine)
    {
        if (meeting.Mark == mark)
        {
            return section;
        }

        if (meeting.Mark == None)
        {
            return meeting.Date is { } date ? $"{Line(mark, meeting.Number, date)}{newLine}{newLine}{section}" : section;
        }

        var end = section.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var at ? at : section.Length;
        var title = section[..end];
        var rest = section[end..];
        if (meeting.Mark != Bold && title is not ['#', ..] && rest.TrimStart().StartsWith(meeting.Mark == "#" ? '=' : '-'))
        {
            // An underlined heading: the line below it goes as well.
            var underline = rest.IndexOf('\n', 1) is > 0 and var next ? next : rest.Length;
            rest = rest[underline..];
        }

        return Line(mark, title.TrimEnd('\r').Trim('#', ' ', '*')) + (rest is ['\n', ..] && title is [.., '\r'] ? "\r" : "") + rest;
    }

    private static string Line(string mark, string title) => mark == Bold ? $"**{title}**" : $"{mark} {title}";
}
