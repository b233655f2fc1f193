using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BscFlow.Votes.Tallies;

/// <summary>A <c>tally.json</c> that was written.</summary>
/// <param name="Frame">What stands in it but for the lines of the ballots, its hash included.</param>
/// <param name="ContentHash">What its field <see cref="Tally.Hash"/> has to be.</param>
/// <param name="FileHash">SHA-256 of the file, hexadecimal, lower-case.</param>
public sealed record WrittenTally(Tally Frame, string ContentHash, string FileHash);

/// <summary>Writes a <c>tally.json</c> while its ballots come; none of them is held, and its numbers stand behind them.</summary>
internal sealed class TallyWriter : IDisposable
{
    private const int MostPending = 64 * 1024;

    private static readonly string Hash = Field(nameof(Tally.Hash));
    private static readonly string Electorate = Field(nameof(Tally.Electorate));
    private static readonly string Members = Field(nameof(Votes.Electorate.Members));
    private static readonly string Ballots = Field(nameof(Tally.Ballots));
    private static readonly string Receipts = Field(nameof(Tally.Receipts));

    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> _append;
    private readonly IncrementalHash _content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _file = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _pending = new(MostPending);
    private readonly Utf8JsonWriter _json;
    private VoteNumbers _numbers;

    private TallyWriter(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> append)
    {
        _append = append;
        var form = TallyJson.Canonical.Options;
        _json = new(_pending, new() { Encoder = form.Encoder, Indented = form.WriteIndented, NewLine = form.NewLine });
    }

    /// <param name="append">Takes the next bytes of the file; they are its own until it comes back.</param>
    /// <param name="frame">What is known before the ballots are read.</param>
    /// <param name="ballots">By voter; none of a secret motion.</param>
    /// <param name="receipts">By receipt; none of a public motion.</param>
    /// <param name="finish">What is known once the ballots are counted. A hash that it leaves empty is put in.</param>
    public static async Task<WrittenTally> WriteAsync(
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> append,
        Tally frame,
        IAsyncEnumerable<TallyBallot> ballots,
        IAsyncEnumerable<TallyReceipt> receipts,
        Func<VoteNumbers, Tally> finish,
        CancellationToken cancellationToken)
    {
        using var writer = new TallyWriter(append);
        return await writer.WriteAsync(frame, ballots, receipts, finish, cancellationToken);
    }

    public void Dispose()
    {
        _json.Dispose();
        _content.Dispose();
        _file.Dispose();
    }

    private async Task<WrittenTally> WriteAsync(
        Tally frame,
        IAsyncEnumerable<TallyBallot> ballots,
        IAsyncEnumerable<TallyReceipt> receipts,
        Func<VoteNumbers, Tally> finish,
        CancellationToken cancellationToken)
    {
        var json = TallyJson.Canonical;
        _json.WriteStartObject();
        foreach (var field in json.Tally.Properties)
        {
            if (field.Name == Ballots)
            {
                await WriteAsync(field.Name, ballots, line => line.Vote, json.TallyBallot, cancellationToken);
            }
            else if (field.Name == Receipts)
            {
                await WriteAsync(field.Name, receipts, line => line.Vote, json.TallyReceipt, cancellationToken);
                frame = finish(_numbers);
            }
            else if (field.Name == Electorate)
            {
                _json.WritePropertyName(field.Name);
                await WriteAsync(frame.Electorate, cancellationToken);
            }
            else if (field.Name != Hash)
            {
                WriteField(field, frame);
            }
        }

        await FlushAsync(cancellationToken);
        return await EndAsync(frame, cancellationToken);
    }

    /// <summary>As many voters as ballots: they go out piece by piece too.</summary>
    private async Task WriteAsync(Electorate electorate, CancellationToken cancellationToken)
    {
        var json = TallyJson.Canonical;
        _json.WriteStartObject();
        foreach (var field in json.Electorate.Properties)
        {
            if (field.Name == Members)
            {
                await WriteListAsync(field.Name, electorate.Members.ToAsyncEnumerable(), json.Elector, cancellationToken);
            }
            else
            {
                WriteField(field, electorate);
            }
        }

        _json.WriteEndObject();
    }

    private void WriteField(JsonPropertyInfo field, object of)
    {
        // What is never written has no getter.
        if (field.Get is { } get && get(of) is var value && field.ShouldSerialize?.Invoke(of, value) is not false)
        {
            _json.WritePropertyName(field.Name);
            JsonSerializer.Serialize(_json, value, field.PropertyType, TallyJson.Canonical);
        }
    }

    private Task WriteAsync<T>(
        string field, IAsyncEnumerable<T> lines, Func<T, Vote> vote, JsonTypeInfo<T> form, CancellationToken cancellationToken) =>
        WriteListAsync(
            field,
            lines.Select(line =>
            {
                _numbers.Add(vote(line));
                return line;
            }),
            form,
            cancellationToken);

    private async Task WriteListAsync<T>(
        string field, IAsyncEnumerable<T> items, JsonTypeInfo<T> form, CancellationToken cancellationToken)
    {
        _json.WriteStartArray(field);
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            JsonSerializer.Serialize(_json, item, form);
            if (_json.BytesPending + _pending.WrittenCount > MostPending)
            {
                await FlushAsync(cancellationToken);
            }
        }

        _json.WriteEndArray();
    }

    /// <summary>The hash is the last field, so that it can be of all that stands before it.</summary>
    private async Task<WrittenTally> EndAsync(Tally frame, CancellationToken cancellationToken)
    {
        _content.AppendData(End(""));
        var contentHash = Convert.ToHexStringLower(_content.GetHashAndReset());
        frame = frame.Hash.Length > 0 ? frame : frame with { Hash = contentHash };
        var end = End(frame.Hash);
        _file.AppendData(end);
        await _append(end, cancellationToken);
        return new WrittenTally(frame, contentHash, Convert.ToHexStringLower(_file.GetHashAndReset()));

        static byte[] End(string hash) => Encoding.UTF8.GetBytes($",\n  \"{Hash}\": \"{JsonEncodedText.Encode(hash)}\"\n}}\n");
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _json.FlushAsync(cancellationToken);
        _content.AppendData(_pending.WrittenSpan);
        _file.AppendData(_pending.WrittenSpan);
        await _append(_pending.WrittenMemory, cancellationToken);
        _pending.ResetWrittenCount();
    }

    private static string Field(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
