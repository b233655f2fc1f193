using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace BscFlow.Exports;

/// <summary>
/// Closes what nobody may read in an export: whoever has the folder but not the desk key sees that it is there.
/// </summary>
/// <remarks>
/// AES-256-GCM under a key made of the desk key. The nonce is a MAC of what is sealed, so that the same row gives the same
/// text again; the length is rounded up, since a "no" is shorter than an "abstain".
/// </remarks>
public sealed class Seal(IOptions<BscFlowOptions> options)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int RoundedTo = 1024;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.DeskKey), 64, info: "bscflow-export"u8.ToArray());

    /// <param name="place">Where it stands; it opens nowhere else.</param>
    public byte[] Close(string place, ReadOnlySpan<byte> content)
    {
        var length = (content.Length + sizeof(int) + RoundedTo - 1) / RoundedTo * RoundedTo;
        var padded = new byte[length];
        BitConverter.TryWriteBytes(padded, content.Length);
        content.CopyTo(padded.AsSpan(sizeof(int)));

        var sealedBytes = new byte[NonceBytes + TagBytes + length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        HMACSHA256
            .HashData(_key.AsSpan(32), [.. Encoding.UTF8.GetBytes(place), 0, .. padded])
            .AsSpan(0, NonceBytes)
            .CopyTo(nonce);
        using var aes = new AesGcm(_key.AsSpan(0, 32), TagBytes);
        aes.Encrypt(
            nonce,
            padded,
            sealedBytes.AsSpan(NonceBytes + TagBytes),
            sealedBytes.AsSpan(NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(place));
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">Sealed with another desk key, for another place, or changed since.</exception>
    public byte[] Open(string place, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceBytes + TagBytes + RoundedTo)
        {
            throw new CryptographicException("It is too short to be a seal.");
        }

        var padded = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key.AsSpan(0, 32), TagBytes);
        aes.Decrypt(
            sealedBytes[..NonceBytes],
            sealedBytes[(NonceBytes + TagBytes)..],
            sealedBytes.Slice(NonceBytes, TagBytes),
            padded,
            Encoding.UTF8.GetBytes(place));
        return padded.AsSpan(sizeof(int), BitConverter.ToInt32(padded)).ToArray();
    }
}
