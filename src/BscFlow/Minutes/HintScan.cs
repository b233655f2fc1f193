using System.Buffers;

namespace BscFlow.Minutes;

/// <summary>
/// Tells which entries have any of some words in them, for entries that are asked about in the file's order. The text is searched
/// once as a whole, since most entries have none and asking each by itself costs more than the search.
/// </summary>
/// <param name="end">Where in the outline's characters the search may stop.</param>
internal struct HintScan(Outline outline, SearchValues<string> hints, int end)
{
    private int _next = -1;

    public bool Hits(OutlineEntry entry)
    {
        if (_next < entry.Start)
        {
            var found = outline.Characters[entry.Start..end].IndexOfAny(hints);
            _next = found < 0 ? int.MaxValue : entry.Start + found;
        }

        return _next < entry.Start + entry.Length;
    }
}
