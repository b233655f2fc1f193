using System.Text.RegularExpressions;
using BscFlow.Minutes;

namespace BscFlow.Editing;

/// <summary>Two people's changes of one text put together.</summary>
/// <param name="ConflictLine">1-based line at which the first conflict stands in the text; null when there is none.</param>
public sealed record MergedText(string Text, int? ConflictLine);

/// <summary>Puts together what two people made of the same text, so that nothing that either of them wrote is lost.</summary>
/// <remarks>
/// Changes of different lines, or of different words of a line, are both made. What both added at one place is there twice, the
/// other's first. Where both changed the same words, both versions stand in the text between marks, for a person to choose.
/// Lines end in LF.
/// </remarks>
public static partial class ThreeWayMerge
{
    internal const string Mine = "<<<<<<< yours";
    internal const string Between = "=======";
    internal const string Theirs = ">>>>>>> saved meanwhile";

    /// <param name="original">What both began with.</param>
    public static MergedText Merge(string original, string mine, string theirs)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(theirs);
        var lines = LineDiff.Lines(original);
        var merged = new List<string>();
        int? conflict = null;
        foreach (var part in Parts(lines, LineDiff.Lines(mine), LineDiff.Lines(theirs)))
        {
            switch (part)
            {
                case { Agreed: { } agreed }:
                    merged.AddRange(agreed);
                    break;
                case { Original.Length: 0 }:
                    merged.AddRange(Both(part.Theirs, part.Mine));
                    break;
                case var both when ByWords(both) is { } words:
                    merged.AddRange(words);
                    break;
                default:
                    conflict ??= merged.Count + 1;
                    merged.AddRange([Mine, .. part.Mine, Between, .. part.Theirs, Theirs]);
                    break;
            }
        }

        return new MergedText(string.Join('\n', merged), conflict);
    }

    /// <summary>1-based line of the first mark of a conflict that nobody has settled yet; null when there is none.</summary>
    public static int? FindConflict(string text)
    {
        var rest = text.AsSpan();
        for (var line = 1; !rest.IsEmpty; line++)
        {
            var content = TextLines.Take(ref rest);
            if (content.StartsWith(Mine) || content.StartsWith(Theirs))
            {
                return line;
            }
        }

        return null;
    }

    /// <summary>A stretch of the original and what became of it.</summary>
    private sealed record Part(string[] Original, string[] Mine, string[] Theirs)
    {
        /// <summary>What it becomes where only one side changed it, or both in the same way.</summary>
        public string[]? Agreed =>
            Mine.AsSpan().SequenceEqual(Theirs) || Theirs.AsSpan().SequenceEqual(Original) ? Mine
            : Mine.AsSpan().SequenceEqual(Original) ? Theirs
            : null;
    }

    /// <summary>The original cut into stretches such that no change of either side reaches over an end.</summary>
    private static IEnumerable<Part> Parts(string[] original, string[] mine, string[] theirs)
    {
        var (toMine, toTheirs) = (Cuts(original, mine), Cuts(original, theirs));
        var (at, atMine, atTheirs) = (0, 0, 0);
        for (var cut = 0; cut <= original.Length; cut++)
        {
            // A cut may have room around it: lines that a side added there. They are a stretch of their own without original.
            if (toMine[cut] is not { } my || toTheirs[cut] is not { } their)
            {
                continue;
            }

            if (cut > at)
            {
                yield return new Part(original[at..cut], mine[atMine..my.Before], theirs[atTheirs..their.Before]);
            }

            if (my.After > my.Before || their.After > their.Before)
            {
                yield return new Part([], mine[my.Before..my.After], theirs[their.Before..their.After]);
            }

            (at, atMine, atTheirs) = (cut, my.After, their.After);
        }
    }

    /// <summary>
    /// For each place between two lines of the original, where it is in the changed text: before and after what was added there;
    /// null for a place inside of what was replaced.
    /// </summary>
    private static (int Before, int After)?[] Cuts(string[] original, string[] changed)
    {
        var cuts = new (int Before, int After)?[original.Length + 1];
        var (old, now) = (0, 0);
        foreach (var shared in LineDiff.Find(original, changed).Append(new Shared(original.Length, changed.Length, 0)))
        {
            // An insertion opens a place; a replacement has one place at each end.
            cuts[old] = (cuts[old]?.Before ?? now, shared.Old == old ? shared.New : now);
            cuts[shared.Old] = shared.Old == old ? cuts[old] : (shared.New, shared.New);
            for (var i = 1; i < shared.Length; i++)
            {
                cuts[shared.Old + i] = (shared.New + i, shared.New + i);
            }

            (old, now) = (shared.Old + shared.Length, shared.New + shared.Length);
            cuts[old] ??= (now, now);
        }

        return cuts;
    }

    /// <summary>Both additions; what they share is there once.</summary>
    private static IEnumerable<string> Both(string[] first, string[] second)
    {
        var (i, j) = (0, 0);
        foreach (var shared in LineDiff.Find(first, second).Append(new Shared(first.Length, second.Length, 0)))
        {
            foreach (var line in (IEnumerable<string>)[.. first[i..shared.Old], .. second[j..shared.New], .. first[shared.Old..(shared.Old + shared.Length)]])
            {
                yield return line;
            }

            (i, j) = (shared.Old + shared.Length, shared.New + shared.Length);
        }
    }

    /// <summary>Line by line, where both sides kept their number; null when the same words were changed.</summary>
    private static List<string>? ByWords(Part part)
    {
        if (part.Mine.Length != part.Original.Length || part.Theirs.Length != part.Original.Length)
        {
            return null;
        }

        var lines = new List<string>();
        for (var i = 0; i < part.Original.Length; i++)
        {
            var line = new List<string>();
            foreach (var words in Parts(Words(part.Original[i]), Words(part.Mine[i]), Words(part.Theirs[i])))
            {
                if (words.Agreed is not { } agreed)
                {
                    return null;
                }

                line.AddRange(agreed);
            }

            lines.Add(string.Concat(line));
        }

        return lines;
    }

    private static string[] Words(string line) => [.. WordOrGap().Matches(line).Select(match => match.Value)];

    [GeneratedRegex(@"\s+|\w+|[^\s\w]")]
    private static partial Regex WordOrGap();
}
