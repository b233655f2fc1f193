using System.Diagnostics;
using BscFlow.Local.Azurite;
using BscFlow.Votes;
using static BscFlow.Benchmarks.Electorates.MeasuredElection;

namespace BscFlow.Benchmarks.Electorates;

/// <summary>
/// From the stored ballots of very many to the verified tally: how long it takes, and how large the process becomes that does it,
/// which has not also opened the vote. The ballots come from a <see cref="BallotsTable"/>, all else is stored on Azurite.
/// </summary>
internal static class StoredBallotsMeasure
{
    /// <summary>How the process that counts is told from the one that measures.</summary>
    public const string Count = "count-stored-ballots";

    public static async Task RunAsync(int ballots, bool secret, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bscflow-stored-");
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(folder.FullName, Console.Error, cancellationToken);
            await using var emulator = await StartMailboxAsync(cancellationToken);
            using var table = await BallotsTable.StartAsync(azurite.ConnectionString, ballots, secret, cancellationToken);
            await using (var election = new MeasuredElection(table.ConnectionString, emulator.Address))
            {
                await election.OpenAsync(ballots, secret, cancellationToken);
            }

            using var count =
                Process.Start(Environment.ProcessPath!, [Count, table.ConnectionString, emulator.Address.ToString()])!;
            await count.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Counts what another process has opened.</summary>
    public static async Task CountAsync(string storage, Uri mailbox, CancellationToken cancellationToken)
    {
        await using var election = new MeasuredElection(storage, mailbox);
        var motion = await election.Of<MotionStore>().FindAsync(CommitteeId, ElectionId, cancellationToken);
        await election.CloseAsync(motion!, cancellationToken);
        await election.VerifyAsync(cancellationToken);
    }
}
