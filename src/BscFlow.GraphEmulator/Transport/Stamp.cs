using System.Text;
using MimeKit.Utils;

namespace BscFlow.GraphEmulator.Transport;

/// <summary>
/// What the receiving server writes on top of a mail: the headers that say where it came from and what was verified.
/// </summary>
/// <remarks>
/// Forms as Exchange Online writes them; the addresses of servers are from the ranges set aside for documentation.
/// </remarks>
internal static class Stamp
{
    private const string Organization = "X-MS-Exchange-Organization-";

    /// <summary>A mail that passed SPF, DKIM and DMARC for the domain of its From.</summary>
    public static IReadOnlyList<string> FromOutside(string fromDomain, string returnPathDomain) =>
    [
        $"Authentication-Results: {Pass(fromDomain, returnPathDomain)}",
        $"Received-SPF: Pass (protection.outlook.com: domain of {returnPathDomain} designates 203.0.113.25 as permitted sender)",
        .. Anonymous,
    ];

    /// <summary>A mail whose checks somebody else decided, header by header; none at all when the list is empty.</summary>
    public static IReadOnlyList<string> Chosen(IEnumerable<string> authenticationResults, string? authAs) =>
    [
        .. authenticationResults.Select(value => $"Authentication-Results: {value}"),
        .. authAs is null ? Anonymous : [$"{Organization}AuthAs: {authAs}", $"{Organization}AuthSource: MAIL.PROD.OUTLOOK.COM"],
    ];

    /// <summary>A mail from one mailbox of the tenant to another: not signed, no DMARC pass.</summary>
    public static IReadOnlyList<string> InsideTenant(string fromDomain) =>
    [
        $"Authentication-Results: dkim=none (message not signed) header.d=none;dmarc=none action=none header.from={fromDomain};",
        $"{Organization}AuthAs: Internal",
        $"{Organization}AuthMechanism: 04",
        $"{Organization}AuthSource: MAIL.PROD.OUTLOOK.COM",
    ];

    public static string Pass(string fromDomain, string returnPathDomain) =>
        $"spf=pass (sender IP is 203.0.113.25) smtp.mailfrom={returnPathDomain}; dkim=pass (signature was verified) "
        + $"header.d={fromDomain};dmarc=pass action=none header.from={fromDomain};compauth=pass reason=100";

    /// <summary>
    /// The mail as it lies in the recipient's mailbox. Results that the mail brought along are renamed and organization
    /// headers dropped, as Exchange does; every other byte stays as it came.
    /// </summary>
    public static byte[] Put(byte[] mime, string returnPath, IReadOnlyList<string> headers, string recipient, DateTimeOffset now)
    {
        var result = new MemoryStream();
        Line($"Received: from mail.{Domain(returnPath, "bounces.example")} (203.0.113.25) "
            + "by mail.prod.outlook.com (198.51.100.7) with "
            + $"Microsoft SMTP Server (version=TLS1_3) id 15.20.1.0 for <{recipient}>; {DateUtils.FormatDate(now)}");
        Line($"Return-Path: {(returnPath.Length > 0 ? returnPath : "<>")}");
        foreach (var header in headers)
        {
            Line(header);
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var position = 0;
        while (NextField(mime, position) is { Length: > 0 } field)
        {
            position += field.Length;
            var name = Name(field);
            seen.Add(name);
            if (name.Equals("Authentication-Results", StringComparison.OrdinalIgnoreCase))
            {
                result.Write("Authentication-Results-Original"u8);
                result.Write(field, name.Length, field.Length - name.Length);
            }
            else if (!name.StartsWith(Organization, StringComparison.OrdinalIgnoreCase)
                && !name.Equals("Return-Path", StringComparison.OrdinalIgnoreCase))
            {
                result.Write(field);
            }
        }

        if (position > 0 && mime[position - 1] != '\n')
        {
            // A mail that ends within its headers.
            result.Write("\r\n"u8);
        }

        if (!seen.Contains("Message-ID"))
        {
            Line($"Message-ID: {Mailboxes.Ids.NewMessageId("mail.prod.outlook.com")}");
        }

        if (!seen.Contains("Date"))
        {
            Line($"Date: {DateUtils.FormatDate(now)}");
        }

        result.Write(mime, position, mime.Length - position);
        return result.ToArray();

        void Line(string text) => result.Write(Encoding.UTF8.GetBytes(text + "\r\n"));
    }

    public static string Domain(string address, string otherwise) =>
        address.LastIndexOf('@') is >= 0 and var at ? address[(at + 1)..] : otherwise;

    private static IReadOnlyList<string> Anonymous =>
        [$"{Organization}AuthAs: Anonymous", $"{Organization}AuthSource: MAIL.PROD.OUTLOOK.COM"];

    /// <summary>The bytes of one header field with its folded lines; empty at the line that ends the headers.</summary>
    private static byte[] NextField(byte[] mime, int start)
    {
        var end = start;
        do
        {
            var line = Array.IndexOf(mime, (byte)'\n', end);
            end = line < 0 ? mime.Length : line + 1;
        }
        while (end < mime.Length && mime[end] is (byte)' ' or (byte)'\t');

        var field = mime[start..end];
        return field.AsSpan().Trim("\r\n"u8).IsEmpty ? [] : field;
    }

    private static string Name(byte[] field)
    {
        var colon = Array.IndexOf(field, (byte)':');
        return Encoding.ASCII.GetString(field, 0, Math.Max(colon, 0)).TrimEnd();
    }
}
