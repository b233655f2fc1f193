using System.CommandLine;
using System.Security.Cryptography;
using BscFlow.Local.Running;
using BscFlow.Storage;

namespace BscFlow.Local.Commands;

/// <summary>How the commands that work on what a committee keeps are told where that is.</summary>
internal static class StorageArguments
{
    /// <summary>
    /// The variable under which <c>infra/deploy.sh</c> knows the key too; a key on a command line is for all to see.
    /// </summary>
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

    /// <summary>
    /// Opens storage that is there, hands over the parts of BscFlow that read it, and lets go of it. Nothing is made.
    /// </summary>
    /// <remarks>Without an account the data folder's Azurite is started, and the data folder has the desk key.</remarks>
    /// <exception cref="RefusalException">There is no run's data in the folder.</exception>
    public static async Task<T> ReadAsync<T>(
        string? storage,
        string data,
        TextWriter progress,
        Func<IServiceProvider, Task<T>> work,
        CancellationToken cancellationToken)
    {
        if (storage is null && !DataFolder.Is(data))
        {
            throw new RefusalException($"{data}: there is no data of a run; give its folder with --data");
        }

        return await WithAsync(storage, data, progress, work, cancellationToken);
    }

    /// <summary>
    /// The same for what writes: the tables and containers that are not there yet are made, and so is the data folder, which does
    /// not stay when the work is refused.
    /// </summary>
    public static async Task<T> ChangeAsync<T>(
        string? storage,
        string data,
        TextWriter progress,
        Func<IServiceProvider, Task<T>> work,
        CancellationToken cancellationToken)
    {
        var isNew = storage is null && !Directory.Exists(data);
        try
        {
            return await WithAsync(
                storage,
                data,
                progress,
                async services =>
                {
                    await services.GetRequiredService<StorageSetup>().EnsureStoresAsync(cancellationToken);
                    return await work(services);
                },
                cancellationToken);
        }
        catch (RefusalException) when (isNew && DataFolder.Is(data))
        {
            Directory.Delete(data, recursive: true);
            throw;
        }
    }

    private static async Task<T> WithAsync<T>(
        string? storage,
        string data,
        TextWriter progress,
        Func<IServiceProvider, Task<T>> work,
        CancellationToken cancellationToken)
    {
        // An account has nothing to do with the folder of a run.
        using var folder = storage is null ? await DataFolder.TakeAsync(data, fresh: false, cancellationToken) : null;
        await using var started = folder is null
            ? RunStorage.Of(storage!)
            : await RunStorage.StartAsync(null, folder, progress, cancellationToken);
        await using var app = App(started.ConnectionString, DeskKey(folder));
        return await work(app.Services);
    }

    /// <summary>Whether the desk key of what is worked on is known: an account's own is only in the variable.</summary>
    public static bool KnowsDeskKey(string? storage) => storage is null || DeskKeyInVariable is not null;

    private static string? DeskKeyInVariable =>
        Environment.GetEnvironmentVariable(DeskKeyVariable) is { Length: > 0 } key ? key : null;

    /// <remarks>
    /// A new data folder takes over the key that is given. Where it is not known nothing may be closed with what stands for it.
    /// </remarks>
    private static string DeskKey(DataFolder? folder) =>
        folder?.Secret("desk-key", first: DeskKeyInVariable) ?? DeskKeyInVariable ?? RandomNumberGenerator.GetHexString(40, lowercase: true);

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
