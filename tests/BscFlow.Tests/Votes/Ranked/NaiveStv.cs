using System.Numerics;

namespace BscFlow.Tests.Votes.Ranked;

/// <summary>Meek's method and the Scottish rules, ballot by ballot and by the letter of their rules.</summary>
/// <param name="Elected">In order.</param>
/// <param name="Held">What each elected option holds in the end, in units.</param>
internal sealed record NaiveStv(IReadOnlyList<int> Elected, IReadOnlyDictionary<int, BigInteger> Held)
{
    /// <summary>The reference rule of the Proportional Representation Foundation; ties by <paramref name="first"/>.</summary>
    public static NaiveStv Meek(Profile profile, int seats, Func<IEnumerable<int>, IEnumerable<int>> first)
    {
        BigInteger one = 1_000_000_000;
        var keep = Enumerable.Repeat(one, profile.Options).ToArray();
        var votes = new BigInteger[profile.Options];
        List<int> hopeful = [.. Enumerable.Range(0, profile.Options)];
        List<int> elected = [];
        BigInteger quota = 0;
        while (elected.Count < seats && hopeful.Count > seats - elected.Count)
        {
            BigInteger? before = null;
            while (true)
            {
                Distribute();
                List<int> reached = [.. hopeful.Where(option => votes[option] >= quota)];
                if (reached.Count > 0)
                {
                    Elect(reached);
                    break;
                }

                var surplus = elected.Aggregate(BigInteger.Zero, (sum, option) => sum + votes[option] - quota);
                surplus = BigInteger.Max(surplus, 0);
                if (surplus < 1000 || surplus >= before)
                {
                    var lowest = hopeful.Min(option => votes[option]);
                    var last = first(hopeful.Where(option => votes[option] <= lowest + surplus)).Last();
                    hopeful.Remove(last);
                    keep[last] = 0;
                    break;
                }

                before = surplus;
                foreach (var option in elected)
                {
                    keep[option] = BigInteger.Min(one, Up(Up(keep[option] * quota, one) * one, votes[option]));
                }
            }
        }

        if (elected.Count < seats)
        {
            Distribute();
            Elect(hopeful.ToList());
        }

        return new NaiveStv(elected, elected.ToDictionary(option => option, option => votes[option]));

        void Elect(List<int> options)
        {
            foreach (var place in options.GroupBy(option => votes[option]).OrderByDescending(place => place.Key))
            {
                foreach (var option in first(place).Where(_ => elected.Count < seats))
                {
                    elected.Add(option);
                    hopeful.Remove(option);
                }
            }
        }

        void Distribute()
        {
            Array.Clear(votes);
            foreach (var ballot in profile.Ballots)
            {
                var paper = one;
                foreach (var rank in ballot.Where(mark => mark >= 0).Distinct().Order())
                {
                    int[] tied =
                        [.. Enumerable.Range(0, profile.Options).Where(option => ballot[option] == rank && keep[option] > 0)];
                    paper -= tied.Length == 1 ? KeepOne(tied[0], paper) : KeepTied(tied, paper);
                }
            }

            quota = votes.Aggregate(BigInteger.Zero, (sum, held) => sum + held) / (seats + 1) + 1;
        }

        BigInteger KeepOne(int option, BigInteger paper)
        {
            var kept = Up(paper * keep[option], one);
            votes[option] += kept;
            return kept;
        }

        // Each order of the tied options is walked, and what an elected one keeps is the mean; the hopeful ones share what is
        // left.
        BigInteger KeepTied(int[] tied, BigInteger paper)
        {
            var orders = Orders(tied).ToList();
            var rest = paper;
            foreach (var option in tied.Where(elected.Contains))
            {
                // In parts of one^(tied - 1) of a unit, so that nothing is rounded before the mean is.
                var scale = BigInteger.Pow(one, tied.Length);
                var sum = orders.Aggregate(BigInteger.Zero, (total, order) =>
                {
                    var left = scale;
                    foreach (var other in order.TakeWhile(other => other != option))
                    {
                        left = left * (one - keep[other]) / one;
                    }

                    return total + left * keep[option] / one;
                });
                var kept = paper * sum / (scale * orders.Count);
                votes[option] += kept;
                rest -= kept;
            }

            int[] sharing = [.. tied.Where(hopeful.Contains)];
            foreach (var option in sharing)
            {
                votes[option] += rest / sharing.Length;
            }

            return sharing.Length > 0 ? paper : paper - rest;
        }
    }

