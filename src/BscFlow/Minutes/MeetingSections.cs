namespace BscFlow.Minutes;

/// <summary>A meeting's part of the outline, and what its heading says.</summary>
/// <param name="From">First entry after the heading.</param>
/// <param name="To">Entry after the last.</param>
internal readonly record struct MeetingSection(int From, int To, MeetingMinutes Meeting);

/// <summary>
/// Finds where each meeting of a file starts: at the headings of one level that speak of a meeting. A file without such a heading,
/// but with a date of its own, or with a chair and those present, is one meeting; a list of members alone is none.
/// </summary>
internal static class MeetingSections
{
    /// <summary>How many entries the top of a file has, in which its date is looked for.</summary>
    private const int LinesOfTop = 8;

    /// <param name="dated">The file's name has a date, so that it is the minutes of a meeting whatever it says.</param>
    public static IReadOnlyList<MeetingSection> Find(Outline outline, int textLength, bool dated)
    {
        var headings = FindHeadings(outline);
        if (headings.Count == 0)
        {
            headings = FindBoldDates(outline);
        }

        if (headings.Count == 0 || AreOfOneMeeting(outline, headings))
        {
            return Whole(outline, textLength, dated);
        }

        KeepLevelOfMeetings(outline, headings);
        var sections = new MeetingSection[headings.Count];
        for (var i = 0; i < sections.Length; i++)
        {
            var (index, heading) = headings[i];
            var last = i + 1 == sections.Length;
            var end = last ? textLength : outline[headings[i + 1].Index].Offset;
            sections[i] = new(index + 1, last ? outline.Count : headings[i + 1].Index, new()
            {
                Offset = outline[index].Offset,
                Length = end - outline[index].Offset,
                Line = outline[index].Line,
                Mark = SectionStart.Of(outline[index].Rank),
                Number = heading.Number,
                Date = heading.Date,
                Status = heading.Cancelled ? MeetingStatus.Cancelled : MeetingStatus.Held,
            });
        }

        return sections;
    }

    /// <summary>Every heading that speaks of a meeting.</summary>
    private static List<(int Index, MeetingHeading Heading)> FindHeadings(Outline outline)
    {
        var headings = new List<(int Index, MeetingHeading Heading)>();
        Span<int?> years = stackalloc int?[OutlineEntry.ParagraphRank];
        years.Clear();
        for (var i = outline.Body; i < outline.Count; i++)
        {
            var entry = outline[i];
            if (entry.Kind is OutlineKind.Heading)
            {
                // A year holds for what is below it and beside it, until its part of the file ends: "Roadmap 2026" is no meeting's year.
                var text = outline.Text(entry);
                years[(entry.Rank + 1)..].Clear();
                years[entry.Rank] = YearOf(text) ?? years[entry.Rank];
                if (MeetingHeading.TryRead(text, entry.Rank, Nearest(years), out var heading))
                {
                    headings.Add((i, heading));
                }
            }
        }

        return headings;
    }

    private static int? Nearest(ReadOnlySpan<int?> years)
    {
        var last = years.LastIndexOfAnyExcept((int?)null);
        return last < 0 ? null : years[last];
    }

    /// <summary>
    /// Without headings, lines that are a date in bold and nothing else start a meeting each; a single one only as the first of all.
    /// </summary>
    private static List<(int Index, MeetingHeading Heading)> FindBoldDates(Outline outline)
    {
        var dates = new List<(int Index, MeetingHeading Heading)>();
        for (var i = outline.Body; i < outline.Count; i++)
        {
            var entry = outline[i];
            if (entry.Kind is OutlineKind.Paragraph && entry.Rank == OutlineEntry.ParagraphRank && entry.Strong == entry.Length &&
                entry.Length < 60 && MeetingHeading.TryRead(outline.Text(entry), entry.Rank, null, out var heading) && heading.Date is not null)
            {
                dates.Add((i, heading));
            }
        }

        return dates.Count > 1 || (dates is [var (only, _)] && only == outline.Body) ? dates : [];
    }

