namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Blob of a published file: <c>bsc/meetings/0062.html</c>.</summary>
    /// <param name="path">From the committee's folder; empty for the beginning of all its files.</param>
    public static string SiteBlob(string committee, string path) => $"{committee}/{path}";

    /// <summary>Blob that each publication of a committee's site writes anew; its ETag names the version.</summary>
    public static string SiteVersionBlob(string committee) => $"{committee}.version";
}
