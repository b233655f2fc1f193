using System.Globalization;

namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Table of what came in; partition: a committee, or a mailbox for how far it was read.</summary>
    public const string MailTable = "Mail";

    /// <summary>Raw mails as they came over the wire, and the leases on mailboxes.</summary>
    public const string MailContainer = "mail";

    /// <summary>Partition that leads from a subscription to its mailbox.</summary>
    public const string SubscriptionsPartition = "@subscriptions";

    /// <summary>Partition of when each mailbox is due; row: <see cref="MailboxDue"/>.</summary>
    public const string MailboxesPartition = "@mailboxes";

    /// <summary>Row of a mailbox: how far it was read.</summary>
    public const string MailboxRead = "read";

    /// <summary>Row of a mailbox: that somebody wants it read once more.</summary>
    public const string MailboxWanted = "wanted";

    /// <summary>Row of a mailbox: how many mails it has sent in the last day, and when.</summary>
    public const string MailboxPace = "pace";

    /// <summary>Row of a mailbox: where Graph tells of its new mail.</summary>
    public const string MailboxSubscription = "subscription";

    /// <summary>Where the rows of a mailbox begin that say which committee uses it.</summary>
    public const string MailboxUserStart = "user:";

    /// <summary>The first row after all that begin with <see cref="MailboxUserStart"/>.</summary>
    public const string MailboxUserEnd = "user;";

    /// <summary>Where the rows of mails begin, the newest first.</summary>
    public const string MailStart = "mail:";

    /// <summary>The first row after all that begin with <see cref="MailStart"/>.</summary>
    public const string MailEnd = "mail;";

    /// <summary>Where the rows of mails begin that could not be taken.</summary>
    public const string MailFailedStart = "failed:";

    public const string MailFailedEnd = "failed;";

    /// <summary>Where the rows of mails that wait for a person begin, the newest first.</summary>
    public const string OpenMailStart = "open:";

    public const string OpenMailEnd = "open;";

    /// <summary>Where the rows of mails whose text is still to be erased begin.</summary>
    public const string SecretMailStart = "secret:";

    public const string SecretMailEnd = "secret;";

    /// <summary>Partition of a mailbox: <c>@secretary@committee.example</c>. No committee's id holds an at sign.</summary>
    public static string MailboxPartition(string address) => "@" + MailboxName(address);

    /// <summary>Row of a mailbox in <see cref="MailboxesPartition"/>.</summary>
    public static string MailboxDue(string address) => MailboxName(address);

    /// <summary>Row of a mailbox: that a committee uses it.</summary>
    public static string MailboxUser(string committee) => MailboxUserStart + committee;

    /// <summary>The committee of <see cref="MailboxUser"/>.</summary>
    public static string MailboxUserIn(string row) => row[MailboxUserStart.Length..];

    /// <summary>Id of a mail in its committee: a hash of its Message-ID.</summary>
    public static string MailId(string messageId) => Digest(messageId);

    /// <summary>Id of another message that has the Message-ID of one that was taken before.</summary>
    /// <param name="graphId">Graph's immutable id, which tells the two apart.</param>
    public static string MailCopyId(string messageId, string graphId) => $"{Digest(messageId)}-{Digest(graphId)[..16]}";

    /// <summary>Row that says that a mail was taken, and leads to <see cref="MailEntry"/>.</summary>
    public static string MailSeen(string id) => $"seen:{id}";

    /// <summary>Row of how often a mail could not be taken.</summary>
    /// <param name="graphId">Graph's immutable id, which may hold what a key must not.</param>
    public static string MailFailed(string graphId) => MailFailedStart + Digest(graphId);

    /// <summary>Row of a mail; sorts by when it was received, the newest first.</summary>
    public static string MailEntry(DateTimeOffset received, string id) => $"{MailStart}{NewestFirst(received)}:{id}";

    /// <summary>Row that is there as long as a mail waits for a person.</summary>
    public static string OpenMail(DateTimeOffset received, string id) => $"{OpenMailStart}{NewestFirst(received)}:{id}";

    /// <summary>Row that is there as long as the text of a mail is still to be erased.</summary>
    public static string SecretMail(DateTimeOffset received, string id) => $"{SecretMailStart}{NewestFirst(received)}:{id}";

    /// <summary>The first row that may come after one that ends in an id.</summary>
    public static string Behind(string row) => row + "!";

    /// <summary>The mail's id, from any of its rows that sort by time.</summary>
    public static string MailIdIn(string row) => row[(row.LastIndexOf(':') + 1)..];

    /// <summary>Blob of a raw mail: <c>bsc/3f9a....eml</c>.</summary>
    public static string RawMail(string committee, string id) => $"{committee}/{id}.eml";

    /// <summary>Blob whose lease lets one collector at a time read a mailbox.</summary>
    public static string MailboxLease(string address) => $"@mailboxes/{MailboxName(address)}";

    /// <summary>Row of a subscription in <see cref="SubscriptionsPartition"/>; the id comes from outside.</summary>
    public static string SubscriptionRow(string id) => Digest(id);

    private static string MailboxName(string address) =>
        Uri.EscapeDataString(address.ToLowerInvariant()).Replace("%40", "@", StringComparison.Ordinal).Replace('%', '=');

    private static string NewestFirst(DateTimeOffset moment) =>
        (DateTimeOffset.MaxValue.UtcTicks - moment.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);
}
