using System.Runtime.CompilerServices;

namespace BscFlow.Votes.Ranked;

/// <summary>Ballots put together as far as they say the same: a branch for each rank that votes have gone down to.</summary>
/// <remarks>
/// Only as deep as the count has needed, so that a million ballots are a few thousand branches and a round of Meek's method
/// does not touch the ballots. Options that are out of the count are no branches.
/// </remarks>
internal sealed class BallotTree
{
    private readonly BallotBox _box;
    private readonly bool[] _out;
    private readonly byte[] _at;
    private readonly int[] _buffer;

    /// <param name="options">How many options there are.</param>
    public BallotTree(BallotBox box, int options)
    {
        _box = box;
        _out = new bool[options];
        _at = new byte[box.Count];
        _buffer = new int[options];
        Root = new Branch([]);
        Root.Open(options);
        for (var ballot = 0; ballot < box.Count; ballot++)
        {
            Place(Root, ballot);
        }
    }

    /// <summary>Above all first preferences.</summary>
    public Branch Root { get; }

    public bool IsOut(int option) => _out[option];

    /// <summary>Lets the ballots of a branch go on to their next rank.</summary>
    public void Open(Branch branch)
    {
        var pile = branch.Open(_out.Length);
        foreach (var piece in pile.Pieces())
        {
            foreach (var ballot in piece)
            {
                Place(branch, ballot);
            }
        }
    }

    /// <summary>Takes an option out of the count. Where it stood alone, its ballots go to what they rank next.</summary>
    public void Exclude(int option)
    {
        _out[option] = true;
        Exclude(Root);
    }

    private void Exclude(Branch branch)
    {
        foreach (var empty in branch.TakeEmpty(_out))
        {
            foreach (var piece in empty.Pieces())
            {
                foreach (var ballot in piece)
                {
                    Place(branch, ballot);
                }
            }
        }

        foreach (var next in branch.Next)
        {
            if (next.IsOpen)
            {
                Exclude(next);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(Branch from, int ballot)
    {
        var weight = _box.Weight(ballot);
        ref var at = ref _at[ballot];
        while (true)
        {
            var options = NextOptions(ballot, ref at);
            if (options.IsEmpty)
            {
                from.Ended += weight;
                return;
            }

            from = from.BranchOf(options);
            from.Weight += weight;
            if (!from.IsOpen)
            {
                from.Ballots.Add(ballot);
                return;
            }
        }
    }

    /// <summary>The next rank at which the ballot has an option that is in the count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<int> NextOptions(int ballot, ref byte at)
    {
        while (true)
        {
            var all = _box.Next(ballot, ref at, _buffer);
            if (all.IsEmpty)
            {
                return [];
            }

            var kept = 0;
            foreach (var option in all)
            {
                if (!_out[option])
                {
                    _buffer[kept++] = option;
                }
            }

            if (kept > 0)
            {
                return _buffer.AsSpan(0, kept);
            }
        }
    }
}

/// <summary>All ballots that came the same way to the same rank.</summary>
internal sealed class Branch(int[] options)
{
    private static readonly Branch[] None = [];

    private Branch?[]? _byOption;
    private Dictionary<string, Branch>? _tied;
    private List<Branch>? _next;

    /// <summary>The options of that rank, ascending, that were in the count when the branch grew.</summary>
    public int[] Options { get; } = options;

    /// <summary>How many ballots, by weight.</summary>
    public long Weight { get; set; }

    /// <summary>How many of them rank nothing below.</summary>
    public long Ended { get; set; }

    /// <summary>The ballots, until the branch is opened.</summary>
    public Pile Ballots { get; private set; } = new();

    public bool IsOpen => _next is not null;

    public IReadOnlyList<Branch> Next => _next ?? (IReadOnlyList<Branch>)None;

    /// <returns>The ballots, which are to be placed below.</returns>
    public Pile Open(int options)
    {
        (_next, _byOption) = ([], new Branch?[options]);
        var pile = Ballots;
        Ballots = new Pile();
        return pile;
    }

    /// <summary>The branch below for these options; it grows when there is none.</summary>
    public Branch BranchOf(ReadOnlySpan<int> options)
    {
        if (options is [var only])
        {
            return _byOption![only] ??= Grow(options);
        }

        var key = string.Create(options.Length, options, static (text, options) =>
        {
            for (var i = 0; i < options.Length; i++)
            {
                text[i] = (char)options[i];
            }
        });
        _tied ??= new Dictionary<string, Branch>(StringComparer.Ordinal);
        return _tied.TryGetValue(key, out var branch) ? branch : _tied[key] = Grow(options);
    }

    /// <summary>Cuts off the branches below whose options are all out of the count.</summary>
    /// <remarks>None of them is open: until now an option that was in the count kept all that came to it.</remarks>
    public List<Pile> TakeEmpty(bool[] excluded)
    {
        List<Pile> piles = [];
        _next!.RemoveAll(branch =>
        {
            var empty = branch.Options.All(option => excluded[option]);
            if (empty)
            {
                piles.Add(branch.Ballots);
                if (branch.Options is [var only])
                {
                    _byOption![only] = null;
                }
            }

            return empty;
        });
        return piles;
    }

    private Branch Grow(ReadOnlySpan<int> options)
    {
        var branch = new Branch(options.ToArray());
        _next!.Add(branch);
        return branch;
    }
}
