using System.Text;

namespace BscFlow.Votes;

/// <summary>Finds voters by one of their texts: a table of their places, hashed by it.</summary>
/// <param name="textOf">The text of the voter at a place.</param>
/// <remarks>Safe for parallel readers once nothing is added.</remarks>
internal sealed class ElectorIndex(ElectorIndex.TextOf textOf, StringComparison comparison)
{
    private const int LongestOnStack = 256;

    /// <summary>Each one more than the place of a voter; 0 where none is. Their number is a power of two.</summary>
    private int[] _slots = new int[16];

    public delegate ReadOnlySpan<byte> TextOf(int place);

    /// <summary>How many are in it.</summary>
    public int Count { get; private set; }

    /// <returns>Whether no other has the same text; with one that has, it is not added.</returns>
    public bool TryAdd(int place)
    {
        if (Count * 2 >= _slots.Length)
        {
            var before = _slots;
            _slots = new int[before.Length * 2];
            foreach (var entry in before)
            {
                if (entry > 0)
                {
                    Put(entry - 1);
                }
            }
        }

        if (!Put(place))
        {
            return false;
        }

        Count++;
        return true;
    }

    /// <returns>The place of the voter with this text; -1 where there is none.</returns>
    public int Find(ReadOnlySpan<char> text) => _slots[SlotOf(text)] - 1;

    private bool Put(int place)
    {
        var bytes = textOf(place);
        Span<char> buffer = bytes.Length <= LongestOnStack ? stackalloc char[LongestOnStack] : new char[bytes.Length];
        ref var slot = ref _slots[SlotOf(buffer[..Encoding.UTF8.GetChars(bytes, buffer)])];
        if (slot > 0)
        {
            return false;
        }

        slot = place + 1;
        return true;
    }

    /// <summary>Where the voter with this text is, or would be.</summary>
    private int SlotOf(ReadOnlySpan<char> text)
    {
        // The hash is another one in each process, so that nobody can send voters who all hash alike.
        var slot = string.GetHashCode(text, comparison);
        while (_slots[slot &= _slots.Length - 1] is > 0 and var entry && !Has(entry - 1, text))
        {
            slot++;
        }

        return slot;
    }

    private bool Has(int place, ReadOnlySpan<char> text)
    {
        var bytes = textOf(place);
        Span<char> buffer = bytes.Length <= LongestOnStack ? stackalloc char[LongestOnStack] : new char[bytes.Length];
        return text.Equals(buffer[..Encoding.UTF8.GetChars(bytes, buffer)], comparison);
    }
}
