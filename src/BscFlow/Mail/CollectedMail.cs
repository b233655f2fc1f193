using Azure;

namespace BscFlow.Mail;

/// <summary>What one incoming mail was taken for, and why: a row of the Mail table.</summary>
/// <remarks>What comes from outside is cut to what a row holds, so that no mail is one that cannot be put on record.</remarks>
public sealed record CollectedMail
{
    /// <summary>Characters kept of what the sender wrote.</summary>
    public const int LongestText = 4000;

    private const int LongestLine = 500;

    /// <summary>A line of a mail (RFC 5322, 2.1.1).</summary>
    private const int LongestMessageId = 998;

    /// <summary>A reason may repeat what came from outside, which has no end.</summary>
    private const int LongestReason = 2000;

    public required string Committee { get; init; }

    /// <summary>Names the mail in its committee and in routes.</summary>
    public required string Id { get; init; }

    /// <summary>Message-ID without angle brackets.</summary>
    public required string MessageId { get; init => field = CutText.To(value, LongestMessageId); }

    /// <summary>Address of the mailbox that it lies in.</summary>
    public required string Mailbox { get; init; }

    /// <summary>Its immutable id in that mailbox.</summary>
    public required string GraphId { get; init; }

    /// <summary>Graph's <c>receivedDateTime</c>.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>The address that From names; empty where it names none. <see cref="Reason"/> says whether it is proved.</summary>
    public required string From { get; init => field = CutText.To(value, LongestLine); }

    public required string Subject { get; init => field = CutText.To(value, LongestLine); }

    public required MailKind Kind { get; init; }

    /// <summary>Why it was taken for that, and what became of it, in words.</summary>
    public required string Reason { get; init => field = CutText.To(value, LongestReason); }

    /// <summary>What it is about: a motion, a meeting, the key of the mail that it answers.</summary>
    public string? About { get; init; }

    /// <summary>Id of the member whose mail it is, or for whom it counts.</summary>
    public string? Member { get; init; }

    /// <summary>Id of the committee on whose motion it is a ballot, where it was sent to another one's mailbox.</summary>
    public string? CastIn { get; init; }

    /// <summary>What the sender wrote, without quotes. Null where it is not kept: a secret ballot.</summary>
    public string? Text { get; init => field = value is null ? null : CutText.To(value, LongestText); }

    /// <summary>Whether something was done because of it; a second message with its Message-ID is then a copy.</summary>
    public bool Acted { get; init; }

    /// <summary>Whether a person should look at it.</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>When a person was done with it.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    public string? SettledBy { get; init; }

    /// <summary>What that person made of it, in words.</summary>
    public string? Settlement { get; init => field = value is null ? null : CutText.To(value, LongestReason); }

    /// <summary>
    /// Its text is not kept: the raw mail is erased, here and in the mailbox, once <see cref="EraseAfter"/> has left.
    /// </summary>
    public bool Secret { get; init; }

    /// <summary>Key in the outbox of the mail after which a secret mail is erased; null: at once.</summary>
    public string? EraseAfter { get; init; }

    /// <summary>
    /// Names its raw blob: mostly <see cref="Id"/>; another where a crash left the blob of another message there.
    /// </summary>
    public string RawId { get => field ?? Id; init; }

    /// <summary>Whether the raw mail is in its blob.</summary>
    public bool HasRaw { get; init; } = true;

    /// <summary>Of the row as it was read.</summary>
    public ETag ETag { get; init; }

    public bool IsOpen => NeedsPerson && SettledAt is null;
}

/// <summary>That a Message-ID was met before.</summary>
/// <param name="Id">Of the mail in its committee.</param>
/// <param name="Acted">As <see cref="CollectedMail.Acted"/>.</param>
/// <param name="CastIn">As <see cref="CollectedMail.CastIn"/>.</param>
/// <param name="Secret">As <see cref="CollectedMail.Secret"/>.</param>
public sealed record SeenMail(string Id, string GraphId, DateTimeOffset Received, bool Acted, string? CastIn, bool Secret);
