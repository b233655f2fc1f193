namespace BscFlow.Web;

/// <summary>How far back the lists of the desk go: what people look for is seldom older than a year, and <c>?show=all</c> has all.</summary>
internal static class DeskList
{
    /// <summary>The value of the query's <c>show</c>.</summary>
    public const string All = "all";

    private static readonly TimeSpan Lately = TimeSpan.FromDays(400);

    public static DateTimeOffset Since(bool all, DateTimeOffset now) => all ? DateTimeOffset.UnixEpoch : now - Lately;
}