    /// <summary>Rules 45 to 52 of SSI 2007/42, on ballots without ties.</summary>
    public static NaiveStv Scottish(Profile profile, int seats, Func<IEnumerable<int>, IEnumerable<int>> first)
    {
        BigInteger one = 100_000;
        var papers = profile.Ballots
            .Select(ballot => (Ballot: ballot, At: NextOf(ballot, 0), Value: one))
            .Where(paper => paper.At is not null)
            .ToList();
        List<int> hopeful = [.. Enumerable.Range(0, profile.Options)];
        List<int> elected = [];
        HashSet<int> settled = [];
        var quota = (papers.Count / (seats + 1) + 1) * one;
        List<BigInteger[]> stages = [];
        Dictionary<int, BigInteger> held = [];
        while (true)
        {
            BigInteger[] votes = [.. Enumerable.Range(0, profile.Options).Select(VotesOf)];
            Elect([.. hopeful.Where(option => votes[option] >= quota)], votes);
            if (elected.Count == seats || hopeful.Count <= seats - elected.Count)
            {
                Elect(hopeful.ToList(), votes);
                return new NaiveStv(elected, elected.ToDictionary(option => option, option => votes[option]));
            }

            stages.Add(votes);
            int[] surpluses = [.. elected.Where(option => !settled.Contains(option) && votes[option] > quota)];
            if (surpluses.Length > 0)
            {
                var most = surpluses.Max(option => votes[option]);
                var from = Choose([.. surpluses.Where(option => votes[option] == most)], highest: true);
                settled.Add(from);
                held[from] = quota;
                Move(from, value => value * (votes[from] - quota) / votes[from]);
            }
            else
            {
                var fewest = hopeful.Min(option => votes[option]);
                var last = Choose([.. hopeful.Where(option => votes[option] == fewest)], highest: false);
                hopeful.Remove(last);
                Move(last, value => value);
            }
        }

        BigInteger VotesOf(int option) =>
            held.TryGetValue(option, out var kept) ? kept
            : papers.Where(paper => paper.At == option).Aggregate(BigInteger.Zero, (sum, paper) => sum + paper.Value);

        int? NextOf(int[] ballot, int after)
        {
            var rank = ballot.Where(mark => mark > after).DefaultIfEmpty(0).Min();
            return rank == 0 ? null : Array.IndexOf(ballot, rank);
        }

        void Move(int from, Func<BigInteger, BigInteger> valueOf)
        {
            for (var i = 0; i < papers.Count; i++)
            {
                if (papers[i].At == from)
                {
                    var at = papers[i].At;
                    do
                    {
                        at = NextOf(papers[i].Ballot, papers[i].Ballot[at!.Value]);
                    }
                    while (at is { } next && !hopeful.Contains(next));

                    papers[i] = (papers[i].Ballot, at, valueOf(papers[i].Value));
                }
            }
        }

        void Elect(List<int> options, BigInteger[] votes)
        {
            foreach (var place in options.GroupBy(option => votes[option]).OrderByDescending(place => place.Key))
            {
                foreach (var option in first(place).Where(_ => elected.Count < seats))
                {
                    elected.Add(option);
                    hopeful.Remove(option);
                }
            }
        }

        int Choose(int[] tied, bool highest)
        {
            foreach (var votes in Enumerable.Reverse(stages))
            {
                var extreme = highest ? tied.Max(option => votes[option]) : tied.Min(option => votes[option]);
                tied = [.. tied.Where(option => votes[option] == extreme)];
            }

            return highest ? first(tied).First() : first(tied).Last();
        }
    }

    private static BigInteger Up(BigInteger dividend, BigInteger divisor) => (dividend + divisor - 1) / divisor;

    private static IEnumerable<int[]> Orders(int[] items) =>
        items.Length == 0
            ? [[]]
            : items.SelectMany(item => Orders([.. items.Where(other => other != item)]).Select(rest => (int[])[item, .. rest]));
}
