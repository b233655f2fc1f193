using BscFlow.Local.Azurite;

namespace BscFlow.Benchmarks.Electorates;

/// <summary>
/// From the stored ballots of very many to the verified tally: how long it takes, and how large the process becomes. The ballots
/// come from a <see cref="BallotsTable"/>, all else is stored on Azurite.
/// </summary>
internal static class StoredBallotsMeasure
{
    public static async Task RunAsync(int ballots, bool secret, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bscflow-stored-");
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(folder.FullName, Console.Error, cancellationToken);
            await using var emulator = await MeasuredElection.StartMailboxAsync(cancellationToken);
            using var table = await BallotsTable.StartAsync(azurite.ConnectionString, ballots, secret, cancellationToken);
            await using var election = new MeasuredElection(table.ConnectionString, emulator);
            var motion = await election.OpenAsync(ballots, secret, cancellationToken);
            await election.CloseAsync(motion, cancellationToken);
            await election.VerifyAsync(cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
