using System.Diagnostics;
using System.Text;
using BscFlow.Minutes;

namespace BscFlow.Tests.Minutes;

/// <summary>No text makes the reader throw, lose a character, or take longer than in proportion to the text.</summary>
public sealed class MinutesReaderLimitsTests(ITestOutputHelper output)
{
    /// <summary>Longer than any of these takes on a busy machine; what is quadratic takes minutes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly string[] Pieces =
    [
        "[x](y) ", "**", "- ", "> ", "AI: ", "[AI ", "(done) ", "\u2705 ", "ACTION 1.2: ", "(", "[DONE, ", "| a | b |\n|---|---|\n", "### ", "Ada, ",
        "@ada ", "and ", "\n", "  - ", "2024-01-01 ", "AI(", "Ada to ", "we agreed ", "~~", "\u00E2", "[[a]{.ul}", "<br>", "\t", "- [ ] ",
        "(Ada) ", "quorum ", "Chair: ", "AI Ada and ", "1. ", "roles\n  - Chair: ", "AI meeting", "ing", "AI: Ada (",
    ];

    [Fact]
    public void Mutated_minutes_are_read_whole_and_in_time()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var files = MinutesSamples.Names.Select(name => File.ReadAllText(Path.Combine(MinutesSamples.Folder, $"{name}.md"))).ToArray();
        for (var i = 0; i < 400; i++)
        {
            ReadWhole(Mutate(files[i % files.Length], random));
        }
    }

    public static TheoryData<string> Repeated { get; } = [.. Pieces, "AI \0", "- **Chair: \0", "[a]{\n}\nAI: ", "x. TODO: "];

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Half_a_megabyte_of_anything_is_read_in_time(string piece)
    {
        // A piece with a NUL has one endless word in its place.
        var text = piece.Contains('\0', StringComparison.Ordinal)
            ? piece.Replace("\0", new string('a', 500_000) + "ing x", StringComparison.Ordinal)
            : string.Concat(Enumerable.Repeat(piece, 500_000 / piece.Length));

        ReadWhole($"# Meeting 2024-01-10\n\n## Action items\n\n- {text}\n");
        ReadWhole($"# Meeting 2024-01-10\n\n- **Participants:**\n  - {text}\n");
    }

    [Fact]
    public void Brackets_that_go_by_the_hundred_thousand_go_in_time() =>
        ReadWhole($"# Meeting 2024-01-10\n\n{new string('[', 600_000)}{new string('a', 3_000_000)}{string.Concat(Enumerable.Repeat("]{a}", 600_000))}\n");

    private static void ReadWhole(string text)
    {
        var started = Stopwatch.GetTimestamp();
        var minutes = MinutesReader.Read(text);

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Limit);
        var parts = minutes.Meetings.Aggregate(
            new StringBuilder().Append(minutes.Preamble), (all, meeting) => all.Append(minutes.Section(meeting)));
        Assert.Equal(text, parts.ToString());
    }

    private static string Mutate(string text, Random random)
    {
        var changed = new StringBuilder(text);
        switch (random.Next(6))
        {
            case 0:
                changed.Length = random.Next(text.Length);
                break;
            case 1:
                var line = Pick(text.Split('\n'), random) + '\n';
                changed.Insert(random.Next(text.Length), line, Math.Max(1, 100_000 / line.Length));
                break;
            case 2:
                changed.Insert(random.Next(text.Length), new string('a', 1_000_000));
                break;
            case 3:
                for (var i = 0; i < 50; i++)
                {
                    changed[random.Next(changed.Length)] = (char)random.Next(1, 0x3000);
                }

                break;
            case 4:
                for (var depth = 0; depth < 500; depth++)
                {
                    changed.Append('\n').Append(' ', random.Next(2 * depth + 1)).Append(Pick(["- ", "> ", "1. ", "* "], random)).Append("AI: Ada");
                }

                break;
            default:
                for (var i = 0; i < 200; i++)
                {
                    changed.Insert(random.Next(changed.Length), Pick(Pieces, random));
                }

                break;
        }

        return changed.ToString();
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
