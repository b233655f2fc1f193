namespace BscFlow.Votes.Ranked.Files;

/// <summary>Ballots as a file holds them, read once from its beginning to its end.</summary>
public abstract class BallotFile
{
    /// <summary>How many options its ballots are about.</summary>
    public abstract int OptionCount { get; }

    /// <summary>
    /// The options' names; in some forms they stand behind the ballots and are known after <see cref="CountInto"/>.
    /// </summary>
    public abstract IReadOnlyList<string> Options { get; }

    /// <summary>How many seats the file says there are.</summary>
    public virtual int? Seats => null;

    /// <summary>Whether its marks are ranks by its form, so that they cannot be scores.</summary>
    public virtual bool HoldsRanks => true;

    /// <summary>Begins to read a file, in whichever of the known forms it is.</summary>
    /// <param name="stream">At its beginning.</param>
    /// <param name="method">What the marks are for: approvals may be words.</param>
    /// <exception cref="BallotFormatException">Its beginning cannot be read.</exception>
    public static BallotFile Open(Stream stream, CountingMethod method)
    {
        var lines = new LineReader(stream);
        var beginning = lines.Peek();
        return beginning.Trim(" \t\r\n"u8).IsEmpty ? throw new BallotFormatException(0, "it is empty")
            : beginning.StartsWith("# "u8) ? new PrefLibFile(lines)
            : beginning.StartsWith("V: "u8) || beginning.IndexOf("\nV: "u8) >= 0 ? new DebianSheet(lines)
            : StartsWithTwoNumbers(beginning) ? new BltFile(lines)
            : new CsvFile(lines, method);
    }

    /// <summary>Reads all ballots into a count for as many options.</summary>
    /// <exception cref="BallotFormatException">A ballot cannot be read.</exception>
    public abstract void CountInto(BallotCount count);

    /// <exception cref="BallotFormatException">There are none, too many, or two with one name.</exception>
    protected static void CheckOptions(IReadOnlyList<string> names, int line)
    {
        if (names.Count is 0 or > BallotCount.MostOptions)
        {
            throw new BallotFormatException(
                line,
                names.Count == 0
                    ? "it names no options"
                    : $"it has {names.Count} options; {BallotCount.MostOptions} are the most that are counted");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw new BallotFormatException(line, $"two options are called \"{name}\"");
            }
        }
    }

    /// <exception cref="BallotFormatException">There are more ballots than votes can be counted exactly for.</exception>
    protected static void Add(BallotCount count, ReadOnlySpan<int> marks, long weight, int line)
    {
        if (count.Ballots + weight > Mark.Largest)
        {
            throw new BallotFormatException(line, $"there are more than {Mark.Largest} ballots");
        }

        count.Add(marks, weight);
    }

    /// <summary>Options and seats alone on the first line that is no comment.</summary>
    private static bool StartsWithTwoNumbers(ReadOnlySpan<byte> beginning)
    {
        foreach (var range in beginning.Split((byte)'\n'))
        {
            var line = beginning[range].Trim(" \t\r"u8);
            line = line.IndexOf((byte)'#') is >= 0 and var comment ? line[..comment].TrimEnd(" \t"u8) : line;
            if (!line.IsEmpty)
            {
                var parting = BltFile.IsOfCommas(line) ? ","u8 : " \t"u8;
                line = line.TrimEnd((byte)',');
                return line.IndexOfAny(parting) is > 0 and var gap
                    && IsNumber(line[..gap])
                    && IsNumber(line[gap..].TrimStart(parting));
            }
        }

        return false;

        static bool IsNumber(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }
}
