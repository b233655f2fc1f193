namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Blob of a published file: <c>bsc/meetings/0062.html</c>.</summary>
    /// <param name="path">From the committee's folder; empty for the beginning of all its files.</param>
    public static string SiteBlob(string committee, string path) => $"{committee}/{path}";

    /// <summary>Blob that each publication of a committee's site writes anew; its ETag names the version.</summary>
    public static string SiteVersionBlob(string committee) => $"{committee}.version";

    /// <summary>Blob of what the last publication of a committee's site found.</summary>
    public static string SiteDigestBlob(string committee) => $"{committee}.digest";

    /// <summary>Blob whose lease lets one publication of a committee's site at a time go on.</summary>
    public static string SiteLease(string committee) => $"{committee}.lease";
}
