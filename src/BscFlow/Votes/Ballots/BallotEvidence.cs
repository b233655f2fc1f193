using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Ballots;

/// <summary>
/// Makes the evidence of a ballot that has no mail of its own to prove it: one that came by the page, was heard, or was read out
/// of a mail by the secretary.
/// </summary>
/// <remarks>
/// The same evidence is the same ballot, and only so. So it holds not just where the ballot came from, a press of the button or a
/// note, but what it says and which ballot it replaces: the same form sent twice is one ballot, and sent again with another vote,
/// after the browser's Back, it is another one. Of a secret ballot what it says goes in under the motion's secret, and is gone
/// with it.
/// </remarks>
internal static partial class BallotEvidence
{
    private const int DigestBytes = 10;

    /// <param name="origin">The press, the note, or the mail.</param>
    /// <param name="said">As it is to be recorded, but for its evidence.</param>
    /// <param name="stands">The voter's ballot that counts now.</param>
    /// <param name="secret">Of a secret motion.</param>
    /// <returns>
    /// <c>origin #001.digest</c>: of ballots of one origin and moment the one that was brought last sorts behind the others, and
    /// counts.
    /// </returns>
    public static string Of(string origin, Ballot said, Ballot? stands, MotionSecret? secret)
    {
        var number = stands is null ? null : NumberIn(stands.Evidence, origin);
        if (number is not null && Says(said) == Says(stands!))
        {
            return stands!.Evidence;
        }

        var content = JsonSerializer.SerializeToUtf8Bytes(
            new Content(Says(said), stands?.Evidence), EvidenceJson.Default.Content);
        var digest = secret is null ? SHA256.HashData(content) : secret.DigestOf(content);
        return string.Create(
            CultureInfo.InvariantCulture, $"{origin} #{(number ?? 0) + 1:D3}.{Base32.Encode(digest.AsSpan(0, DigestBytes))}");
    }

    /// <summary>Which one of its origin a ballot is, 0 for a mail as it was read first; null: it is of another origin.</summary>
    private static int? NumberIn(string evidence, string origin)
    {
        if (evidence == origin)
        {
            return 0;
        }

        if (!evidence.StartsWith($"{origin} #", StringComparison.Ordinal))
        {
            return null;
        }

        var rest = evidence.AsSpan(origin.Length + 2);
        var dot = rest.IndexOf('.');
        return dot > 0 && int.TryParse(rest[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    private static Said Says(Ballot ballot) =>
        new(ballot.Vote, ballot.Marks, ballot.Assessments, ballot.Comment, ballot.Source);

    internal sealed record Said(Vote Vote, string? Marks, string? Assessments, string? Comment, BallotSource Source);

    internal sealed record Content(Said Said, string? Over);

    [JsonSerializable(typeof(Content))]
    [JsonSourceGenerationOptions(UseStringEnumConverter = true)]
    internal sealed partial class EvidenceJson : JsonSerializerContext;
}
