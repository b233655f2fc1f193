using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BscFlow.GraphEmulator.Mailboxes;

/// <summary>
/// Opaque ids in the look of Exchange's: long, case-sensitive, with characters that a URL must carry with care.
/// </summary>
internal static class Ids
{
    public static string New() => $"AAMk{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(36))}=";

    /// <summary>The same id for the same words, in any run.</summary>
    public static string Of(params ReadOnlySpan<string> words) =>
        $"AAQk{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words).ToLowerInvariant())))}=";

    public static string NewKey() => Guid.NewGuid().ToString("N");

    public static string NewMessageId(string domain) => $"<{Guid.NewGuid():N}@{domain}>";
}
