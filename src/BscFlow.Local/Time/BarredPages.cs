using System.Collections.Concurrent;
using BscFlow.Publishing;

namespace BscFlow.Local.Time;

/// <summary>What a published page with the <see cref="TimeBar"/> on it is made of.</summary>
/// <param name="Address">With its query.</param>
/// <param name="ETag">Of the page without the bar.</param>
/// <param name="Minute">That the bar shows.</param>
internal sealed record BarredPage(string Address, string ETag, DateTimeOffset Minute);

/// <summary>The pages of this minute that were asked for more than once, as they are sent.</summary>
internal sealed class BarredPages
{
    /// <summary>When there are more all are forgotten: what is read a lot is soon back.</summary>
    private const int Most = 256;

    private readonly ConcurrentDictionary<BarredPage, Lazy<CachedFile>?> _pages = new();
    private long _minute;

    /// <returns>Null: it is to be made, and <see cref="Keep"/> be told.</returns>
    public CachedFile? Find(BarredPage? page) => page is null ? null : _pages.GetValueOrDefault(page)?.Value;

    /// <summary>Most pages are looked at once a minute: those are sent as they are, and neither compressed nor kept.</summary>
    /// <param name="page">Null for one that is another each time.</param>
    /// <returns>What is to be sent.</returns>
    public CachedFile Keep(BarredPage? page, byte[] content)
    {
        if (page is not null)
        {
            if (Interlocked.Exchange(ref _minute, page.Minute.UtcTicks) != page.Minute.UtcTicks || _pages.Count >= Most)
            {
                _pages.Clear();
            }

            if (!_pages.TryAdd(page, null))
            {
                var packed = new Lazy<CachedFile>(() => CachedFile.Of("text/html", content));
                _pages[page] = packed;
                return packed.Value;
            }
        }

        return new CachedFile("text/html", "", content, null, null);
    }
}
