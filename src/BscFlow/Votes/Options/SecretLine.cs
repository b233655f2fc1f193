using System.Security.Cryptography;
using System.Text;

namespace BscFlow.Votes.Options;

/// <summary>What ties a line of a secret motion's sheet to the voter's receipt: HMAC-SHA256(secret word, ballot).</summary>
/// <remarks>
/// As on Debian's tally sheets: only who knows the word can say which line it made, and a line whose ballot was changed is
/// made by no word.
/// </remarks>
public static class SecretLine
{
    /// <summary>64 hexadecimal digits, lower-case.</summary>
    /// <param name="word">The secret word of the receipt.</param>
    /// <param name="said">The ballot as the sheet has it: <c>For</c>, or marks as <see cref="MarkText"/> writes them.</param>
    public static string Of(string word, string said) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(word), Encoding.UTF8.GetBytes(said)));
}
