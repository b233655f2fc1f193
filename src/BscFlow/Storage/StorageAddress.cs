namespace BscFlow.Storage;

/// <summary>Where Storage is: a connection string, or the name of an account that the app's identity may use.</summary>
internal sealed record StorageAddress(string? ConnectionString, string Account)
{
    public static StorageAddress Parse(string setting) =>
        setting.Contains('=') ? new(setting, "") : new(null, setting);

    /// <param name="service">blob, queue or table.</param>
    public Uri Of(string service) => new($"https://{Account}.{service}.core.windows.net");
}
