using System.Runtime.CompilerServices;

namespace BscFlow.Votes.Ranked;

/// <summary>Ranked ballots in the form that counts by rounds go through: each as its options from the best down.</summary>
/// <remarks>
/// A row holds one ballot: options, best first, each with a flag when the next one is tied with it, and an end mark. Options
/// without a rank are not in it. A million ballots of ten options take 20 MB.
/// </remarks>
internal sealed class BallotBox(int options)
{
    private const ushort TiedWithNext = 0x8000;
    private const ushort End = ushort.MaxValue;
    private const int RowsOfSegment = 4096;

    private readonly List<ushort[]> _segments = [];
    private readonly long[] _ranked = new long[options];
    private List<long>? _weights;

    /// <summary>Rows; ballots that rank nothing have none.</summary>
    public int Count { get; private set; }

    public long Weight(int ballot) => _weights is null ? 1 : _weights[ballot];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<int> marks, long weight)
    {
        if (Count == _segments.Count * RowsOfSegment)
        {
            _segments.Add(new ushort[RowsOfSegment * options]);
        }

        var row = _segments[^1].AsSpan(Count % RowsOfSegment * options, options);
        if (!TryFill(row, marks) && !Fill(row, marks))
        {
            return;
        }

        Count++;
        if (weight != 1 && _weights is null)
        {
            _weights = [.. Enumerable.Repeat(1L, Count - 1)];
        }

        _weights?.Add(weight);
    }

    /// <summary>The options of one rank of a ballot.</summary>
    /// <param name="at">Where the rank begins in the row; afterwards where the next one does.</param>
    /// <returns>Empty at the end of the ballot; otherwise valid until the next call with the same buffer.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<int> Next(int ballot, ref byte at, Span<int> buffer)
    {
        var row = Row(ballot);
        var length = 0;
        while (at < row.Length && row[at] != End)
        {
            var entry = row[at++];
            buffer[length++] = entry & ~TiedWithNext;
            if ((entry & TiedWithNext) == 0)
            {
                break;
            }
        }

        return buffer[..length];
    }

    /// <summary>The options that no ballot ranks, ascending.</summary>
    public List<int> Unranked()
    {
        HashSet<int> unranked = [.. Enumerable.Range(0, options)];
        for (var ballot = 0; ballot < Count && unranked.Count > 0; ballot++)
        {
            foreach (var entry in Row(ballot))
            {
                if (entry == End)
                {
                    break;
                }

                unranked.Remove(entry & ~TiedWithNext);
            }
        }

        return [.. unranked.Order()];
    }

    private ReadOnlySpan<ushort> Row(int ballot) =>
        _segments[ballot / RowsOfSegment].AsSpan(ballot % RowsOfSegment * options, options);

    /// <summary>The common case: the ranks 1 to the number of options, each at most once, with or without gaps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryFill(Span<ushort> row, ReadOnlySpan<int> marks)
    {
        row.Fill(End);
        var count = 0;
        var highest = 0;
        for (var option = 0; option < marks.Length; option++)
        {
            var mark = marks[option];
            if (mark < 0)
            {
                continue;
            }

            if ((uint)(mark - 1) >= (uint)row.Length || row[mark - 1] != End)
            {
                return false;
            }

            row[mark - 1] = (ushort)option;
            highest = Math.Max(highest, mark);
            count++;
        }

        if (count == 0)
        {
            return false;
        }

        for (int from = 0, to = 0; count < highest && from < highest; from++)
        {
            if (row[from] != End)
            {
                var option = row[from];
                row[from] = End;
                row[to++] = option;
            }
        }

        return true;
    }

    /// <summary>Any ranks, tied or not.</summary>
    /// <returns>Whether the ballot ranks anything.</returns>
    private bool Fill(Span<ushort> row, ReadOnlySpan<int> marks)
    {
        var length = 0;
        for (var option = 0; option < marks.Length; option++)
        {
            if (marks[option] >= 0)
            {
                _ranked[length++] = (long)marks[option] << 16 | (uint)option;
            }
        }

        var ranked = _ranked.AsSpan(0, length);
        ranked.Sort();
        row.Fill(End);
        for (var i = 0; i < length; i++)
        {
            var tied = i + 1 < length && ranked[i] >> 16 == ranked[i + 1] >> 16;
            row[i] = (ushort)((ushort)ranked[i] | (tied ? TiedWithNext : 0));
        }

        return length > 0;
    }
}
