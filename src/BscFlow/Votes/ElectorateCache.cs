using System.Runtime.CompilerServices;

namespace BscFlow.Votes;

/// <summary>
/// Electorates that were read lately, by the hash that names them, so that a ballot does not read who is asked. Safe for parallel
/// calls.
/// </summary>
/// <param name="mostVoters">Of all that are kept together; the last one is kept however large it is.</param>
internal sealed class ElectorateCache(int mostVoters)
{
    private readonly Dictionary<string, Electorate> _kept = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<Electorate, string> _hashes = [];
    private readonly Lock _gate = new();

    private int _voters;

    public Electorate? Find(string hash)
    {
        lock (_gate)
        {
            return _kept.GetValueOrDefault(hash);
        }
    }

    /// <summary>The hash of one that was kept and is still in use somewhere; null for one that was changed.</summary>
    public string? HashOf(Electorate electorate) => _hashes.TryGetValue(electorate, out var hash) ? hash : null;

    public void Keep(string hash, Electorate electorate)
    {
        lock (_gate)
        {
            if (_kept.Remove(hash, out var same))
            {
                _voters -= same.Count;
            }

            if (_voters + electorate.Count > mostVoters)
            {
                _kept.Clear();
                _voters = 0;
            }

            _kept[hash] = electorate;
            _voters += electorate.Count;
        }

        _hashes.AddOrUpdate(electorate, hash);
    }
}
