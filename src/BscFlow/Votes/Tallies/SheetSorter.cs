using System.Text;

namespace BscFlow.Votes.Tallies;

/// <summary>Puts the lines of a sheet in the order of their receipts, however many they are.</summary>
/// <remarks>
/// As many as <paramref name="held"/> are in memory. More go in sorted runs to a file that nobody else can open and that is gone
/// when it is closed, the process killed included; nothing stands in it but what is about to be published.
/// </remarks>
internal sealed class SheetSorter(int held = 50_000) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly List<TallyReceipt> _lines = [];
    private readonly List<FileStream> _runs = [];

    /// <summary>How many runs went to a file.</summary>
    public int Runs => _runs.Count;

    public void Add(TallyReceipt line)
    {
        _lines.Add(line);
        if (_lines.Count == held)
        {
            WriteRun();
        }
    }

    /// <summary>All lines that were added; once.</summary>
    public IEnumerable<TallyReceipt> Sorted()
    {
        _lines.Sort(Compare);
        PriorityQueue<IEnumerator<TallyReceipt>, string> heads = new(StringComparer.Ordinal);
        foreach (var run in _runs.Select(Read).Append(_lines).Select(run => run.GetEnumerator()))
        {
            Enqueue(run);
        }

        while (heads.TryDequeue(out var next, out _))
        {
            yield return next.Current;
            Enqueue(next);
        }

        void Enqueue(IEnumerator<TallyReceipt> run)
        {
            if (run.MoveNext())
            {
                heads.Enqueue(run, run.Current.Receipt);
            }
        }
    }

    public void Dispose() => _runs.ForEach(run => run.Dispose());

    private void WriteRun()
    {
        _lines.Sort(Compare);
        var run = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
                BufferSize = BufferBytes,
            });
        _runs.Add(run);
        using var writer = new BinaryWriter(run, Encoding.UTF8, leaveOpen: true);
        foreach (var line in _lines)
        {
            writer.Write(line.Receipt);
            writer.Write7BitEncodedInt((int)line.Vote);
            writer.Write(line.Marks ?? "");
        }

        _lines.Clear();
    }

    private static IEnumerable<TallyReceipt> Read(FileStream run)
    {
        run.Position = 0;
        using var reader = new BinaryReader(run, Encoding.UTF8, leaveOpen: true);
        while (run.Position < run.Length)
        {
            var (receipt, vote, marks) = (reader.ReadString(), (Vote)reader.Read7BitEncodedInt(), reader.ReadString());
            yield return new TallyReceipt(receipt, vote, marks.Length > 0 ? marks : null);
        }
    }

    private static int Compare(TallyReceipt one, TallyReceipt other) => string.CompareOrdinal(one.Receipt, other.Receipt);
}
