using System.Security.Cryptography;
using System.Text;

namespace BscFlow.Votes.Tokens;

/// <summary>
/// What opens the page on which one voter votes on one motion: 32 letters and digits in the path of a link. Whoever holds it may
/// vote as that voter until the deadline, so it stands in no log and in no table.
/// </summary>
/// <remarks>160 bits of an HMAC-SHA256 under a secret of its own: a ballot token tells nothing about it.</remarks>
public readonly record struct PageToken
{
    /// <summary>Characters of a token.</summary>
    public const int Length = 32;

    private const int Bytes = Length * 5 / 8;

    private readonly string? _text;

    private PageToken(string text) => _text = text;

    /// <summary>Makes the token of one voter for one motion; the same each time.</summary>
    public static PageToken For(ReadOnlySpan<byte> secret, string committee, string motion, string voter)
    {
        var subject = Encoding.UTF8.GetBytes($"page\0{committee}\0{motion}\0{voter}");
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, subject, mac);
        return new PageToken(Base32.Encode(mac[..Bytes]));
    }

    /// <summary>Reads a token as it stands in a path; null when it is none.</summary>
    public static PageToken? Parse(string text) =>
        text.Length == Length && Base32.IsWritten(text) ? new PageToken(text) : null;

    /// <summary>For links only.</summary>
    public string Reveal() => _text ?? "";

    /// <summary>Tells nothing, so that a log that is given one by mistake tells nothing.</summary>
    public override string ToString() => "(page token)";
}
