using System.Security.Cryptography;
using System.Text;

namespace BscFlow.Votes.Tokens;

/// <summary>
/// The mark that ties a reply to one motion and one voter: 24 letters and digits that only this deployment can make. It stands in
/// the plus tag of the Reply-To and in the subject of each call for votes, so that a client that drops one keeps the other.
/// </summary>
/// <remarks>
/// 120 bits of an HMAC-SHA256 over committee, motion and voter, in lower-case base32 (RFC 4648). Without case, since some systems
/// change it on the way. The token alone proves nothing about who sent a mail: see <see cref="Mail.SenderTrust"/>.
/// </remarks>
public readonly record struct BallotToken
{
    /// <summary>Characters of a token.</summary>
    public const int Length = 24;

    /// <summary>What stands before a token in a plus tag and in a subject.</summary>
    public const string Prefix = "v-";

    private const int Bytes = Length * 5 / 8;

    private readonly string? _text;

    private BallotToken(string text) => _text = text;

    /// <summary>Makes the token of one voter for one motion; the same each time.</summary>
    /// <param name="secret">The deployment's secret, at least 32 bytes.</param>
    public static BallotToken For(ReadOnlySpan<byte> secret, string committee, string motion, string voter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, 32);

        // Ids hold no zero character, so that no two triples make one text; the first word keeps other uses of the secret apart.
        var subject = Encoding.UTF8.GetBytes($"ballot\0{committee}\0{motion}\0{voter}");
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, subject, mac);
        return new BallotToken(Base32.Encode(mac[..Bytes]));
    }

    /// <summary>The Reply-To address of a call for votes: <c>secretary+v-abc...@example.org</c>.</summary>
    public string ReplyTo(string mailbox)
    {
        var at = mailbox.LastIndexOf('@');
        return $"{mailbox[..at]}+{Prefix}{this}{mailbox[at..]}";
    }

    /// <summary>The subject of a call for votes with the token behind it.</summary>
    public string Subject(string subject) => $"{subject} [{Prefix}{this}]";

    /// <summary>The tokens in a mail's recipients and subject, each once, whatever case they came in.</summary>
    public static IReadOnlyList<BallotToken> Find(IEnumerable<string> recipients, string subject)
    {
        List<BallotToken> found = [];
        foreach (var recipient in recipients)
        {
            var at = recipient.LastIndexOf('@');
            var plus = recipient.IndexOf('+', StringComparison.Ordinal);
            if (plus >= 0 && plus < at)
            {
                Collect(recipient.AsSpan((plus + 1)..at), found);
            }
        }

        Collect(subject, found);
        return found;
    }

    /// <summary>Whether both are the same, in a time that does not tell how much of them is.</summary>
    public bool Matches(BallotToken other) =>
        _text is not null && other._text is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(_text), Encoding.ASCII.GetBytes(other._text));

    public override string ToString() => _text ?? "";

    private static void Collect(ReadOnlySpan<char> text, List<BallotToken> found)
    {
        while (true)
        {
            var at = text.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return;
            }

            var starts = at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]);
            text = text[(at + Prefix.Length)..];
            if (starts && Parse(text) is { } token && !found.Contains(token))
            {
                found.Add(token);
            }
        }
    }

    /// <summary>Reads a token that stands at the start of a text and ends there as a word.</summary>
    private static BallotToken? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length < Length || text.Length > Length && char.IsAsciiLetterOrDigit(text[Length]))
        {
            return null;
        }

        Span<char> lower = stackalloc char[Length];
        text[..Length].ToLowerInvariant(lower);
        return Base32.IsWritten(lower) ? new BallotToken(lower.ToString()) : null;
    }
}
