using System.Runtime.CompilerServices;
using System.Text;
using BenchmarkDotNet.Attributes;
using BscFlow.Mail;

namespace BscFlow.Benchmarks;

/// <summary>
/// How many replies a second are read: the samples of the tests, 68 mails of the common clients in some 30 languages.
/// </summary>
[MemoryDiagnoser]
public class ReplyTextBenchmark
{
    private string[] _texts = [];
    private byte[][] _mails = [];

    [GlobalSetup]
    public void ReadSamples()
    {
        _texts = [.. Directory.GetFiles(Samples(), "*.txt").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        if (_texts.Length != Count)
        {
            throw new InvalidOperationException($"there are {_texts.Length} samples, and the figures are for {Count}");
        }

        _mails = [.. _texts.Select(text => Encoding.UTF8.GetBytes(
            "From: Oren Vale <oren@vale.example>\nSubject: Re: Vote\nMIME-Version: 1.0\n" +
            $"Content-Type: text/plain; charset=utf-8\n\n{text}"))];
    }

    private const int Count = 68;

    /// <summary>From the decoded text.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Text()
    {
        var length = 0;
        foreach (var text in _texts)
        {
            length += ReplyText.Extract(text).Length;
        }

        return length;
    }

    /// <summary>From the raw mail, parsed with MimeKit.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Mail()
    {
        var length = 0;
        foreach (var mail in _mails)
        {
            length += ReplyText.ExtractFile(mail, isMime: true).Length;
        }

        return length;
    }

    private static string Samples([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "BscFlow.Tests", "Mail", "Samples", "Replies");
}
