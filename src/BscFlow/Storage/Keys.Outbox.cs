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

    /// <summary>Row of a mail, for good: <c>agenda|0062|joe</c>.</summary>
    /// <remarks>
    /// Whatever a table key must not hold stands as <c>=2F</c>. The vertical line, which parts the keys of mails, stays readable.
    /// </remarks>
    public static string OutboxMail(string key) =>
        Uri.EscapeDataString(key).Replace("%7C", "|", StringComparison.Ordinal).Replace('%', '=');

    /// <summary>Row that is there until the mail has left, beside its <see cref="OutboxMail"/>.</summary>
    public static string OutboxWaiting(string mailRow) => OutboxWaitingStart + mailRow;

    /// <summary>The mail's key back from either row.</summary>
    public static string OutboxKey(string row) => Uri.UnescapeDataString(
        (row.StartsWith(OutboxWaitingStart, StringComparison.Ordinal) ? row[OutboxWaitingStart.Length..] : row)
            .Replace('=', '%'));
}
