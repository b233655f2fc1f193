using System.CommandLine;

namespace BscFlow.Local.Running;

/// <summary>An app that is never started: for a command that works on what a run or an account has stored.</summary>
internal static class StoredApp
{
    /// <summary>It opens no page and sends no mail; the address stands nowhere.</summary>
    private static readonly Uri NoSite = new("http://127.0.0.1/");

    public static Option<string?> Storage(string description) => new("--storage")
    {
        Description = description,
        HelpName = "CONNECTION-STRING",
    };

    public static Option<string> Data() => new("--data")
    {
        Description = "Data folder of the run.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".bscflow",
    };

    /// <remarks>Rendering the pages that an import publishes asks for a web host.</remarks>
    public static WebApplication Build(string connectionString, DataFolder folder)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddLogging();
        builder.Services.AddBscFlow(settings =>
        {
            settings.Storage = connectionString;
            settings.SiteAddress = NoSite;
            settings.DeskKey = folder.Secret("desk-key");
        });
        return builder.Build();
    }
}
