using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BscFlow.Votes.Tallies;

/// <summary>
/// A <c>tally.json</c> that was read but for the lines of its ballots, which are read one by one when they are asked for.
/// </summary>
/// <param name="Frame">What stands in it but for its ballots and receipts.</param>
/// <param name="FileHash">SHA-256 of the file, hexadecimal, lower-case.</param>
/// <param name="BallotsAt">Byte at which the first ballot begins; null where there is none.</param>
/// <param name="ReceiptsAt">The same of the sheet of a secret motion.</param>
internal sealed record TallyScan(Tally Frame, string FileHash, long? BallotsAt, long? ReceiptsAt)
{
    /// <summary>No line of a tally is longer: neither a text nor a comment may be.</summary>
    private const int LongestLine = 1024 * 1024;

    /// <summary>Reads a file from its beginning.</summary>
    /// <exception cref="JsonException">It is no tally, or not in the form of one.</exception>
    public static async Task<TallyScan> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ArrayBufferWriter<byte> frame = new();
        var members = new ItemLines<Elector>(level: 2, TallyJson.Canonical.Elector);
        var electors = new ElectorBytes();
        long? ballots = null, receipts = null;
        var part = Part.Frame;
        await foreach (var (line, end) in LinesAsync(file, from: 0, cancellationToken))
        {
            hash.AppendData(line.Span);
            if (part == Part.Members && !members.IsEnd(line.Span))
            {
                if (members.Add(line.Span) is { } member)
                {
                    electors.Add(member);
                }

                continue;
            }

            if (part == Part.Ballots && !IsEndOfList(line.Span))
            {
                continue;
            }

            frame.Write(line.Span);
            part = Part.Frame;
            if (line.Span.SequenceEqual("  \"ballots\": [\n"u8))
            {
                (part, ballots) = (Part.Ballots, end);
            }
            else if (line.Span.SequenceEqual("  \"receipts\": [\n"u8))
            {
                (part, receipts) = (Part.Ballots, end);
            }
            else if (line.Span.SequenceEqual("    \"members\": [\n"u8))
            {
                part = Part.Members;
            }
        }

        var tally = TallyFile.Read(frame.WrittenSpan);
        if (tally.Ballots.Count > 0 || tally.Receipts.Count > 0)
        {
            throw new JsonException("a ballot does not stand on lines of its own");
        }

        if (electors.Count > 0)
        {
            tally = tally.Electorate.Members.Count == 0
                ? tally with { Electorate = tally.Electorate with { Members = new Electors(electors) } }
                : throw new JsonException("a member does not stand on lines of their own");
        }

        return new TallyScan(tally, Convert.ToHexStringLower(hash.GetHashAndReset()), ballots, receipts);
    }

    /// <summary>What a line belongs to.</summary>
    private enum Part
    {
        Frame,
        Members,
        Ballots,
    }

    /// <param name="file">The same file; read again from where its ballots begin.</param>
    /// <exception cref="JsonException">What stands there is no ballot.</exception>
    public IAsyncEnumerable<TallyBallot> BallotsAsync(Stream file, CancellationToken cancellationToken) =>
        ListAsync(file, BallotsAt, TallyJson.Canonical.TallyBallot, cancellationToken);

    /// <inheritdoc cref="BallotsAsync"/>
    public IAsyncEnumerable<TallyReceipt> ReceiptsAsync(Stream file, CancellationToken cancellationToken) =>
        ListAsync(file, ReceiptsAt, TallyJson.Canonical.TallyReceipt, cancellationToken);

    private static async IAsyncEnumerable<T> ListAsync<T>(
        Stream file, long? from, JsonTypeInfo<T> form, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        if (from is not { } begin)
        {
            yield break;
        }

        var items = new ItemLines<T>(level: 1, form);
        await foreach (var (line, _) in LinesAsync(file, begin, cancellationToken))
        {
            if (items.IsEnd(line.Span))
            {
                yield break;
            }

            if (items.Add(line.Span) is { } item)
            {
                yield return item;
            }
        }
    }

    private static bool IsEndOfList(ReadOnlySpan<byte> line) => line.StartsWith("  ]"u8);

    /// <returns>Each line with its end, which may be missing from the last one, and the byte behind it.</returns>
    private static async IAsyncEnumerable<(ReadOnlyMemory<byte> Line, long End)> LinesAsync(
        Stream file, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        file.Position = from;
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        ArrayBufferWriter<byte> line = new();
        var at = from;
        try
        {
            bool isLast;
            do
            {
                var read = await reader.ReadAsync(cancellationToken);
                isLast = read.IsCompleted;
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    yield return Take(rest.Slice(0, rest.GetPosition(1, end)));
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (rest.Length > LongestLine)
                {
                    throw new JsonException("a line of it is longer than any of a tally");
                }

                if (isLast && rest.Length > 0)
                {
                    yield return Take(rest);
                }

                reader.AdvanceTo(rest.Start, rest.End);
            }
            while (!isLast);
        }
        finally
        {
            await reader.CompleteAsync();
        }

        (ReadOnlyMemory<byte>, long) Take(ReadOnlySequence<byte> bytes)
        {
            at += bytes.Length;
            if (bytes.IsSingleSegment)
            {
                return (bytes.First, at);
            }

            line.ResetWrittenCount();
            foreach (var part in bytes)
            {
                line.Write(part.Span);
            }

            return (line.WrittenMemory, at);
        }
    }

    /// <summary>The objects of a list, each of which stands on lines of its own.</summary>
    /// <param name="level">Of the list in the file.</param>
    private sealed class ItemLines<T>(int level, JsonTypeInfo<T> form)
        where T : class
    {
        private const int LongestItem = 16 * LongestLine;

        private readonly ArrayBufferWriter<byte> _item = new();
        private readonly byte[] _end = [.. Enumerable.Repeat((byte)' ', level * 2), (byte)']'];
        private readonly byte[] _endOfItem = [.. Enumerable.Repeat((byte)' ', (level + 1) * 2), (byte)'}'];

        public bool IsEnd(ReadOnlySpan<byte> line) => line.StartsWith(_end);

        /// <returns>The item whose last line it is; null of all other lines.</returns>
        /// <exception cref="JsonException">It is no such item.</exception>
        public T? Add(ReadOnlySpan<byte> line)
        {
            var isLast = line.StartsWith(_endOfItem);
            _item.Write(isLast ? "}"u8 : line);
            if (!isLast)
            {
                return _item.WrittenCount <= LongestItem ? null : throw new JsonException("a line of it does not end");
            }

            var item = JsonSerializer.Deserialize(_item.WrittenSpan, form) ?? throw new JsonException("a line of it is null");
            _item.ResetWrittenCount();
            return item;
        }
    }
}
