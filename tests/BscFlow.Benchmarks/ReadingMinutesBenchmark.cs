using BenchmarkDotNet.Attributes;
using BscFlow.Minutes;
using Markdig;

namespace BscFlow.Benchmarks;

/// <summary>
/// Reading one megabyte of minutes (a mean of 20 ms is 50 MB/s), beside Markdig alone on the same text: parsed with its defaults,
/// and with the precise locations that the reader needs.
/// </summary>
[MemoryDiagnoser]
[MinColumn]
public class ReadingMinutesBenchmark
{
    private readonly MarkdownPipeline _precise = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();
    private string _text = "";

    [Params(20250108)]
    public int Seed { get; set; }

    [GlobalSetup]
    public void Write() => _text = MinutesCorpus.Write(Seed, 1_000_000);

    [Benchmark(Baseline = true)]
    public int Markdig() => Markdown.Parse(_text).Count;

    [Benchmark]
    public int MarkdigPrecise() => Markdown.Parse(_text, _precise).Count;

    [Benchmark]
    public int Read() => MinutesReader.Read(_text).Meetings.Count;
}
