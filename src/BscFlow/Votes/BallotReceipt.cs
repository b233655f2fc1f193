using System.Security.Cryptography;
using System.Text;

namespace BscFlow.Votes;

/// <summary>The code by which a voter finds their own line on the sheet of a secret motion, and nobody else's.</summary>
/// <remarks>
/// From the motion's own secret, so that the same voter gets the same code again and no list of codes has to be kept; once that
/// is destroyed, the code stands in the voter's mail alone.
/// </remarks>
public static class BallotReceipt
{
    private const int Bytes = 10;

    /// <summary>Four groups of four letters and digits: <c>abcd-efgh-ijkl-mnop</c>.</summary>
    /// <param name="secret">See <see cref="MotionSecret"/>.</param>
    /// <param name="ballot">The name under which the ballot is stored.</param>
    public static string For(ReadOnlySpan<byte> secret, string ballot)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"receipt\0{ballot}"), mac);
        var code = Base32.Encode(mac[..Bytes]);
        return $"{code[..4]}-{code[4..8]}-{code[8..12]}-{code[12..]}";
    }
}
