using BenchmarkDotNet.Running;
using BscFlow.Benchmarks.Publishing;
using BscFlow.Benchmarks.Tallies;

if (args is ["tally", .. var more])
{
    TallyComparison.Run(more);
}
else if (args is ["publish", .. var program])
{
    PublishingComparison.Run(program);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