    /// <summary>
    /// Whether headings with dates or numbers are all about the meeting of whose date the file speaks first: it has no more than one, or
    /// lists above them who was there.
    /// </summary>
    private static bool AreOfOneMeeting(Outline outline, List<(int Index, MeetingHeading Heading)> headings) =>
        HeadOf(outline, outline.Body, headings[0].Index) is { Date: not null } head && (headings.Count == 1 || head.Participants.Count > 0);

    /// <summary>
    /// Keeps the headings of the uppermost level that speaks of a meeting. But a file's title may have a date too, above headings that
    /// have one each; unless it is followed by who was there, so that the headings below it are about other meetings.
    /// </summary>
    private static void KeepLevelOfMeetings(Outline outline, List<(int Index, MeetingHeading Heading)> headings)
    {
        Span<int> titled = stackalloc int[OutlineEntry.ParagraphRank + 1];
        titled.Clear();
        foreach (var (index, _) in headings)
        {
            titled[outline[index].Rank]++;
        }

        var level = titled.IndexOfAnyExcept(0);
        var lower = titled[(level + 1)..].IndexOfAnyExcept(0) + level + 1;
        if (lower > level && titled[level] == 1 && titled[lower] > 1 && headings[0].Heading.Number is null &&
            !(outline[headings[0].Index].Rank == level && HeadOf(outline, headings[0].Index + 1, headings[1].Index).Participants.Count > 0))
        {
            level = lower;
        }

        headings.RemoveAll(found => outline[found.Index].Rank != level);
    }

    private static MeetingMinutes HeadOf(Outline outline, int from, int to) =>
        MeetingFields.Read(outline, from, to, new() { Offset = 0, Length = 0, Line = 1 });

    private static IReadOnlyList<MeetingSection> Whole(Outline outline, int textLength, bool dated)
    {
        var meeting = new MeetingMinutes { Offset = 0, Length = textLength, Line = 1 };
        var read = MeetingFields.Read(outline, 0, outline.Count, meeting);
        var said = outline.Body == 0 ? read.Date : HeadOf(outline, outline.Body, outline.Count).Date;
        var date = said ?? DateOfPage(outline) ?? (read.Participants.Count > 0 ? DateNearTop(outline) : null);
        return (dated && outline.Count > 0) || date is not null || read is { Participants.Count: > 0, Chairs.Count: > 0 }
            ? [new(0, outline.Count, meeting with { Date = date })]
            : [];
    }

    /// <summary>The date in the front matter, where more than a title follows: the page of a year that has yet to begin is no meeting.</summary>
    public static DateOnly? DateOfPage(Outline outline)
    {
        for (var i = outline.Body; i < outline.Count && outline.Body > 0; i++)
        {
            if (outline[i].Kind is OutlineKind.Item)
            {
                return HeadOf(outline, 0, outline.Body).Date;
            }
        }

        return null;
    }

    /// <summary>The date that stands as a line of its own below a title: "Thursday March 7, 2024 (9:00 AM PT)".</summary>
    private static DateOnly? DateNearTop(Outline outline)
    {
        for (var i = outline.Body; i < outline.Count && i < outline.Body + LinesOfTop; i++)
        {
            var text = outline.Text(i);
            text = text.IndexOf('\n') is >= 0 and var end ? text[..end] : text;
            if (text.Length < 100 && MeetingHeading.TryRead(text, 2, null, out var heading) && heading.Date is not null)
            {
                return heading.Date;
            }
        }

        return null;
    }

    /// <summary>A heading's year, such as "2024" or "Minutes of 2024", for the dates below it that have none.</summary>
    private static int? YearOf(ReadOnlySpan<char> text)
    {
        for (var i = 0; i + 4 <= text.Length && text.Length < 60; i++)
        {
            if (text[i] is '1' or '2' && (i == 0 || !char.IsLetterOrDigit(text[i - 1])) && int.TryParse(text.Slice(i, 4), out var year) &&
                year is >= 1990 and < 2100 && (i + 4 == text.Length || !char.IsLetterOrDigit(text[i + 4])))
            {
                return year;
            }
        }

        return null;
    }
}
