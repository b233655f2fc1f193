using BenchmarkDotNet.Running;
using BscFlow.Benchmarks.Tallies;

if (args is ["tally", .. var more])
{
    TallyComparison.Run(more);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
