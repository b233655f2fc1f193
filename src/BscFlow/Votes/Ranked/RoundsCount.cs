namespace BscFlow.Votes.Ranked;

/// <summary>A count by rounds: it needs all ballots before it can begin.</summary>
internal abstract class RoundsCount(CountRules rules, int options) : BallotCount(rules, options)
{
    private readonly List<Tie> _ties = [];
    private readonly List<CountRound> _rounds = [];
    private readonly List<int> _elected = [];
    private readonly List<int> _excluded = [];
    private readonly List<int> _capped = [];
    private readonly List<int> _electedNow = [];
    private readonly List<int> _excludedNow = [];
    private List<int> _unranked = [];

    /// <summary>What has become of an option.</summary>
    protected enum Standing
    {
        /// <summary>It may still be elected.</summary>
        Hopeful,

        Elected,

        /// <summary>It can no longer be elected, and holds votes that are to go on.</summary>
        Doomed,

        Excluded,
    }

    protected BallotBox Box { get; } = new(options);

    protected Standing[] Standings { get; } = new Standing[options];

    /// <summary>The options of this count; set while it runs.</summary>
    protected IReadOnlyList<RankedOption> Names { get; private set; } = [];

    protected int Round => _rounds.Count + 1;

    protected int Seats => Rules.SeatsOf(Options);

    protected int SeatsLeft => Seats - _elected.Count;

    protected IEnumerable<int> Hopeful => With(Standing.Hopeful);

    protected IReadOnlyList<CountRound> Rounds => _rounds;

    protected sealed override RankedResult Finish(IReadOnlyList<RankedOption> options)
    {
        Names = options;
        _unranked = Box.Unranked().FindAll(option => option != Rules.FloorOf(options));
        Run();

        // Who was still hopeful at the end comes before those who were left out; the last to be left out comes first of these.
        IEnumerable<IReadOnlyList<int>> rest = Hopeful
            .Concat(With(Standing.Doomed))
            .Order()
            .GroupBy(Held)
            .OrderByDescending(place => place.Key)
            .Select(IReadOnlyList<int> (place) => [.. place]);
        IEnumerable<IReadOnlyList<int>> places =
            [.. _elected.Select(One), .. rest, .. Enumerable.Reverse(_excluded).Select(One)];
        var result = Seating.Of(
            Rules,
            options,
            Box.Count == 0 ? 0 : Ballots,
            places,
            MostWinners(_elected.Count),
            _ties,
            kept: option => _unranked.Contains(option) ? Seating.Unranked : null);
        return result with
        {
            Ballots = Ballots,
            Rounds = _rounds,
            PassedOver =
            [
                .. result.PassedOver,
                .. _capped.Select(option => new PassedOver(option, Seating.AtCap(options[option]))),
                .. _unranked.Where(
                    option => result.Winners.Count < Seats && result.PassedOver.All(passed => passed.Option != option))
                    .Select(option => new PassedOver(option, Seating.Unranked)),
            ],
        };

        static IReadOnlyList<int> One(int option) => [option];
    }

    protected sealed override void Take(ReadOnlySpan<int> marks, long weight) => Box.Add(marks, weight);

    /// <summary>Elects and excludes until nothing is left to decide.</summary>
    protected abstract void Run();

    /// <summary>What an option holds now.</summary>
    protected abstract VoteAmount Held(int option);

    /// <summary>How far down its order the count lets options win.</summary>
    protected virtual int MostWinners(int elected) => elected;

    protected IEnumerable<int> With(Standing standing) =>
        Enumerable.Range(0, Options).Where(option => Standings[option] == standing);

    /// <summary>
    /// Elects, those with more votes first, as long as there are seats; whose affiliation holds all that it may hold, and whom no
    /// ballot ranks, is left out instead.
    /// </summary>
    protected void Elect(IEnumerable<int> options)
    {
        foreach (var place in options.GroupBy(Held).OrderByDescending(place => place.Key).Select(place => place.ToList()))
        {
            if (SeatsLeft == 0)
            {
                return;
            }

            var (order, by) = Decide(place);
            if (place.Count > 1)
            {
                _ties.Add(new Tie(order, Round, by, Decisive: place.Count > SeatsLeft));
            }

            foreach (var option in order)
            {
                if (SeatsLeft > 0 && Standings[option] == Standing.Hopeful && _unranked.Contains(option))
                {
                    Exclude(option);
                }
                else if (SeatsLeft > 0 && Standings[option] == Standing.Hopeful)
                {
                    Standings[option] = Standing.Elected;
                    _elected.Add(option);
                    _electedNow.Add(option);
                    DoomFellows(Names[option].Affiliation);
                }
            }
        }
    }

