using System.Security.Cryptography;
using System.Text;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Ballots;

/// <summary>The secret word by which a voter finds their own line on the sheet of a secret motion, and nobody else's.</summary>
/// <remarks>
/// From the motion's own secret, so that the same voter gets the same word again and no list of words has to be kept; once that
/// is destroyed, the word stands in the voter's mail alone.
/// </remarks>
public static class BallotReceipt
{
    private const int Bytes = 10;
    private const int Letters = 16;

    /// <summary>Four groups of four letters and digits: <c>abcd-efgh-ijkl-mnop</c>.</summary>
    /// <param name="secret">See <see cref="MotionSecret"/>.</param>
    /// <param name="ballot">The name under which the ballot is stored.</param>
    public static string For(ReadOnlySpan<byte> secret, string ballot)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"receipt\0{ballot}"), mac);
        return InGroups(Base32.Encode(mac[..Bytes]));
    }

    /// <summary>A secret word as a person types or pastes it: case, hyphens and blanks do not matter.</summary>
    /// <returns>As <see cref="For"/> writes it; as it was typed where it is none.</returns>
    public static string Read(string typed) =>
        string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant() is { Length: Letters } letters
            ? InGroups(letters)
            : typed;

    private static string InGroups(string letters) => $"{letters[..4]}-{letters[4..8]}-{letters[8..12]}-{letters[12..]}";
}
