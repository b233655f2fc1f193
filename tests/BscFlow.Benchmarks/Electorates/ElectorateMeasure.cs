using BscFlow.Local.Azurite;
using BscFlow.Tests.Votes.Ballots;
using BscFlow.Votes;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tokens;
using static BscFlow.Benchmarks.Electorates.MeasuredElection;

namespace BscFlow.Benchmarks.Electorates;

/// <summary>
/// A vote of very many, from the table of voters to the verified tally, by the steps that a committee of six goes through: how
/// long each takes on Azurite, and how large the process becomes.
/// </summary>
internal static class ElectorateMeasure
{
    /// <summary>So many vote on their page; of the others the rows are written that a ballot by mail leaves.</summary>
    private const int OnThePage = 500;

    private const int AtOnce = 16;

    /// <param name="voters">How many are asked.</param>
    /// <param name="mailed">
    /// Whether calls and results are queued. Azurite cannot save a table of some hundred thousand mails.
    /// </param>
    public static async Task RunAsync(int voters, bool mailed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bscflow-electorate-");
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(folder.FullName, Console.Error, cancellationToken);
            await using var emulator = await StartMailboxAsync(cancellationToken);
            await using var election = new MeasuredElection(azurite.ConnectionString, emulator.Address);
            await RunStepsAsync(election, azurite.ConnectionString, voters, mailed, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunStepsAsync(
        MeasuredElection election, string storage, int voters, bool mailed, CancellationToken cancellationToken)
    {
        var motion = await election.OpenAsync(voters, secret: false, cancellationToken);
        await (mailed
            ? TimedAsync("call", () => election.Of<CallForVotes>().RunAsync(election.Charter, ElectionId, cancellationToken))
            : TimedAsync("tokens", () => election.Of<TokenStore>().AddAsync(
                CommitteeId, ElectionId, motion.Electorate.Asked.Select(elector => elector.Id), cancellationToken)));
        await TimedAsync("vote on the page", () => VoteAsync(election, motion, cancellationToken));
        await TimedAsync("other ballots", () => StoredBallots.WriteAsync(
            new(storage), motion, BallotsOf(motion, election.Now), secret: null, cancellationToken));
        await election.CloseAsync(motion, cancellationToken);
        if (mailed)
        {
            await TimedAsync("tell", () => election.Of<TellVoters>().RunAsync(election.Charter, ElectionId, cancellationToken));
        }

        await election.VerifyAsync(cancellationToken);
    }

    private static Task VoteAsync(MeasuredElection election, Motion motion, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        motion.Electorate.Members.Take(OnThePage).Index(),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (voter, token) => await election.Of<CastBallot>().FromPageAsync(
            election.Of<VotingKeys>().PageToken(CommitteeId, ElectionId, voter.Item.Id),
            new PageBallot(Vote.For, "A comment.", Marks(voter.Index)),
            $"press-{voter.Index}",
            token));

    private static IEnumerable<Ballot> BallotsOf(Motion motion, DateTimeOffset received) =>
        motion.Electorate.Members.Index().Skip(OnThePage).Select(voter => new Ballot
        {
            Voter = voter.Item.Id,
            Vote = Vote.For,
            Marks = Marks(voter.Index),
            Comment = "A comment.",
            Received = received,
            Source = BallotSource.Mail,
            Evidence = $"{voter.Item.Id}@contributors.example",
        });
}
