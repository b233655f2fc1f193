using System.Text;

namespace BscFlow.Minutes.Linting;

/// <summary>UTF-8 that was once read as Windows-1252: "âœ…" for "✅".</summary>
internal static class CodePageRule
{
    public static IEnumerable<Finding> Find(MinutedMeeting meeting)
    {
        for (var i = 0; !Ascii.IsValid(meeting.Lines.Text) && i < meeting.Lines.Count; i++)
        {
            var line = meeting.Lines[i];
            if (Ascii.IsValid(line))
            {
                continue;
            }

            var repaired = line.ToArray();
            var length = CodePageRepair.Repair(repaired);
            if (length < line.Length)
            {
                yield return meeting.Finding(
                    FindingKind.BadCodePage,
                    meeting.Minutes.Line + i,
                    $"{meeting.Name} has text that was read in a wrong code page.",
                    $"Write: {new string(repaired, 0, length).Trim()}");
            }
            else if (line.Contains('\uFFFD'))
            {
                yield return meeting.Finding(
                    FindingKind.BadCodePage,
                    meeting.Minutes.Line + i,
                    $"{meeting.Name} lost a character when the text was read in a wrong code page.");
            }
        }
    }
}
