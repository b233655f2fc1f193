using System.Buffers;

namespace BscFlow.Votes.Tokens;

/// <summary>RFC 4648 base32 in lower case and without padding, for what people and mail systems may change the case of.</summary>
internal static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <summary>Encodes a whole number of five-byte groups.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => string.Create(bytes.Length / 5 * 8, bytes, static (text, bytes) =>
    {
        var bits = 0;
        var held = 0;
        var next = 0;
        foreach (var b in bytes)
        {
            bits = bits << 8 | b;
            held += 8;
            while (held >= 5)
            {
                held -= 5;
                text[next++] = Alphabet[bits >> held & 31];
            }
        }
    });

    /// <summary>Whether the text holds only what <see cref="Encode"/> writes.</summary>
    public static bool IsWritten(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Letters);
}
