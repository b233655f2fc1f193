using System.Globalization;
using System.Text;

namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Table of the mails that must leave once; partition: committee.</summary>
    public const string OutboxTable = "Outbox";

    /// <summary>Where the rows of waiting mails begin; no other row of the table sorts between this and the end.</summary>
    public const string OutboxWaitingFrom = "waiting:";

    /// <summary>The first row key after all that start with <see cref="OutboxWaitingFrom"/>.</summary>
    public const string OutboxWaitingEnd = "waiting;";

    /// <summary>Longest key of a mail: escaped and with its prefix it fits the table's 1 KiB, and a Graph filter.</summary>
    public const int LongestMailKey = 200;

    /// <summary>Row of a mail, for as long as the committee lives.</summary>
    public static string OutboxMail(string key) => Escaped(key);

    /// <summary>Row that exists while the mail has not left.</summary>
    public static string OutboxWaiting(string key) => OutboxWaitingFrom + Escaped(key);

    /// <summary>The mail's key back from the row that <see cref="OutboxWaiting"/> named.</summary>
    public static string OutboxKeyOfWaiting(string row) => Unescaped(row.AsSpan(OutboxWaitingFrom.Length));

    /// <summary>
    /// Writes what a table key must not hold as <c>=XXXX</c>: <c>/ \ # ?</c> and control characters. Also <c>' % :</c> and <c>=</c>
    /// itself, so that no quoting is ever at stake and no mail's row looks like a waiting one.
    /// </summary>
    private static string Escaped(string key)
    {
        var escaped = new StringBuilder(key.Length);
        foreach (var character in key)
        {
            _ = character is '/' or '\\' or '#' or '?' or '\'' or '%' or ':' or '=' || char.IsControl(character) || char.IsSurrogate(character)
                ? escaped.Append(CultureInfo.InvariantCulture, $"={(int)character:X4}")
                : escaped.Append(character);
        }

        return escaped.ToString();
    }

    private static string Unescaped(ReadOnlySpan<char> escaped)
    {
        var key = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '=')
            {
                key.Append((char)ushort.Parse(escaped.Slice(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                key.Append(escaped[i]);
            }
        }

        return key.ToString();
    }
}
