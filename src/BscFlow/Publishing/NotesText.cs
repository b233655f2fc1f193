using System.Text;
using BscFlow.Minutes;

namespace BscFlow.Publishing;

/// <summary>The notes of a meeting as plain text: what was said, without the facts that stand beside it, and without links.</summary>
internal static class NotesText
{
    public static string Of(MinutedMeeting meeting) => Of(meeting.Text.ToString(), NotesHtml.FactLines(meeting.Minutes));

    /// <summary>Of a text that is no minutes: that of a motion.</summary>
    public static string Of(string markdown) => Of(markdown, []);

    /// <param name="facts">Lines, from 0, of what is left out.</param>
    private static string Of(string markdown, HashSet<int> facts)
    {
        using var outline = OutlineBuilder.Build(markdown);
        var text = new StringBuilder();
        for (var i = 0; i < outline.Count; i++)
        {
            var entry = outline[i];
            if (facts.Contains(entry.Line - 1) || outline.Text(entry) is not { IsEmpty: false } words)
            {
                continue;
            }

            if (text.Length > 0)
            {
                text.Append(text[^1] is '.' or ':' or '?' or '!' or ';' ? " " : ". ");
            }

            text.Append(words);
        }

        return SourceText.Of(text.Replace('\n', ' ').ToString());
    }
}
