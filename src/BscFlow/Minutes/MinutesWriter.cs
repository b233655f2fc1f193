using System.Globalization;
using System.Text;

namespace BscFlow.Minutes;

/// <summary>Writes minutes in the house form, and puts them into a year's file without touching anything else in it.</summary>
public static class MinutesWriter
{
    /// <summary>One meeting's section, "## Meeting #62 - 2025-10-08" and its fields, with LF and one line end at its end.</summary>
    public static string Write(NewMinutes minutes)
    {
        ArgumentNullException.ThrowIfNull(minutes);
        var text = new StringBuilder();
        text.Append(SectionStart.Line(SectionStart.House, minutes.Number, minutes.Date)).Append("\n\n");
        AppendField(text, "Duration", minutes.DurationMinutes is { } duration ? FormatDuration(duration) : "");
        AppendField(text, "Chair", string.Join(", ", minutes.Chairs.Select(SingleLine)));
        AppendField(text, "Participants", "");
        foreach (var participant in minutes.Participants)
        {
            text.Append("  - ").Append(SingleLine(participant)).Append('\n');
        }

        AppendField(text, "Notes", "");
        foreach (var note in minutes.Notes)
        {
            AppendNote(text, note);
        }

        return text.ToString();
    }

    /// <summary>The section of a meeting that was not held.</summary>
    /// <param name="number">The number it used up, or null.</param>
    /// <param name="reason">One line, or null.</param>
    public static string WriteCancelled(int? number, DateOnly date, string? reason)
    {
        var text = new StringBuilder();
        if (number is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"## No meeting on {date:yyyy-MM-dd}\n");
        }
        else
        {
            text.Append(SectionStart.Line(SectionStart.House, number, date)).Append(" (cancelled)\n");
        }

        return string.IsNullOrWhiteSpace(reason) ? text.ToString() : text.Append('\n').Append(SingleLine(reason)).Append('\n').ToString();
    }

    /// <summary>"34m", "1h", "1h20m".</summary>
    public static string FormatDuration(int minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var rest) => string.Create(CultureInfo.InvariantCulture, $"{rest}m"),
        (var hours, 0) => string.Create(CultureInfo.InvariantCulture, $"{hours}h"),
        var (hours, rest) => string.Create(CultureInfo.InvariantCulture, $"{hours}h{rest}m"),
    };

    /// <summary>
    /// Puts a meeting's section into a file: in place of the section of the same number (of the same date, where the meeting has no
    /// number), or else where the file's order, rising or falling, has its place. The file's line ends and the blank lines between
    /// its sections are kept; every byte outside the section stays.
    /// </summary>
    /// <param name="year">The file as it is; may be empty.</param>
    /// <param name="section">One meeting, from its heading on.</param>
    /// <returns>The text of the whole file.</returns>
    /// <exception cref="ArgumentException">The section is not the minutes of exactly one meeting.</exception>
    public static string Put(MinutesDocument year, string section)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(section);
        section = section.TrimStart('\uFEFF').TrimStart('\r', '\n').TrimEnd();
        var read = MinutesReader.Read(section);
        if (read.Meetings is not [{ Offset: 0 } meeting])
        {
            throw new ArgumentException($"A section must be one meeting from its heading on, not {read.Meetings.Count}.", nameof(section));
        }

        if (year.Meetings.Any(other => IsSameText(year.Section(other), section)))
        {
            return year.Text;
        }

        var form = YearFileForm.Of(year);
        var content = form.Adapt(section, meeting);
        if (FindSame(year.Meetings, meeting) is { } same)
        {
            var old = year.Section(same);
            var end = old[old.TrimEnd().Length..];
            return string.Concat(year.Text.AsSpan(0, same.Offset), content, end, year.Text.AsSpan(same.Offset + same.Length));
        }

        var before = form.FindNext(year.Meetings, meeting);
        return before is null
            ? string.Concat(year.Text, form.GapAtEnd(year.Text), content, form.NewLine)
            : string.Concat(year.Text.AsSpan(0, before.Offset), content, form.Gap, year.Text.AsSpan(before.Offset));
    }

    /// <summary>Whether two sections differ in nothing but their line ends and the blank lines around them.</summary>
    private static bool IsSameText(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        TextLines.AreSame(one.TrimStart('\uFEFF').Trim(), other.Trim());

    private static MeetingMinutes? FindSame(IReadOnlyList<MeetingMinutes> meetings, MeetingMinutes meeting) => meeting.Number is { } number
        ? meetings.FirstOrDefault(other => other.Number == number && other.Date == meeting.Date) ??
            meetings.FirstOrDefault(other => other.Number == number)
        : meetings.FirstOrDefault(other => other.Number is null && other.Date is not null && other.Date == meeting.Date);

    private static void AppendField(StringBuilder text, string label, string value) =>
        text.Append("- **").Append(label).Append(value.Length > 0 ? ":** " : ":**").Append(value).Append('\n');

    private static void AppendNote(StringBuilder text, string note)
    {
        foreach (var line in note.AsSpan().EnumerateLines())
        {
            var content = line.TrimStart().TrimEnd();
            if (content.IsEmpty)
            {
                continue;
            }

            text.Append("  ").Append(' ', line.Length - line.TrimStart().Length);
            text.Append(content is ['-' or '*' or '+', ' ', ..] ? "" : "- ").Append(content).Append('\n');
        }
    }

    /// <summary>A line end in a name would start a line of its own, which might be read as anything.</summary>
    private static string SingleLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).Trim();
}
