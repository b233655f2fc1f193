namespace BscFlow.Votes.Ranked;

/// <summary>Numbers of ballots, in pieces, so that a pile of a million grows without being copied.</summary>
internal sealed class Pile
{
    private const int LargestPiece = 4096;

    private readonly List<int[]> _pieces = [];
    private int _free;

    public void Add(int ballot)
    {
        if (_free == 0)
        {
            _free = _pieces is [.., var last] ? Math.Min(last.Length * 2, LargestPiece) : 4;
            _pieces.Add(new int[_free]);
        }

        var piece = _pieces[^1];
        piece[^_free--] = ballot;
    }

    public IEnumerable<ArraySegment<int>> Pieces()
    {
        for (var i = 0; i < _pieces.Count; i++)
        {
            yield return new ArraySegment<int>(_pieces[i], 0, _pieces[i].Length - (i == _pieces.Count - 1 ? _free : 0));
        }
    }
}
