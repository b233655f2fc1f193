using System.Runtime.CompilerServices;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using Microsoft.Extensions.Logging;

namespace BscFlow.Votes;

/// <summary>
/// Counts a motion whose box is shut, and puts its <c>tally.json</c> in place. The ballots pass from the table to the file, in the
/// order of their voters, and are not held; how far it has come stands with the motion.
/// </summary>
/// <remarks>
/// Of a motion with options they pass twice, for its result stands before them. Of a secret motion the lines of the sheet are held,
/// a code and a vote each, for their order may say nothing of the voters'.
/// </remarks>
public sealed partial class CountMotion(
    MotionStore motions, BallotStore ballots, TallyStore tallies, MotionSecrets secrets, ILogger<CountMotion> log)
{
    private const int BallotsAtATime = 10_000;

    public async Task<WrittenTally> RunAsync(Motion shut, CancellationToken cancellationToken)
    {
        var frame = Tally.FrameOf(shut, shut.BoxShut!.Value, await ResultAsync(shut, cancellationToken));
        var read = ReadAsync(shut, cancellationToken);
        return shut.Secret
            ? await tallies.SaveAsync(
                shut, frame, AsyncEnumerable.Empty<TallyBallot>(), SheetAsync(shut, read, cancellationToken), cancellationToken)
            : await tallies.SaveAsync(
                shut, frame, read.Select(ballot => TallyBallot.Of(shut, ballot)), AsyncEnumerable.Empty<TallyReceipt>(), cancellationToken);
    }

    private async IAsyncEnumerable<Ballot> ReadAsync(Motion motion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var counted = 0;
        await foreach (var ballot in ballots.ReadAsync(motion, cancellationToken))
        {
            yield return ballot;
            if (++counted % BallotsAtATime == 0)
            {
                LogCounted(motion.Committee, motion.Id, counted, motion.Electorate.Size);
                await motions.MarkCountedAsync(motion, counted, cancellationToken);
            }
        }
    }

    private async Task<RankedResult?> ResultAsync(Motion motion, CancellationToken cancellationToken)
    {
        if (motion.Options is not { } options)
        {
            return null;
        }

        var count = new OptionCount(options);
        await foreach (var marks in ballots.MarksAsync(motion, cancellationToken))
        {
            count.Add(marks);
        }

        return count.Result();
    }

    private async IAsyncEnumerable<TallyReceipt> SheetAsync(
        Motion motion, IAsyncEnumerable<Ballot> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<TallyReceipt> sheet = [];
        var secret = await secrets.GetAsync(motion, cancellationToken);
        await foreach (var ballot in read.WithCancellation(cancellationToken))
        {
            sheet.Add(TallyReceipt.Of(motion, ballot, secret.WordOf(ballot.Voter)));
        }

        sheet.Sort((one, other) => string.CompareOrdinal(one.Receipt, other.Receipt));
        foreach (var line in sheet)
        {
            yield return line;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Committee}, {Motion}: {Counted} ballots read of {Voters} voters")]
    private partial void LogCounted(string committee, string motion, int counted, int voters);
}
