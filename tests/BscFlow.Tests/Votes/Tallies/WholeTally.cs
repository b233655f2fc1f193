using System.Security.Cryptography;
using System.Text.Json;
using BscFlow.Votes;
using BscFlow.Votes.Tallies;

namespace BscFlow.Tests.Votes.Tallies;

/// <summary>Tallies that are small enough to be held: made, forged and read as a whole, by the serializer alone.</summary>
internal static class WholeTally
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What the product writes of these ballots.</summary>
    public static async Task<byte[]> FileAsync(Motion motion, IEnumerable<Ballot> ballots, DateTimeOffset closed)
    {
        using MemoryStream file = new();
        var written = await WriteAsync(file.WriteAsync, motion, ballots, closed);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.ToArray())), written.FileHash);
        Assert.Equal(Write(TallyFile.Read(file.ToArray())), file.ToArray());
        return file.ToArray();
    }

    public static Task<WrittenTally> WriteAsync(
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> append, Motion motion, IEnumerable<Ballot> ballots, DateTimeOffset closed)
    {
        var lines = ballots.OrderBy(ballot => ballot.Voter, StringComparer.Ordinal);
        var receipts = lines.Select(ballot => TallyReceipt.Of(motion, ballot, "receipt of " + ballot.Voter))
            .OrderBy(line => line.Receipt, StringComparer.Ordinal);
        var frame = Tally.FrameOf(motion, closed);
        return TallyWriter.WriteAsync(
            append,
            frame,
            (motion.Secret ? [] : lines.Select(ballot => TallyBallot.Of(motion, ballot))).ToAsyncEnumerable(),
            (motion.Secret ? receipts : Enumerable.Empty<TallyReceipt>()).ToAsyncEnumerable(),
            numbers => frame.With(numbers, result: null),
            Cancel);
    }

    /// <summary>The file of a motion that was counted.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadFileAsync(
        this TallyStore tallies, Motion motion, CancellationToken cancellationToken)
    {
        await using var file = await tallies.OpenAsync(motion, cancellationToken);
        using MemoryStream whole = new();
        await file.CopyToAsync(whole, cancellationToken);
        return whole.ToArray();
    }

    public static byte[] Write(Tally tally) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(tally, TallyJson.Canonical.Tally), (byte)'\n'];

    public static Tally WithHash(Tally tally) =>
        tally with { Hash = Convert.ToHexStringLower(SHA256.HashData(Write(tally with { Hash = "" }))) };

    public static Task<Recount> RecountAsync(byte[] file) => Recount.OfAsync(new MemoryStream(file), read: null, Cancel);

    /// <summary>Reads a file that must hold.</summary>
    public static async Task<Tally> ReadAsync(ReadOnlyMemory<byte> file)
    {
        Assert.IsType<Recount.Holds>(await RecountAsync(file.ToArray()));
        return TallyFile.Read(file.Span);
    }
}
