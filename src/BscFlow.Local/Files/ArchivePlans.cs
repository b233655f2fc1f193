using BscFlow.Committee;
using BscFlow.Meetings;

namespace BscFlow.Local.Files;

/// <summary>What an import will write, of files that a person named.</summary>
internal static class ArchivePlans
{
    /// <exception cref="RefusalException">Names every place that keeps the archive from being imported.</exception>
    public static ArchivePlan Make(Charter charter, IReadOnlyList<ArchiveFile> files) =>
        OrRefuse(() => ArchivePlan.Make(charter, files));

    /// <exception cref="RefusalException">Names every place that keeps the archive from being read.</exception>
    public static T OrRefuse<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidArchiveException e)
        {
            throw new RefusalException([.. e.Errors.Select(error => error.ToString())], e);
        }
    }
}
