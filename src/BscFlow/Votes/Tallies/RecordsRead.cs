namespace BscFlow.Votes.Tallies;

/// <summary>Counts the events and ballots that are read, and tells of every thousandth.</summary>
public sealed class RecordsRead(IProgress<int> progress)
{
    private const int Every = 1_000;

    private int _read;

    internal void Another()
    {
        if (++_read % Every == 0)
        {
            progress.Report(_read);
        }
    }
}
