using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Minutes.Linting;

/// <summary>The minutes of one meeting with where they stand and what the linter makes of them as a whole.</summary>
internal sealed partial class MinutedMeeting
{
    private const int LinesOfIntroduction = 15;

    private bool? _isSpecial;

    public MinutedMeeting(string file, MinutesDocument document, MeetingMinutes minutes, NameForms names)
    {
        File = file;
        Minutes = minutes;
        Date = minutes.Date is { Year: >= 1900 and < 3000 } date ? date : null;
        Lines = new SectionLines(document, minutes);
        Attendance = new Attendance(minutes, names);
    }

    public string File { get; }

    public MeetingMinutes Minutes { get; }

    /// <summary>The section, line by line; the first is the heading, of line <see cref="MeetingMinutes.Line"/>.</summary>
    public SectionLines Lines { get; }

    public Attendance Attendance { get; }

    /// <summary>For each line the index of the nearest one above that is indented less; 0, the heading, for the rest.</summary>
    public IReadOnlyList<int> Parents => field ??= FindParents();

    /// <summary>As written, with a wrong year put right; null also for a year in which no committee met.</summary>
    public DateOnly? Date { get; set; }

    public bool Held => Minutes.Status is MeetingStatus.Held;

    /// <summary>As people call it.</summary>
    public string Name => Minutes switch
    {
        { Number: { } number } => string.Create(CultureInfo.InvariantCulture, $"#{number}"),
        { Date: { } date } => Text(date),
        _ => "The meeting without number and date",
    };

    /// <summary>Whether the minutes say that it was beside the recurrence.</summary>
    public bool IsSpecial => _isSpecial ??= Introduces(Special());

    /// <summary>Whether the minutes say that it was put off or brought forward.</summary>
    public bool IsMoved => Introduces(Moved());

    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <param name="line">Null: the heading.</param>
    public Finding Finding(FindingKind kind, int? line, string message, string? fix = null) =>
        new(File, line ?? Minutes.Line, Name, kind, message, fix);

    private bool Introduces(Regex what)
    {
        for (var i = 0; i < Lines.Count && i < LinesOfIntroduction; i++)
        {
            if (what.IsMatch(Lines[i]))
            {
                return true;
            }
        }

        return false;
    }

    private int[] FindParents()
    {
        var parents = new int[Lines.Count];
        var above = new Stack<(int Index, int Indent)>();
        for (var i = 1; i < Lines.Count; i++)
        {
            var text = Lines[i].TrimStart();
            var indent = text.IsEmpty ? int.MaxValue : Lines[i].Length - text.Length;
            while (above.TryPeek(out var line) && line.Indent >= indent)
            {
                above.Pop();
            }

            parents[i] = above.TryPeek(out var parent) ? parent.Index : 0;
            if (indent < int.MaxValue)
            {
                above.Push((i, indent));
            }
        }

        return parents;
    }

    [GeneratedRegex(
        @"\b(?:special|extraordinary|extra|emergency|ad[ -]?hoc|additional|unscheduled)\b[^.]{0,25}\b(?:meeting|session|call)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Special();

    [GeneratedRegex(
        @"\b(?:meeting|call|session)\b[^.]{0,25}\b(?:rescheduled|moved|postponed|shifted|brought forward)\b" +
        @"|\b(?:rescheduled|postponed|moved) (?:from|meeting)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Moved();
}
