using BscFlow.Committee;
using BscFlow.Meetings;

namespace BscFlow.Local.Running;

/// <summary>Puts the charters in force and imports the minutes that are not there yet.</summary>
internal static class Takeover
{
    /// <returns>How many meetings were new.</returns>
    /// <exception cref="RefusalException">Names every place that keeps an archive from being imported.</exception>
    public static async Task<int> RunAsync(Committees committees, IServiceProvider services, CancellationToken cancellationToken)
    {
        var charters = services.GetRequiredService<CharterStore>();
        var import = services.GetRequiredService<ImportArchive>();
        var imported = 0;
        foreach (var file in committees.Files)
        {
            var charter = await charters.SaveAsync(file.Json, cancellationToken);
            if (!committees.Archives.TryGetValue(charter.Id, out var archive))
            {
                continue;
            }

            try
            {
                imported += await import.RunAsync(charter, archive, cancellationToken);
            }
            catch (InvalidArchiveException e)
            {
                throw new RefusalException([.. e.Errors.Select(error => error.ToString())], e);
            }
        }

        return imported;
    }
}
