using System.Security.Cryptography;
using System.Text;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Ballots;

/// <summary>
/// What keeps apart who voted and how on one secret motion: 32 random bytes, of which the names of its ballots and the secret
/// words of its voters are made. They are destroyed when the vote is over; from then on nobody can say whose a ballot was.
/// </summary>
/// <remarks>
/// A name is the same each time, so that a ballot is replaced under it and can never be there twice. Without the bytes it cannot
/// be told from a random one.
/// </remarks>
public sealed class MotionSecret
{
    public const int Length = 32;

    private const int NameBytes = 15;

    private readonly byte[] _key;

    public MotionSecret(byte[] key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Length);
        _key = key;
    }

    /// <summary>The name under which the ballot of a voter is stored: 24 letters and digits.</summary>
    public string NameOf(string voter)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"name\0{voter}"), mac);
        return Base32.Encode(mac[..NameBytes]);
    }

    /// <summary>Stands for what a ballot says, where that may not be told: 32 bytes.</summary>
    public byte[] DigestOf(ReadOnlySpan<byte> content)
    {
        byte[] said = [.. "evidence\0"u8, .. content];
        return HMACSHA256.HashData(_key, said);
    }

    /// <summary>The secret word of the receipt of the ballot of this name: <c>abcd-efgh-ijkl-mnop</c>.</summary>
    public string WordOf(string name) => BallotReceipt.For(_key, name);
}
