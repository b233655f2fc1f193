using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Table of the mails that must leave once; partition: committee.</summary>
    public const string OutboxTable = "Outbox";

    /// <summary>Characters that a row key may have: 1 KiB of UTF-16.</summary>
    public const int LongestRow = 512;

    /// <summary>Where the rows of waiting mails begin; a mail's own row holds no colon.</summary>
    public const string OutboxWaitingStart = "waiting:";

    /// <summary>The first row after all that begin with <see cref="OutboxWaitingStart"/>.</summary>
    public const string OutboxWaitingEnd = "waiting;";

    /// <summary>Where the rows of mails to many that are not let go yet begin, those of an earlier moment first.</summary>
    public const string OutboxBulkStart = "bulk:";

    /// <summary>The first row after all that begin with <see cref="OutboxBulkStart"/>.</summary>
    public const string OutboxBulkEnd = "bulk;";

    /// <summary>Row that is there until a mail to many is let go, beside its <see cref="OutboxMail"/>.</summary>
    /// <param name="since">The moment to which all of them belong.</param>
    public static string OutboxBulk(DateTimeOffset since, string mailRow) => string.Create(
        CultureInfo.InvariantCulture, $"{OutboxBulkStart}{since.UtcDateTime:yyyyMMdd'T'HHmmssfff}:{mailRow}");

    /// <summary>The row of the mail for which another row stands.</summary>
    public static string OutboxMailIn(string row) => row[(row.LastIndexOf(':') + 1)..];

    /// <summary>Where the rows of mails about a motion whose copies are to be erased begin.</summary>
    public static string OutboxCopies(string motion) => $"copy:{motion}:";

    /// <summary>Row that is there until the mailbox's copy of a mail about a motion is erased.</summary>
    public static string OutboxCopy(string motion, string key) => OutboxCopies(motion) + OutboxMail(key);

    /// <summary>Row of a mail, for good: <c>agenda|0062|joe</c>.</summary>
    /// <remarks>
    /// Whatever a table key must not hold stands as <c>=2F</c>. The vertical line, which parts the keys of mails, stays readable.
    /// </remarks>
    public static string OutboxMail(string key) =>
        Uri.EscapeDataString(key).Replace("%7C", "|", StringComparison.Ordinal).Replace('%', '=');

    /// <summary>Row that is there until the mail has left, beside its <see cref="OutboxMail"/>.</summary>
    public static string OutboxWaiting(string mailRow) => OutboxWaitingStart + mailRow;

    /// <summary>The mail's key back from any row that stands for it.</summary>
    public static string OutboxKey(string row) => Uri.UnescapeDataString(OutboxMailIn(row).Replace('=', '%'));

    /// <summary>Row that leads from the Message-ID of a mail that has left back to its key.</summary>
    public static string OutboxSent(string messageId) => $"sent:{Digest(messageId.Trim('<', '>'))}";

    /// <summary>Row that leads from a conversation to the key of the last mail that has left in it.</summary>
    public static string OutboxConversation(string conversation) => $"conversation:{Digest(conversation)}";

    /// <summary>What a mailbox, which several committees may share, calls a committee's mail.</summary>
    public static string MailboxKey(string committee, string key) => $"{committee}|{key}";

    /// <summary>SHA-256 in hexadecimal, for what is too long for a key or holds what a key must not.</summary>
    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
