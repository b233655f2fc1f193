namespace BscFlow.Minutes;

/// <summary>How a file of minutes is written: its line ends, its order, what stands between its sections, and what starts one.</summary>
/// <param name="Mark">See <see cref="SectionStart"/>.</param>
internal sealed record YearFileForm(string NewLine, bool Rising, string Gap, string Mark)
{
    /// <summary>Reads the form off a file; what a file is too short to show is house form: LF, newest first, one blank line, "##".</summary>
    public static YearFileForm Of(MinutesDocument year)
    {
        var lineEnd = year.Text.IndexOf('\n', StringComparison.Ordinal);
        var newLine = lineEnd > 0 && year.Text[lineEnd - 1] == '\r' ? "\r\n" : "\n";
        var gap = year.Meetings.SkipLast(1)
            .Select(meeting => GapOf(year.Section(meeting)))
            .GroupBy(text => text, StringComparer.Ordinal)
            .MaxBy(group => group.Count())?.Key;
        return new(newLine, IsRising(year.Meetings), gap ?? newLine + newLine, MarkOf(year));
    }

    /// <summary>The section with this file's line ends, and started as its neighbours are.</summary>
    public string Adapt(string section, MeetingMinutes meeting) =>
        SectionStart.Change(TextLines.WithEnds(section, NewLine), meeting, Mark, NewLine);

    /// <summary>The meeting before which a new one belongs, or null where it belongs at the end.</summary>
    public MeetingMinutes? FindNext(IReadOnlyList<MeetingMinutes> meetings, MeetingMinutes meeting) => meetings.FirstOrDefault(other =>
        Compare(other, meeting) is { } order && (Rising ? order > 0 : order < 0));

    /// <summary>What is missing at the file's end before another section may start.</summary>
    public string GapAtEnd(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text is "\uFEFF")
        {
            return "";
        }

        var have = text.AsSpan(text.AsSpan().TrimEnd().Length).Count('\n');
        var want = Math.Max(2, Gap.AsSpan().Count('\n'));
        return string.Concat(Enumerable.Repeat(NewLine, Math.Max(0, want - have)));
    }

    private static string GapOf(ReadOnlySpan<char> section) => section[section.TrimEnd().Length..].ToString();

    private static bool IsRising(IReadOnlyList<MeetingMinutes> meetings)
    {
        var rising = 0;
        for (var i = 1; i < meetings.Count; i++)
        {
            rising += Math.Sign(Compare(meetings[i], meetings[i - 1]) ?? 0);
        }

        return rising > 0;
    }

    private static int? Compare(MeetingMinutes one, MeetingMinutes other)
    {
        if (one.Date is { } date && other.Date is { } otherDate && date != otherDate)
        {
            return date.CompareTo(otherDate);
        }

        return one.Number is { } number && other.Number is { } otherNumber ? number.CompareTo(otherNumber) : null;
    }

    private static string MarkOf(MinutesDocument year) =>
        year.Meetings is [{ Mark: not SectionStart.None and var mark }, ..] ? mark : SectionStart.House;
}
