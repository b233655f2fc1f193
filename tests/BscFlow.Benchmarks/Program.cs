using System.Globalization;
using BenchmarkDotNet.Running;
using BscFlow.Benchmarks;
using BscFlow.Benchmarks.Electorates;
using BscFlow.Benchmarks.Publishing;
using BscFlow.Benchmarks.Serving;
using BscFlow.Benchmarks.Tallies;

if (args is ["tally", .. var more])
{
    TallyComparison.Run(more);
}
else if (args is ["publish", .. var program])
{
    PublishingComparison.Run(program);
}
else if (args is ["serve", .. var served])
{
    await ServingComparison.RunAsync(served, CancellationToken.None);
}
else if (args is ["intake"])
{
    await IntakeMeasure.RunAsync(CancellationToken.None);
}
else if (args is ["electorate", var voters, .. var without])
{
    await ElectorateMeasure.RunAsync(
        int.Parse(voters, CultureInfo.InvariantCulture), mailed: without is not ["--without-mails"], CancellationToken.None);
}
else if (args is ["stored-ballots", var ballots, .. var kind])
{
    await StoredBallotsMeasure.RunAsync(
        int.Parse(ballots, CultureInfo.InvariantCulture), secret: kind is ["--secret"], CancellationToken.None);
}
else if (args is [StoredBallotsMeasure.Count, var tables, var mailbox])
{
    await StoredBallotsMeasure.CountAsync(tables, new Uri(mailbox), CancellationToken.None);
}
else if (args is [BallotsTable.Command, .. var table])
{
    await BallotsTable.ServeAsync(table, CancellationToken.None);
}
else if (args is ["start", .. var programs])
{
    await StartMeasure.RunAsync(programs, CancellationToken.None);
}
else if (args is [StartMeasure.Once, var storage, var path])
{
    await StartMeasure.RunOnceAsync(storage, path, CancellationToken.None);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(IntakeMeasure).Assembly).Run(args);
}
