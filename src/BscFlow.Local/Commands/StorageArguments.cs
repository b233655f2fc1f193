using System.CommandLine;
using System.Security.Cryptography;
using BscFlow.Local.Running;

namespace BscFlow.Local.Commands;

/// <summary>How the commands that work on what a committee keeps are told where that is.</summary>
internal static class StorageArguments
{
    /// <summary>The variable under which <c>infra/deploy.sh</c> knows the key too; a key on a command line is for all to see.</summary>
    public const string DeskKeyVariable = "BSCFLOW_DESK_KEY";

    /// <summary>Such a command publishes nothing and sends no mail: nothing that it writes has the address in it.</summary>
    private static readonly Uri NoSite = new("http://127.0.0.1/");

    public static Option<string?> Storage() => new("--storage")
    {
        Description = "This storage account instead of the data folder of a run.",
        HelpName = "CONNECTION-STRING|NAME",
    };

    public static Option<string> Data() => new("--data")
    {
        Description = "Data folder of the run.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".bscflow",
    };

    /// <summary>Opens storage, hands over the parts of BscFlow that work on it, and lets go of it.</summary>
    /// <remarks>Without an account the data folder's Azurite is started, and the data folder has the desk key.</remarks>
    public static async Task<T> WithAsync<T>(
        string? storage,
        string data,
        TextWriter progress,
        Func<IServiceProvider, Task<T>> work,
        CancellationToken cancellationToken)
    {
        using var folder = await DataFolder.TakeAsync(data, fresh: false, cancellationToken);
        await using var started = storage is not null && !storage.Contains('=', StringComparison.Ordinal)
            ? RunStorage.OfAccount(storage)
            : await RunStorage.StartAsync(storage, folder, progress, cancellationToken);
        await using var app = App(started.ConnectionString, DeskKey(storage, folder));
        await RunStorage.EnsureAsync(app.Services, cancellationToken);
        return await work(app.Services);
    }

    /// <summary>Whether the desk key of what is worked on is known: an account's own is only in the variable.</summary>
    public static bool KnowsDeskKey(string? storage) => storage is null || DeskKeyInVariable is not null;

    private static string? DeskKeyInVariable =>
        Environment.GetEnvironmentVariable(DeskKeyVariable) is { Length: > 0 } key ? key : null;

    /// <remarks>Where it is not known nothing may be closed with what stands for it.</remarks>
    private static string DeskKey(string? storage, DataFolder folder) =>
        storage is null ? folder.Secret("desk-key") : DeskKeyInVariable ?? RandomNumberGenerator.GetHexString(40, lowercase: true);

    /// <summary>An app that is never started: what renders mails and pages asks for a web host.</summary>
    private static WebApplication App(string storage, string deskKey)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddLogging();
        builder.Services.AddBscFlow(settings =>
        {
            settings.Storage = storage;
            settings.SiteAddress = NoSite;
            settings.DeskKey = deskKey;
        });
        return builder.Build();
    }
}
