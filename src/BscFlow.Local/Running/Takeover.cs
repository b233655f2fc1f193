using BscFlow.Committee;
using BscFlow.Meetings;

namespace BscFlow.Local.Running;

/// <summary>Puts the charters in force and imports the minutes that are not there yet.</summary>
internal static class Takeover
{
    /// <returns>How many meetings were new.</returns>
    public static async Task<int> RunAsync(Committees committees, IServiceProvider services, CancellationToken cancellationToken)
    {
        var charters = services.GetRequiredService<CharterStore>();
        var import = services.GetRequiredService<ImportArchive>();
        var imported = 0;
        foreach (var file in committees.Files)
        {
            var charter = await charters.TakeOverAsync(file.Json, cancellationToken);
            if (committees.Archives.TryGetValue(charter.Id, out var archive))
            {
                imported += await import.RunAsync(charter, archive, cancellationToken);
            }
        }

        return imported;
    }

    /// <summary>A committee of an earlier run has no mailboxes in this one, and its mail would fail for ever.</summary>
    /// <exception cref="RefusalException">Storage holds a committee that is not in this run.</exception>
    public static async Task RequireNoOthersAsync(
        Committees committees, IServiceProvider services, CancellationToken cancellationToken)
    {
        await foreach (var id in services.GetRequiredService<CharterStore>().ListAsync(cancellationToken))
        {
            if (committees.Charters.All(charter => charter.Id != id))
            {
                throw new RefusalException(
                    $"storage holds the committee {id} too; give its charter as well, start anew with --fresh, or elsewhere with --data");
            }
        }
    }
}
