using BscFlow.Links;

namespace BscFlow.Publishing;

/// <summary>How much of a site is made.</summary>
public enum SiteContent
{
    /// <summary>Pages, the data beside them, feed, calendar, search.</summary>
    All,

    /// <summary>The pages and the feed alone.</summary>
    Pages,
}

/// <summary>What stood at a target before: the feed and the calendar tell by it what is new, and what stayed as it was.</summary>
public sealed record SiteBefore(byte[]? Feed, byte[]? Calendar)
{
    public static SiteBefore Nothing { get; } = new(null, null);

    public static async Task<SiteBefore> AtAsync(IPublishingTarget target, string committee, CancellationToken cancellationToken) => new(
        await target.FindAsync(committee, SitePath.Feed, cancellationToken),
        await target.FindAsync(committee, SitePath.Calendar, cancellationToken));
}

/// <summary>
/// The public site of a committee: the same archive, after the same before, always gives the same bytes, whoever publishes it.
/// </summary>
/// <remarks>
/// Each page is a function of its data, of the frame and of the text that people wrote, and of nothing else. The hash of those is
/// what a target compares, so that publishing again renders only the pages of which something changed.
/// </remarks>
public sealed class Site(PageRenderer renderer)
{
    /// <summary>Another build may render otherwise.</summary>
    internal static byte[] Build { get; } = typeof(Site).Assembly.ManifestModule.ModuleVersionId.ToByteArray();

    /// <summary>The one style sheet, for the pages of the server too.</summary>
    public static ReadOnlyMemory<byte> Style { get; } = Resource(SitePath.Style);

    public SitePlan Plan(Archive archive, SiteBefore before, SiteContent content = SiteContent.All) =>
        new(renderer, archive, before, content);

    /// <summary>A file that is part of the program.</summary>
    internal static byte[] Resource(string name)
    {
        using var stream = typeof(Site).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
