namespace BscFlow.Minutes;

/// <summary>A meeting that began with a quorum and lost it: what was decided until then stands.</summary>
internal static class QuorumLoss
{
    /// <summary>Which line of an entry says so ("Quorum lost: Joe left"), 0 for its first; null when none does.</summary>
    /// <param name="text">Without markup, as the outline has it.</param>
    public static int? LineIn(ReadOnlySpan<char> text)
    {
        var line = 0;
        foreach (var range in text.Split('\n'))
        {
            if (Starts(text[range]))
            {
                return line;
            }

            line++;
        }

        return null;
    }

    /// <summary>Whether a statement about the quorum says that it was there first.</summary>
    public static bool Says(QuorumStatement statement) => Starts(statement.Text);

    private static bool Starts(ReadOnlySpan<char> line)
    {
        line = line.TrimStart(" \t-*+");
        if (!line.StartsWith("quorum ", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        line = line["quorum ".Length..];
        foreach (var verb in (ReadOnlySpan<string>)["was ", "is ", "has been "])
        {
            if (line.StartsWith(verb, StringComparison.OrdinalIgnoreCase))
            {
                line = line[verb.Length..];
                break;
            }
        }

        return line.StartsWith("lost", StringComparison.OrdinalIgnoreCase) && (line.Length == 4 || !char.IsLetterOrDigit(line[4]));
    }
}
