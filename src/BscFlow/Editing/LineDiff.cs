using BscFlow.Minutes;

namespace BscFlow.Editing;

/// <summary>A run of elements that two sequences share.</summary>
/// <param name="Old">Index of its first element in the one.</param>
/// <param name="New">Index of its first element in the other.</param>
internal readonly record struct Shared(int Old, int New, int Length);

public enum LineChange
{
    Kept,
    Removed,
    Added,
}

/// <summary>A line of the difference between two texts.</summary>
public sealed record DiffLine(LineChange Change, string Text);

/// <summary>What two texts have in common, line by line.</summary>
/// <remarks>Myers, "An O(ND) Difference Algorithm and Its Variations", 1986.</remarks>
public static class LineDiff
{
    /// <summary>
    /// Edits up to which the shortest way is looked for: memory grows with its square. Beyond, what differs counts as replaced.
    /// </summary>
    private const int MostEdits = 2000;

    /// <summary>Every line of both texts once; of lines that were replaced the removed ones come first.</summary>
    public static IReadOnlyList<DiffLine> Compare(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (Lines(before), Lines(after));
        var lines = new List<DiffLine>();
        var (i, j) = (0, 0);
        foreach (var shared in Find(old, now).Append(new Shared(old.Length, now.Length, 0)))
        {
            lines.AddRange(old[i..shared.Old].Select(line => new DiffLine(LineChange.Removed, line)));
            lines.AddRange(now[j..shared.New].Select(line => new DiffLine(LineChange.Added, line)));
            (i, j) = (shared.Old + shared.Length, shared.New + shared.Length);
            lines.AddRange(old[shared.Old..i].Select(line => new DiffLine(LineChange.Kept, line)));
        }

        return lines;
    }

    /// <summary>
    /// The lines as minutes count them: what else may be called an end (U+2028, a form feed) is a character of one.
    /// </summary>
    internal static string[] Lines(string text) => [.. TextLines.Split(text).Select(TextLines.Content)];

    /// <summary>The runs that a shortest edit leaves in place, in order; each as long as it can be.</summary>
    internal static List<Shared> Find(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        var start = old.CommonPrefixLength(now);
        var (oldEnd, newEnd) = (old.Length, now.Length);
        while (oldEnd > start && newEnd > start && old[oldEnd - 1] == now[newEnd - 1])
        {
            oldEnd--;
            newEnd--;
        }

        var runs = new List<Shared>();
        Add(runs, new Shared(0, 0, start));
        foreach (var shared in Middle(old[start..oldEnd], now[start..newEnd]))
        {
            Add(runs, new Shared(shared.Old + start, shared.New + start, shared.Length));
        }

        Add(runs, new Shared(oldEnd, newEnd, old.Length - oldEnd));
        return runs;
    }

    private static void Add(List<Shared> runs, Shared shared)
    {
        if (shared.Length == 0)
        {
            return;
        }

        if (runs is [.., var last] && last.Old + last.Length == shared.Old && last.New + last.Length == shared.New)
        {
            runs[^1] = last with { Length = last.Length + shared.Length };
        }
        else
        {
            runs.Add(shared);
        }
    }

    private static List<Shared> Middle(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        if (old.IsEmpty || now.IsEmpty)
        {
            return [];
        }

        // reached[k]: how far into the old one the furthest path gets on diagonal k = old - new; one copy for each number of edits.
        var most = Math.Min(old.Length + now.Length, MostEdits);
        var reached = new int[2 * most + 2];
        var trace = new List<int[]>();
        for (var edits = 0; edits <= most; edits++)
        {
            for (var k = -edits; k <= edits; k += 2)
            {
                var down = k == -edits || (k != edits && reached[k - 1 + most] < reached[k + 1 + most]);
                var i = edits == 0 ? 0 : down ? reached[k + 1 + most] : reached[k - 1 + most] + 1;
                while (i < old.Length && i - k < now.Length && i >= 0 && i - k >= 0 && old[i] == now[i - k])
                {
                    i++;
                }

                reached[k + most] = i;
                if (i == old.Length && i - k == now.Length)
                {
                    return Back(trace, old.Length, now.Length, edits, most);
                }
            }

            trace.Add(reached[(most - edits)..(most + edits + 1)]);
        }

        return [];
    }

    /// <param name="trace">For each number of edits the diagonals from -edits to +edits.</param>
    private static List<Shared> Back(List<int[]> trace, int i, int j, int edits, int most)
    {
        var runs = new List<Shared>();
        for (; edits > 0; edits--)
        {
            var before = trace[edits - 1];
            int At(int k) => Math.Abs(k) <= edits - 1 ? before[k + edits - 1] : -1;
            var diagonal = i - j;
            var down = diagonal == -edits || (diagonal != edits && At(diagonal - 1) < At(diagonal + 1));
            var from = down ? diagonal + 1 : diagonal - 1;
            var (fromOld, fromNew) = (At(from), At(from) - from);
            var (startOld, startNew) = down ? (fromOld, fromNew + 1) : (fromOld + 1, fromNew);
            if (i > startOld)
            {
                runs.Add(new Shared(startOld, startNew, i - startOld));
            }

            (i, j) = (fromOld, fromNew);
        }

        if (i > 0)
        {
            runs.Add(new Shared(0, 0, i));
        }

        runs.Reverse();
        return runs;
    }
}
