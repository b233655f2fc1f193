using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BscFlow.Votes.Ranked;

/// <summary>How many ballots prefer one option to another, for each pair.</summary>
/// <remarks>
/// Ballots are kept in a block by option, not by ballot, so that one comparison compares as many ballots as a vector has bytes. A
/// block holds as many as a byte can count in each lane; then it is added up and begun again.
/// </remarks>
public sealed class PairMatrix
{
    /// <summary>No opinion, as the one that would have to be preferred: above it is nothing.</summary>
    private const sbyte NeverBetter = sbyte.MaxValue;

    /// <summary>No opinion, as the one that would have to be worse: below it is nothing.</summary>
    private const sbyte NeverWorse = sbyte.MinValue;

    /// <summary>Unranked: below each rank, and not below itself.</summary>
    private const sbyte Last = sbyte.MaxValue - 1;

    /// <summary>Rank 0 in the block; ranks go up from here.</summary>
    private const int First = sbyte.MinValue + 1;

    private const int LargestRank = Last - 1 - First;

    private static int BlockLength => Vector<sbyte>.Count * byte.MaxValue;

    private readonly int _options;
    private readonly long[] _preferring;

    /// <summary>An option after another: the place of each ballot's option, as the one to be preferred.</summary>
    private readonly sbyte[] _better;

    /// <summary>The same as the one to be worse; the same block until a ballot of it has no opinion.</summary>
    private sbyte[] _worse;

    private int _held;

    internal PairMatrix(int options)
    {
        _options = options;
        _preferring = new long[options * options];
        _better = new sbyte[options * BlockLength];
        _worse = _better;
    }

    /// <summary>How many ballots rank the first option above the second.</summary>
    public long this[int option, int other] => _preferring[option * _options + other];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(ReadOnlySpan<int> marks, long weight)
    {
        if (weight != 1)
        {
            AddHeavy(marks, weight);
            return;
        }

        if (_held == BlockLength)
        {
            Flush();
        }

        var better = _better;
        var at = _held;
        foreach (var mark in marks)
        {
            if ((uint)mark <= LargestRank)
            {
                better[at] = (sbyte)(mark + First);
            }
            else if (mark == Mark.Unranked)
            {
                better[at] = Last;
            }
            else if (mark == Mark.NoOpinion)
            {
                better[at] = NeverBetter;
                if (_worse == better)
                {
                    _worse = [.. better];
                }
            }
            else
            {
                Add(Dense(marks), weight);
                return;
            }

            at += BlockLength;
        }

        if (_worse != better)
        {
            AddWorse(marks);
        }

        _held++;
    }

    /// <summary>The last ballot of the block as the one to be worse.</summary>
    private void AddWorse(ReadOnlySpan<int> marks)
    {
        for (var option = 0; option < marks.Length; option++)
        {
            var at = (option * BlockLength) + _held;
            _worse[at] = marks[option] == Mark.NoOpinion ? NeverWorse : _better[at];
        }
    }

    /// <summary>Adds up what the block holds.</summary>
    internal void Flush()
    {
        var vectors = (_held + Vector<sbyte>.Count - 1) / Vector<sbyte>.Count;

        // The last vector may hold ballots of the block before; they prefer nothing.
        for (var option = 0; option < _options; option++)
        {
            var end = option * BlockLength;
            _better.AsSpan(end + _held, vectors * Vector<sbyte>.Count - _held).Fill(NeverBetter);
            _worse.AsSpan(end + _held, vectors * Vector<sbyte>.Count - _held).Fill(NeverWorse);
        }

        for (var option = 0; option < _options; option++)
        {
            for (var other = option + 1; other < _options; other++)
            {
                Compare(option, other, vectors);
            }
        }

        _held = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compare(int option, int other, int vectors)
    {
        var better = Column(_better, option);
        var worse = Column(_worse, option);
        var otherBetter = Column(_better, other);
        var otherWorse = Column(_worse, other);
        var won = Vector<byte>.Zero;
        var lost = Vector<byte>.Zero;
        for (var i = 0; i < vectors; i++)
        {
            // A comparison that holds is a byte of ones, which is minus one.
            won -= Vector.AsVectorByte(Vector.LessThan(better[i], otherWorse[i]));
            lost -= Vector.AsVectorByte(Vector.LessThan(otherBetter[i], worse[i]));
        }

        _preferring[option * _options + other] += Sum(won);
        _preferring[other * _options + option] += Sum(lost);
    }

    private static ReadOnlySpan<Vector<sbyte>> Column(sbyte[] block, int option) =>
        MemoryMarshal.Cast<sbyte, Vector<sbyte>>(block.AsSpan(option * BlockLength, BlockLength));

    private static long Sum(Vector<byte> counts)
    {
        Vector.Widen(counts, out var low, out var high);
        return Vector.Sum(low + high);
    }

    private void AddHeavy(ReadOnlySpan<int> marks, long weight)
    {
        for (var option = 0; option < marks.Length; option++)
        {
            for (var other = 0; other < marks.Length; other++)
            {
                if (IsAbove(marks[option], marks[other]))
                {
                    _preferring[option * _options + other] += weight;
                }
            }
        }
    }

    private static bool IsAbove(int mark, int other) =>
        mark >= 0 && (other > mark || other == Mark.Unranked);

    /// <summary>The same ballot with the ranks 0, 1, 2 and so on; some write 1000 for "last".</summary>
    private static int[] Dense(ReadOnlySpan<int> marks)
    {
        int[] ranks = [.. marks.ToArray().Where(mark => mark >= 0).Distinct().Order()];
        return [.. marks.ToArray().Select(mark => mark < 0 ? mark : Array.BinarySearch(ranks, mark))];
    }
}
