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
    private const int Levels = 7;

    public static IReadOnlyList<MeetingSection> Find(Outline outline, int textLength)
    {
        Span<int> titled = stackalloc int[Levels];
        titled.Clear();
        var headings = new List<(int Index, MeetingHeading Heading)>();
        int? year = null;
        for (var i = 0; i < outline.Count; i++)
        {
            var entry = outline[i];
            if (entry.Kind is OutlineKind.Heading)
            {
                var text = outline.Text(entry);
                year = YearOf(text) ?? year;
                if (MeetingHeading.TryRead(text, entry.Rank, year, out var heading))
                {
                    headings.Add((i, heading));
                    titled[entry.Rank]++;
                }
            }
        }

        if (headings.Count == 0)
        {
            return Whole(outline, textLength);
        }

        var level = LevelOfMeetings(titled, headings[0].Heading);
        var sections = new List<MeetingSection>(titled[level]);
        headings.RemoveAll(found => outline[found.Index].Rank != level);
        for (var i = 0; i < headings.Count; i++)
        {
            var (index, heading) = headings[i];
            var last = i + 1 == headings.Count;
            var end = last ? textLength : outline[headings[i + 1].Index].Offset;
            sections.Add(new(index + 1, last ? outline.Count : headings[i + 1].Index, new()
            {
                Offset = outline[index].Offset,
                Length = end - outline[index].Offset,
                Line = outline[index].Line,
                Number = heading.Number,
                Date = heading.Date,
                Status = heading.Cancelled ? MeetingStatus.Cancelled : MeetingStatus.Held,
            }));
        }

        return sections;
    }

    /// <summary>
    /// The uppermost level that speaks of a meeting; but a file's title may have a date too, above headings that have one each.
    /// </summary>
    private static int LevelOfMeetings(ReadOnlySpan<int> titled, MeetingHeading first)
    {
        var upper = titled.IndexOfAnyExcept(0);
        var lower = titled[(upper + 1)..].IndexOfAnyExcept(0) + upper + 1;
        return lower > upper && titled[upper] == 1 && titled[lower] > 1 && first.Number is null ? lower : upper;
    }

    private static IReadOnlyList<MeetingSection> Whole(Outline outline, int textLength)
    {
        var meeting = new MeetingMinutes { Offset = 0, Length = textLength, Line = 1 };
        return MeetingFields.Read(outline, 0, outline.Count, meeting) is { Date: not null } or { Participants.Count: > 0, Chairs.Count: > 0 }
            ? [new(0, outline.Count, meeting)]
            : [];
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
