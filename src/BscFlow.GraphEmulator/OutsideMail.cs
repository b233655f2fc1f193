using BscFlow.GraphEmulator.Transport;

namespace BscFlow.GraphEmulator;

/// <summary>A mail from a server that the emulator does not play.</summary>
public sealed record OutsideMail
{
    /// <summary>The whole message, RFC 5322.</summary>
    public required byte[] Mime { get; init; }

    /// <summary>Mailboxes here that it is for; a plus tag is fine.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>The envelope's sender; empty for a bounce.</summary>
    public string ReturnPath { get; init; } = "";

    /// <summary>One Authentication-Results header each, on top; empty for none. <see cref="Pass"/> is an honest one.</summary>
    public IReadOnlyList<string> AuthenticationResults { get; init; } = [];

    /// <summary>Value of X-MS-Exchange-Organization-AuthAs; null: Anonymous.</summary>
    public string? AuthAs { get; init; }

    /// <summary>What Exchange writes for a mail that passed SPF, DKIM and DMARC for this domain.</summary>
    public static string Pass(string domain) => Stamp.Pass(domain, domain);
}
