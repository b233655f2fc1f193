namespace BscFlow.Web;

/// <summary>A key of a program beside the desk key.</summary>
/// <param name="Name">Under which the audit shows what it did.</param>
/// <param name="Committee">The only one that it opens; null: all of the deployment.</param>
internal sealed record ApiKey(string Name, string? Committee, string Value)
{
    /// <remarks>A setting is the key alone, or <c>acme:</c> and a key for that committee.</remarks>
    public static IEnumerable<ApiKey> Of(BscFlowOptions options) => options.ApiKeys.Select(setting =>
        setting.Value.Split(':', 2) is [var committee, var value]
            ? new ApiKey(setting.Key, committee, value)
            : new ApiKey(setting.Key, null, setting.Value));
}
