using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace BscFlow.Links;

/// <summary>Signs links in mails: whoever holds the mail may do the one thing that the link is for.</summary>
/// <remarks>HMAC-SHA256 under a key that is derived from the desk key; the first 128 bits, in lower-case hexadecimal.</remarks>
public sealed class LinkSignature(IOptions<BscFlowOptions> options)
{
    private const int Length = 16;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Encoding.UTF8.GetBytes(options.Value.DeskKey),
        outputLength: 32,
        info: "bscflow links"u8.ToArray());

    /// <param name="purpose">What the link is for; a signature for one purpose fits no other.</param>
    /// <param name="parts">What it is about; none may hold a line break.</param>
    public string Of(string purpose, params ReadOnlySpan<string> parts)
    {
        var text = $"{purpose}\n{string.Join('\n', parts)}";
        return Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)).AsSpan(0, Length));
    }

    public bool Fits(string signature, string purpose, params ReadOnlySpan<string> parts) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Of(purpose, parts)));
}
