using System.Runtime.CompilerServices;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Options;
using BscFlow.Votes.Tallies;
using Microsoft.Extensions.Logging;

namespace BscFlow.Votes.Closing;

/// <summary>
/// Counts a motion whose box is shut, and puts its <c>tally.json</c> in place. The ballots pass once from the table to the file
/// and are not held; how far it has come stands with the motion.
/// </summary>
/// <remarks>
/// They pass in the order of their voters; on a secret motion in that of their random names, and then through a
/// <see cref="SheetSorter"/>, for the order of the sheet may say nothing of either.
/// </remarks>
public sealed partial class CountMotion(
    MotionStore motions, BallotStore ballots, TallyStore tallies, MotionSecrets secrets, ILogger<CountMotion> log)
{
    private const int BallotsAtATime = 10_000;

    public async Task<WrittenTally> RunAsync(Motion shut, CancellationToken cancellationToken)
    {
        var frame = Tally.FrameOf(shut, shut.BoxShut!.Value);
        var count = shut.Options is { } options ? new OptionCount(options) : null;
        var read = ReadAsync(shut, count, cancellationToken);
        var lines = shut.Secret ? AsyncEnumerable.Empty<TallyBallot>() : read.Select(ballot => TallyBallot.Of(shut, ballot));
        var sheet = shut.Secret ? SheetAsync(shut, read, cancellationToken) : AsyncEnumerable.Empty<TallyReceipt>();
        return await tallies.SaveAsync(
            shut, frame, lines, sheet, numbers => frame.With(numbers, count?.Result()), cancellationToken);
    }

    private async IAsyncEnumerable<Ballot> ReadAsync(
        Motion motion, OptionCount? count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var counted = 0;
        await foreach (var ballot in ballots.ReadAsync(motion, cancellationToken))
        {
            count?.Add(motion.Options!.Counted(ballot));
            yield return ballot;
            if (++counted % BallotsAtATime == 0)
            {
                LogCounted(motion.Committee, motion.Id, counted, motion.Electorate.Size);
                await motions.MarkCountedAsync(motion, counted, cancellationToken);
            }
        }
    }

    private async IAsyncEnumerable<TallyReceipt> SheetAsync(
        Motion motion, IAsyncEnumerable<Ballot> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var sheet = new SheetSorter();
        var secret = await secrets.GetAsync(motion, cancellationToken);
        await foreach (var ballot in read.WithCancellation(cancellationToken))
        {
            sheet.Add(TallyReceipt.Of(motion, ballot, secret.WordOf(ballot.Voter)));
        }

        foreach (var line in sheet.Sorted())
        {
            yield return line;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Committee}, {Motion}: {Counted} ballots read of {Voters} voters")]
    private partial void LogCounted(string committee, string motion, int counted, int voters);
}