    /// <summary>The option of these that is left out: the tie rule's last.</summary>
    protected int LastOf(IReadOnlyList<int> tied)
    {
        if (tied is [var only])
        {
            return only;
        }

        var (order, by) = Decide(tied);
        AddTie(order, by);
        return order[^1];
    }

    /// <summary>
    /// As <see cref="Seating.Decide"/>, and whom no ballot ranks comes last: they win nothing, and take nobody's place.
    /// </summary>
    protected (IReadOnlyList<int> Order, string By) Decide(IReadOnlyList<int> tied)
    {
        IReadOnlyList<int> unranked = [.. tied.Where(_unranked.Contains)];
        if (unranked.Count == 0 || unranked.Count == tied.Count)
        {
            return Seating.Decide(Rules, Names, tied);
        }

        var (order, by) = Seating.Decide(Rules, Names, [.. tied.Except(unranked)]);
        return (
            [.. order, .. Seating.Decide(Rules, Names, unranked).Order],
            order.Count == 1 ? "the rule that whom no ballot ranks comes last" : by);
    }

    /// <summary>
    /// The hopeful options of which one may be left out: those without which the others can still fill the seats, as far as caps
    /// let them be filled at all.
    /// </summary>
    protected List<int> Excludable()
    {
        List<int> hopeful = [.. Hopeful];
        if (Rules.Caps.Count == 0)
        {
            return hopeful;
        }

        var needed = Math.Min(SeatsLeft, Seatable(hopeful));
        return hopeful.FindAll(option => Seatable([.. hopeful.Where(other => other != option)]) >= needed);
    }

    /// <summary>That an option is left out, and why, where others have fewer votes.</summary>
    protected string LeftOut(int option, bool isLowest) => isLowest
        ? $"{Names[option].Name} is left out"
        : $"{Names[option].Name} is left out, since {Names[option].Affiliation} has more left than it may hold";

    protected void AddTie(IReadOnlyList<int> order, string decidedBy) =>
        _ties.Add(new Tie(order, Round, decidedBy, Decisive: true));

    protected void Exclude(int option)
    {
        Standings[option] = Standing.Excluded;
        _excluded.Add(option);
        _excludedNow.Add(option);
    }

    /// <summary>Ends a round and keeps what it came to.</summary>
    protected void EndRound(VoteAmount? quota, VoteAmount exhausted, string did)
    {
        VoteAmount?[] votes =
        [
            .. Enumerable.Range(0, Options).Select(option =>
                Standings[option] != Standing.Excluded || _excludedNow.Contains(option) ? Held(option) : (VoteAmount?)null),
        ];
        _rounds.Add(new CountRound(Round, votes, quota, exhausted, [.. _electedNow], [.. _excludedNow], did));
        _electedNow.Clear();
        _excludedNow.Clear();
    }

    protected string ListOf(IEnumerable<int> options) => string.Join(", ", options.Select(option => Names[option].Name));

    private void DoomFellows(string? affiliation)
    {
        if (_elected.Count(option => IsOf(option, affiliation)) < Rules.CapOf(affiliation))
        {
            return;
        }

        foreach (var fellow in Hopeful.Where(option => IsOf(option, affiliation)).ToList())
        {
            Standings[fellow] = Standing.Doomed;
            _capped.Add(fellow);
        }
    }

    /// <summary>How many of these can still be seated together.</summary>
    private int Seatable(List<int> hopeful) => hopeful
        .GroupBy(option => Names[option].Affiliation?.ToUpperInvariant())
        .Sum(fellows => Math.Min(
            fellows.Count(),
            Rules.CapOf(fellows.Key) - _elected.Count(option => IsOf(option, fellows.Key))));

    private bool IsOf(int option, string? affiliation) =>
        affiliation is not null && string.Equals(Names[option].Affiliation, affiliation, StringComparison.OrdinalIgnoreCase);
}
