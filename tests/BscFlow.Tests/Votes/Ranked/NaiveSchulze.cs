using BscFlow.Votes.Ranked;

namespace BscFlow.Tests.Votes.Ranked;

/// <summary>Schulze's method from its definition: paths are walked one by one.</summary>
internal static class NaiveSchulze
{
    public static int Preferring(Profile profile, int option, int other) =>
        profile.Ballots.Count(ballot =>
            ballot[option] >= 0 && ballot[other] != Mark.NoOpinion
            && (ballot[other] == Mark.Unranked || ballot[option] < ballot[other]));

    /// <summary>Those of these options that none of these beats, judged by the paths through all options.</summary>
    public static int[] Unbeaten(Profile profile, IReadOnlyList<int> options) =>
        [.. options.Where(option => options.All(other => other == option || !Beats(profile, other, option)))];

    private static bool Beats(Profile profile, int option, int other)
    {
        return Strongest(option, other) > Strongest(other, option);

        int Strongest(int from, int to) =>
            Paths([from], to).Select(path => path.Zip(path.Skip(1), Link).Min()).DefaultIfEmpty(0).Max();

        IEnumerable<int[]> Paths(int[] path, int to) =>
            path[^1] == to
                ? [path]
                : Enumerable.Range(0, profile.Options)
                    .Where(next => !path.Contains(next))
                    .SelectMany(next => Paths([.. path, next], to));

        int Link(int from, int to) =>
            Preferring(profile, from, to) is var votes && votes > Preferring(profile, to, from) ? votes : 0;
    }
}
