using System.Globalization;

namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Key of a mail about a meeting: <c>agenda|0062|20251008t1600z|joe</c>.</summary>
    /// <remarks>The start stands in it because a cancelled meeting may give its number back.</remarks>
    public static string MeetingMail(string kind, string meeting, DateTimeOffset start, string reader) =>
        Lower($"{kind}|{meeting}|{Instant(start)}|{reader}");

    /// <summary>Key of an owner's weekly digest: <c>digest|2025-10-06|joe</c>.</summary>
    public static string DigestMail(DateOnly monday, string owner) =>
        Lower(string.Create(CultureInfo.InvariantCulture, $"digest|{monday:yyyy-MM-dd}|{owner}"));

    /// <summary>Key of a mail to a secretary: <c>failed|sendagenda|0062|sec@example.org</c>.</summary>
    public static string SecretaryMail(string kind, string subject, string address) => Lower($"{kind}|{subject}|{address}");

    /// <summary>Key of a mail about one that came in: <c>objection|3f9a...|joe</c>.</summary>
    public static string MailAboutMail(string kind, string mail, string reader) => Lower($"{kind}|{mail}|{reader}");

    // The mailbox finds a mail by its key without regard to case, so that keys have one case.
    private static string Lower(string key) => key.ToLowerInvariant();
}
