using System.Globalization;

namespace BscFlow.Votes.Ranked.Ballots;

/// <summary>Says a ballot in words, for its receipt and for the question to a voter whose ballot is unclear.</summary>
public static class BallotWriting
{
    /// <summary>
    /// "1. Ada, 2. Cy and Eve; no opinion on Gil", "yes to Ada, no to Cy", "Ada 7, Cy 5", "approves of Ada and Cy".
    /// </summary>
    public static string Of(BallotKind kind, IReadOnlyList<string> names, IReadOnlyList<int> marks)
    {
        List<string> parts = kind switch
        {
            BallotKind.Ranked => [.. Places(names, marks)],
            BallotKind.Score => [.. marks.Index().Where(mark => mark.Item >= 0).Select(mark =>
                string.Create(CultureInfo.InvariantCulture, $"{names[mark.Index]} {mark.Item}"))],
            BallotKind.Approval => Named("approves of ", mark => mark > 0),
            _ => [.. Named("yes to ", mark => mark > 0), .. Named("no to ", mark => mark == 0)],
        };
        var said = string.Join(", ", parts);
        var silent = Named("no opinion on ", mark => mark == Mark.NoOpinion);
        return said.Length == 0 && silent.Count == 0 ? kind == BallotKind.Ranked ? "ranks none" : "approves of none"
            : string.Join("; ", new[] { said }.Concat(silent).Where(part => part.Length > 0));

        List<string> Named(string before, Func<int, bool> isIt)
        {
            List<string> found = [.. marks.Index().Where(mark => isIt(mark.Item)).Select(mark => names[mark.Index])];
            return found.Count == 0 ? [] : [before + List(found)];
        }
    }

    private static IEnumerable<string> Places(IReadOnlyList<string> names, IReadOnlyList<int> marks)
    {
        var place = 1;
        foreach (var tied in marks.Index().Where(mark => mark.Item >= 0).GroupBy(mark => mark.Item).OrderBy(rank => rank.Key))
        {
            List<string> options = [.. tied.Select(mark => names[mark.Index])];
            yield return string.Create(CultureInfo.InvariantCulture, $"{place}. {List(options)}");
            place += options.Count;
        }
    }

    private static string List(List<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
