using System.Buffers.Binary;
using System.Text;

namespace BscFlow.Votes;

/// <summary>Voters as bytes, one behind another: a million of them are no million objects. Grows and never shrinks.</summary>
/// <remarks>Of each the id, the name and the address in UTF-8, each behind its length.</remarks>
internal sealed class ElectorBytes
{
    private const int SmallestSegment = 1 << 10;
    private const int LargestSegment = 1 << 20;

    /// <summary>In place of a length: the length follows in four bytes.</summary>
    private const byte Long = 254;

    /// <summary>In place of a length: there is none.</summary>
    private const byte Missing = 255;

    private readonly List<byte[]> _segments = [];

    /// <summary>Where each begins: the segment, and within it, which takes <see cref="LargestSegment"/> at most.</summary>
    private readonly List<int> _places = [];
    private int _end;

    public int Count => _places.Count;

    /// <summary>Whether each id comes behind all before it, byte by byte.</summary>
    public bool IsSorted { get; private set; } = true;

    public Elector this[int place]
    {
        get
        {
            var rest = At(place);
            var id = Encoding.UTF8.GetString(Next(ref rest));
            var name = Encoding.UTF8.GetString(Next(ref rest));
            return new Elector(id, name, rest[0] == Missing ? null : Encoding.UTF8.GetString(Next(ref rest)));
        }
    }

    public ReadOnlySpan<byte> Id(int place)
    {
        var rest = At(place);
        return Next(ref rest);
    }

    /// <returns>Empty where there is none.</returns>
    public ReadOnlySpan<byte> Address(int place)
    {
        var rest = At(place);
        Next(ref rest);
        Next(ref rest);
        return Next(ref rest);
    }

    public void Add(Elector elector)
    {
        var needed = Room(elector.Id) + Room(elector.Name) + Room(elector.Address);
        if (_segments.Count == 0 || _end + needed > _segments[^1].Length)
        {
            var next = _segments.Count == 0 ? SmallestSegment : Math.Min(_segments[^1].Length * 2, LargestSegment);
            _segments.Add(new byte[Math.Max(needed, next)]);
            _end = 0;
        }

        _places.Add(checked((_segments.Count - 1) * LargestSegment + _end));
        Write(elector.Id);
        Write(elector.Name);
        Write(elector.Address);
        IsSorted = IsSorted && (Count == 1 || Id(Count - 2).SequenceCompareTo(Id(Count - 1)) < 0);
    }

    /// <summary>Of sorted ones the place of the voter with this id; negative where there is none.</summary>
    public int Find(ReadOnlySpan<byte> id)
    {
        var (from, to) = (0, Count - 1);
        while (from <= to)
        {
            var middle = (from + to) >>> 1;
            switch (Id(middle).SequenceCompareTo(id))
            {
                case 0:
                    return middle;
                case < 0:
                    from = middle + 1;
                    break;
                default:
                    to = middle - 1;
                    break;
            }
        }

        return -1;
    }

    private ReadOnlySpan<byte> At(int place) =>
        _segments[_places[place] / LargestSegment].AsSpan(_places[place] % LargestSegment);

    private static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> rest)
    {
        var (length, header) = rest[0] switch
        {
            Missing => (0, 1),
            Long => (BinaryPrimitives.ReadInt32LittleEndian(rest[1..]), 1 + sizeof(int)),
            var few => (few, 1),
        };
        var text = rest.Slice(header, length);
        rest = rest[(header + length)..];
        return text;
    }

    private static int Room(string? text) => 1 + sizeof(int) + Encoding.UTF8.GetByteCount(text ?? "");

    private void Write(string? text)
    {
        var to = _segments[^1].AsSpan(_end);
        var length = Encoding.UTF8.GetByteCount(text ?? "");
        to[0] = text is null ? Missing : length < Long ? (byte)length : Long;
        var header = 1;
        if (to[0] == Long)
        {
            BinaryPrimitives.WriteInt32LittleEndian(to[1..], length);
            header += sizeof(int);
        }

        _end += header + Encoding.UTF8.GetBytes(text, to[header..]);
    }
}
