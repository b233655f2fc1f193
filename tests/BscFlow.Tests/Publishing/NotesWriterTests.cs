using System.Text;
using System.Text.RegularExpressions;
using BscFlow.Minutes;
using BscFlow.Publishing;

namespace BscFlow.Tests.Publishing;

/// <summary>Blocks are written without parsing the text of their meeting again; Markdig, given that text alone, is the judge.</summary>
public sealed partial class NotesWriterTests
{
    private static readonly string[] Starts =
        ["", "", "  ", "    ", "- ", "- ", "  - ", "    - ", "      - ", "* ", "1. ", "7) ", "3. ", "  2. ", "> ", "> - ", "- > ", "\t- ", "-\t", ">\t", "### ", "#### ", "- ### ", "###\t", "\u00A0", ">\t- "];

    private static readonly string[] Texts =
    [
        "the tide is in", "\"quoted\" > plain & simple", "**strong** words", "*thin* and `code`", "a [map](https://tide.example/a)",
        "two  ", "a | b", "--- | ---", "| c | d |", "|---|---|", "ten ~~or~~ twelve", "a\\*b", "<b>raw</b>", "-", "---", "```", "1.", "[", "[x] done", "###", "\u00A0", "\f", "",
        "e | f\n\u00A0", "\u00A0\n  what follows",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Blocks_are_written_as_Markdig_writes_them(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            // The uppermost heading, so that all keep their level.
            var text = $"### The start\n\n{Text(random)}";

            Assert.Equal(Tight(MinutesMarkdown.ToHtml(MinutesMarkdown.ParseWhole(text))), Tight(NotesHtml.RenderText(text)));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void The_notes_of_a_meeting_are_the_same_as_of_its_text_alone(int seed)
    {
        var random = new Random(seed);
        var kept = 0;
        for (var i = 0; i < 500; i++)
        {
            var file = (random.Next(8) == 0 ? "\uFEFF" : "") + string.Concat(Enumerable.Range(1, 4).Select(number =>
                $"## Meeting #{number} - 2026-01-0{number}\n{Text(random)}\n"));
            var document = MinutesReader.Read(file);
            foreach (var minutes in document.Meetings)
            {
                kept += minutes.Blocks.IsEmpty ? 0 : 1;
                var alone = minutes with { Blocks = default };
                Assert.Equal(NotesHtml.Render(document, alone, []), NotesHtml.Render(document, minutes, []));
            }
        }

        Assert.InRange(kept, 500, 2_000);
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var lines = random.Next(1, 9); lines > 0; lines--)
        {
            text.Append(Pick(random, Starts)).Append(Pick(random, Texts)).Append(random.Next(4) == 0 ? "\n\n" : "\n");
        }

        return random.Next(4) switch
        {
            0 => text.Replace("\n", "\r\n").ToString(),
            1 => text.Replace('\n', '\r').ToString(),
            _ => text.ToString(),
        };
    }

    /// <summary>Without the line ends between tags and text, which show nothing.</summary>
    private static string Tight(string html) => Ends().Replace(html, "");

    [GeneratedRegex(@"(?<=>)\n+|\n+(?=<)|(?<=\n)\n+")]
    private static partial Regex Ends();

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
