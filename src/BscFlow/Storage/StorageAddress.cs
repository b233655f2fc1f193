using System.Text.RegularExpressions;

namespace BscFlow.Storage;

/// <summary>Where Storage is: a connection string, or the name of an account that the app's identity may use.</summary>
public sealed partial record StorageAddress(string? ConnectionString, string Account)
{
    internal static StorageAddress Parse(string setting) =>
        setting.Contains('=') ? new(setting, "") : new(null, setting);

    /// <summary>Whether it can be either; what a connection string says is for the client libraries to judge.</summary>
    public static bool IsValid(string setting) => setting.Contains('=') || AccountName().IsMatch(setting);

    /// <param name="service">blob, queue or table.</param>
    public Uri Of(string service) => new($"https://{Account}.{service}.core.windows.net");

    [GeneratedRegex("^[a-z0-9]{3,24}$")]
    private static partial Regex AccountName();
}
