using System.Security.Cryptography;
using System.Text;
using BscFlow.Storage;
using Microsoft.Extensions.Options;

namespace BscFlow.Votes.Tokens;

/// <summary>The secrets that voting needs, each derived from the desk key for one use.</summary>
/// <remarks>With another desk key the tokens in mails that have left are worth nothing any more.</remarks>
public sealed class VotingKeys(IOptions<BscFlowOptions> options)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _ballots = Derive(options, "bscflow ballots"u8);
    private readonly byte[] _pages = Derive(options, "bscflow ballot pages"u8);
    private readonly byte[] _secrets = Derive(options, "bscflow motion secrets"u8);

    /// <summary>The secret of <see cref="BallotToken"/>.</summary>
    public ReadOnlySpan<byte> Ballots => _ballots;

    /// <summary>What stands in the Reply-To and the subject of the mails to a voter.</summary>
    public BallotToken BallotToken(string committee, string motion, string voter) =>
        Tokens.BallotToken.For(_ballots, committee, motion, voter);

    /// <summary>
    /// What stands in the Reply-To and the subject of the mails about nominations: another one than in those of the vote that
    /// follows, so that a late answer to one is no ballot.
    /// </summary>
    public BallotToken NominationToken(string committee, string call, string person) =>
        BallotToken(committee, Keys.Nominations(call), person);

    /// <summary>What stands in the link in the mails to a voter.</summary>
    public PageToken PageToken(string committee, string motion, string voter) =>
        Tokens.PageToken.For(_pages, committee, motion, voter);

    /// <summary>Closes the secret of a motion, for a row of a table.</summary>
    /// <param name="place">Where it stands; it opens nowhere else.</param>
    internal byte[] Seal(ReadOnlySpan<byte> secret, string place)
    {
        var sealedBytes = new byte[NonceBytes + TagBytes + secret.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_secrets, TagBytes);
        aes.Encrypt(
            sealedBytes.AsSpan(0, NonceBytes),
            secret,
            sealedBytes.AsSpan(NonceBytes + TagBytes),
            sealedBytes.AsSpan(NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(place));
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">Sealed with another desk key, for another place, or changed since.</exception>
    internal byte[] Open(ReadOnlySpan<byte> sealedBytes, string place)
    {
        var secret = new byte[Math.Max(0, sealedBytes.Length - NonceBytes - TagBytes)];
        using var aes = new AesGcm(_secrets, TagBytes);
        aes.Decrypt(
            sealedBytes[..NonceBytes],
            sealedBytes[(NonceBytes + TagBytes)..],
            sealedBytes.Slice(NonceBytes, TagBytes),
            secret,
            Encoding.UTF8.GetBytes(place));
        return secret;
    }

    private static byte[] Derive(IOptions<BscFlowOptions> options, ReadOnlySpan<byte> use) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.DeskKey), outputLength: 32, info: use.ToArray());
}
