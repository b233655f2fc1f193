using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MimeKit;

namespace BscFlow.Mail;

/// <summary>What an incoming mail is taken for. The name is what stands in its row.</summary>
public enum MailKind
{
    Ballot,
    InvitationAnswer,
    ActionUpdate,
    Objection,

    /// <summary>Agrees with minutes that were sent round: nothing to do.</summary>
    Assent,
    AgendaItem,

    /// <summary>The chair opens, or does not open, a motion that minutes ask for.</summary>
    MotionOpening,

    /// <summary>Nominates somebody, or says whether the sender stands for election.</summary>
    Nomination,
    AutomaticReply,
    Bounce,
    List,
    Unclear,
    Stranger,
}

/// <summary>A mail as it arrived, read once: everything that decides what it is.</summary>
public sealed record IncomingMail
{
    /// <summary>
    /// Message-ID without its angle brackets, or <c>sha256:</c> and the hash of a mail that has none, or one longer than a line
    /// of a mail may be.
    /// </summary>
    public required string MessageId { get; init; }

    /// <summary>SHA-256 of the raw mail, hexadecimal, lower-case: the evidence that a tally names.</summary>
    public required string Hash { get; init; }

    /// <summary>When our mailbox received it: Graph's <c>receivedDateTime</c>, never the Date header.</summary>
    public required DateTimeOffset Received { get; init; }

    public required string Subject { get; init; }

    /// <summary>All addresses that it was sent to, To and Cc; one of them may carry a token in its plus tag.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>Message-ID of the mail that it answers, where it names one.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Message-IDs of its thread, the oldest first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    public required SenderTrust Sender { get; init; }

    /// <summary>Null for a mail that a person wrote.</summary>
    public AutomaticMail? Automatic { get; init; }

    /// <summary>What came back, where it is a report that a mail of ours was not delivered.</summary>
    public Bounce? Bounce { get; init; }

    public required Reply Reply { get; init; }

    /// <summary>The address that From names, proved or not; empty where it names none.</summary>
    public string From => Sender switch
    {
        SenderTrust.Authenticated from => from.Address,
        SenderTrust.Delegated by => by.Address,
        SenderTrust.Doubtful { Address: { } claimed } => claimed,
        _ => "",
    };

    /// <summary>Message-IDs of the mails that it may answer, the likeliest first.</summary>
    public IEnumerable<string> Answers => ((string?[])[Bounce?.MessageId, InReplyTo, .. References.Reverse()])
        .OfType<string>()
        .Where(id => id.Length > 0)
        .Distinct(StringComparer.Ordinal)
        .Take(MostAnswers);

    /// <summary>A thread that is longer is followed no further.</summary>
    private const int MostAnswers = 8;

    /// <summary>Whether its body was read; otherwise nothing is known of it but its headers.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Characters of a line of a mail (RFC 5322).</summary>
    private const int LongestLine = 998;

    /// <summary>Headers of a mail that has longer ones are read no further.</summary>
    private const int LongestHead = 256 * 1024;

    /// <summary>Reads a raw mail. Null when the bytes are no mail at all.</summary>
    /// <param name="mime">As it came over the wire; Graph's <c>/$value</c>.</param>
    /// <param name="received">Graph's <c>receivedDateTime</c>.</param>
    public static IncomingMail? Read(ReadOnlyMemory<byte> mime, DateTimeOffset received)
    {
        using var stream = StreamOf(mime);
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(stream);
        }
        catch (FormatException)
        {
            return null;
        }

        using (message)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(mime.Span));
            return new IncomingMail
            {
                MessageId = message.MessageId is { Length: > 0 and <= LongestLine } id ? id : "sha256:" + hash,
                Hash = hash,
                Received = received,
                Subject = message.Subject ?? "",
                Recipients = [.. message.To.Mailboxes.Concat(message.Cc.Mailboxes).Select(mailbox => mailbox.Address)],
                InReplyTo = message.InReplyTo,
                References = [.. message.References],
                Sender = SenderTrust.Judge(message.Headers),
                Automatic = AutomaticMail.Detect(message),
                Bounce = Bounce.Find(message),
                Reply = ReplyText.Read(message),
            };
        }
    }

    /// <summary>Reads the headers of a mail whose body is too large. Null when the bytes are no mail at all.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <param name="received">As in <see cref="Read"/>.</param>
    public static IncomingMail? ReadHeaders(ReadOnlyMemory<byte> start, DateTimeOffset received)
    {
        var head = start[..Math.Min(start.Length, LongestHead)];
        var end = head.Span.IndexOf("\r\n\r\n"u8);
        end = end < 0 ? head.Span.IndexOf("\n\n"u8) : end + 2;
        end = end < 0 ? head.Span.LastIndexOf((byte)'\n') : end;
        return Read(head[..(end + 1)], received) is { } mail ? mail with { IsWhole = false } : null;
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new(array.Array!, array.Offset, array.Count, writable: false)
        : new(bytes.ToArray(), writable: false);
}
