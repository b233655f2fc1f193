using System.Globalization;
using System.Text;

namespace BscFlow.Benchmarks;

/// <summary>Writes minutes of an invented committee in the mixture of lists, links and bold labels that real ones have.</summary>
internal static class MinutesCorpus
{
    private static readonly string[] Names =
        ["Ada Bell", "Cy Dorn", "Eve Foss", "Gil Hart", "Ida Jonas", "Kay Lind", "Mo Nash", "Ole Pratt", "Quinn Rey", "Sam Tully"];

    private static readonly string[] Words =
    [
        "proposal", "review", "the", "of", "a", "kernel", "library", "release",
        "budget", "summit", "for", "with", "should", "discuss", "next",
        "meeting", "group", "support", "verify", "and", "to", "in", "document",
        "charter", "security", "audit", "status", "update", "talks",
        "who", "is", "program", "tests", "on", "hardware", "grant", "website",
        "we", "need", "more", "time", "mailing", "list", "vote",
    ];

    /// <param name="length">Length of the text in characters, which are all ASCII.</param>
    public static string Write(int seed, int length)
    {
        var random = new Random(seed);
        var text = new StringBuilder(length + 8_000);
        var date = new DateOnly(2024, 12, 11);
        for (var number = 5_000; text.Length < length; number--)
        {
            WriteMeeting(text, random, number, date);
            date = date.AddDays(-14);
        }

        return text.ToString(0, length);
    }

    private static void WriteMeeting(StringBuilder text, Random random, int number, DateOnly date)
    {
        var bold = random.Next(2) == 0 ? "**" : "";
        text.Append(CultureInfo.InvariantCulture, $"## Meeting #{number} - {date:yyyy-MM-dd}\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"- **Duration:** {random.Next(20, 90)}m\n- **Chair: {Pick(random, Names)}**\n- **Participants:**\n");
        foreach (var name in Names.Take(random.Next(3, Names.Length)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {bold}{name}{bold}\n");
        }

        text.Append("- **Notes:**\n");
        for (var i = random.Next(8, 40); i > 0; i--)
        {
            text.Append(' ', 2 * random.Next(1, 5)).Append("- ");
            WriteLine(text, random);
        }

        text.Append('\n');
    }

    private static void WriteLine(StringBuilder text, Random random)
    {
        var first = Pick(random, Names).Split(' ')[0];
        var kind = random.Next(100);
        if (kind < 6)
        {
            text.Append(CultureInfo.InvariantCulture, $"AI({first}): ");
        }
        else if (kind < 20)
        {
            text.Append(CultureInfo.InvariantCulture, $"{first}: ");
        }

        for (var i = random.Next(4, 22); i > 0; i--)
        {
            text.Append(Pick(random, Words)).Append(i == 1 ? "" : " ");
        }

        if (kind > 80)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" [{Pick(random, Words)} notes](https://lists.example.org/d/{random.Next():x8}/edit?tab=t.0)");
        }

        text.Append(kind is > 60 and < 64 ? "\n\n" : "\n");
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
