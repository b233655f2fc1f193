using System.Text;
using MimeKit;

namespace BscFlow.Mail;

/// <summary>What a report says of a mail of ours that was not delivered.</summary>
/// <param name="MessageId">Of the mail that came back; null where the report does not hold it.</param>
/// <param name="Recipients">Addresses that it did not reach, the first of very many.</param>
/// <param name="Diagnostic">What the other server said, the beginning of a long text.</param>
public sealed record Bounce(string? MessageId, IReadOnlyList<string> Recipients, string? Diagnostic)
{
    /// <summary>A mail of ours goes to one reader, who may stand for a list.</summary>
    private const int MostRecipients = 20;

    private const int LongestDiagnostic = 500;

    /// <summary>Characters of an address (RFC 3696, erratum 1690).</summary>
    private const int LongestAddress = 254;

    /// <summary>
    /// Reads a delivery report (RFC 3464). Null for a mail that holds none, and for one that only tells of a delay.
    /// </summary>
    public static Bounce? Find(MimeMessage message)
    {
        var groups = Fields(message).ToList();
        var failed = groups.Where(IsFailed).ToList();
        if (groups.Count > 0 && failed.Count == 0)
        {
            return null;
        }

        string[] recipients =
        [
            .. failed.Select(group => Value(group, "Final-Recipient") ?? Value(group, "Original-Recipient"))
                .OfType<string>()
                .Select(WithoutType)
                .Concat((message.Headers["X-Failed-Recipients"] ?? "").Split(',', StringSplitOptions.TrimEntries))
                .Where(address => address.Length is > 0 and <= LongestAddress)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(MostRecipients),
        ];
        var diagnostic = failed.Select(group => Value(group, "Diagnostic-Code")).OfType<string>().FirstOrDefault();
        return recipients.Length == 0
            ? null
            : new Bounce(
                Returned(message),
                recipients,
                diagnostic is null ? null : CutText.To(WithoutType(diagnostic), LongestDiagnostic));
    }

    /// <summary>The groups of the report that are about a recipient; its first one is about the server.</summary>
    private static IEnumerable<HeaderList> Fields(MimeMessage message) =>
        message.BodyParts.OfType<MessageDeliveryStatus>()
            .SelectMany(status => status.StatusGroups)
            .Where(group => group.Contains("Final-Recipient") || group.Contains("Original-Recipient"));

    private static bool IsFailed(HeaderList group) =>
        Value(group, "Action")?.ToLowerInvariant() is not ("delayed" or "delivered" or "relayed" or "expanded");

    private static string? Returned(MimeMessage message)
    {
        foreach (var part in new MimeIterator(message).Parts())
        {
            switch (part)
            {
                case MessagePart { Message: { MessageId.Length: > 0 } original }:
                    return original.MessageId;
                case TextPart headers when headers.ContentType.IsMimeType("text", "rfc822-headers"):
                    return ReturnedHeaders(headers);
            }
        }

        return null;
    }

    /// <summary>A server may put anything where the headers of what it returns should stand.</summary>
    private static string? ReturnedHeaders(TextPart headers)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(headers.Text.TrimEnd() + "\n\n"));
        try
        {
            using var original = MimeMessage.Load(stream);
            return string.IsNullOrEmpty(original.MessageId) ? null : original.MessageId;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Value(HeaderList group, string field) => group[field]?.Trim();

    /// <summary><c>rfc822;joe@example.org</c> without its type.</summary>
    private static string WithoutType(string recipient) =>
        recipient[(recipient.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();
}

file static class MimeParts
{
    public static IEnumerable<MimeEntity> Parts(this MimeIterator iterator)
    {
        using (iterator)
        {
            while (iterator.MoveNext())
            {
                yield return iterator.Current;
            }
        }
    }
}
