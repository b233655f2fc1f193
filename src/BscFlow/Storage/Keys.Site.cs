namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Blob of a published file: <c>bsc/meetings/0062.html</c>.</summary>
    /// <param name="path">From the committee's folder; empty for the beginning of all its files.</param>
    public static string SiteBlob(string committee, string path) => $"{committee}/{path}";
}
