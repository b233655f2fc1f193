using System.Collections;

namespace BscFlow.Votes;

/// <summary>
/// Some of the voters of an electorate, by their ids and in its order: a bit each, so that of a million they take 125 KB.
/// </summary>
public sealed class VoterSet(Electors electors) : IReadOnlyCollection<string>
{
    private readonly BitArray _has = new(electors.Count);

    public int Count { get; private set; }

    /// <summary>Puts a voter in; whoever is none of the electorate changes nothing.</summary>
    public void Add(string voter)
    {
        if (electors.PlaceOf(voter) is >= 0 and var place && !_has[place])
        {
            _has[place] = true;
            Count++;
        }
    }

    public bool Contains(string voter) => electors.PlaceOf(voter) is >= 0 and var place && _has[place];

    public IEnumerator<string> GetEnumerator()
    {
        for (var place = 0; place < _has.Length; place++)
        {
            if (_has[place])
            {
                yield return electors[place].Id;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
