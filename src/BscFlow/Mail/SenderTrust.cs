using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;

namespace BscFlow.Mail;

/// <summary>Whether a mail comes from the address that its From names, and how we know.</summary>
/// <param name="Reason">In words, for the row that says what a mail was taken for.</param>
public abstract record SenderTrust(string Reason)
{
    private const string AuthAs = "X-MS-Exchange-Organization-AuthAs";

    /// <summary>Known by this alone, that the mail was sent inside the tenant.</summary>
    private bool ByTenant { get; init; }

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = false };

    /// <summary>The sender is who From says.</summary>
    public sealed record Authenticated(string Address, string Reason) : SenderTrust(Reason);

    /// <summary>
    /// From is authenticated, but another person sent the mail in its name: counts only for a registered proxy.
    /// </summary>
    /// <param name="Address">Whom From names.</param>
    /// <param name="Sender">Who sent it.</param>
    public sealed record Delegated(string Address, string Sender, string Reason) : SenderTrust(Reason);

    /// <summary>Nothing proves who sent it. It is never counted.</summary>
    /// <param name="Address">What From names, where it names one address.</param>
    public sealed record Doubtful(string? Address, string Reason) : SenderTrust(Reason);

    /// <summary>
    /// Judges the headers that the receiving Exchange stored: exactly one Authentication-Results with exactly one dmarc result,
    /// which is <c>pass</c> for the domain of From; or, for mail from inside the tenant, AuthAs exactly <c>Internal</c>.
    /// </summary>
    /// <remarks>
    /// The header bears no server name by which one could know one's own, so a second one, or anything in it that could be read
    /// in two ways, is reason to doubt. <c>compauth=pass</c> proves nothing: it also stands for guesses and overrides.
    /// </remarks>
    public static SenderTrust Judge(HeaderList headers)
    {
        if (ReadFrom(headers, out var from) is { } unreadable)
        {
            return new Doubtful(from, unreadable);
        }

        var trust = JudgeTenant(headers, from!) ?? JudgeResults(headers, from!);
        return trust is Authenticated ? JudgeDelegate(headers, from!, trust.Reason) with { ByTenant = trust.ByTenant } : trust;
    }

    /// <summary>
    /// What is left of the trust in a mailbox: that a mail was sent inside the tenant proves an address of the tenant's own
    /// domains. A printer or a form behind a relay that the tenant takes for its own may write any From.
    /// </summary>
    /// <param name="mailbox">Its address, whose domain is one of them.</param>
    /// <param name="domains">The others.</param>
    public SenderTrust In(string mailbox, IReadOnlyCollection<string> domains)
    {
        var address = this switch
        {
            Authenticated from => from.Address,
            Delegated by => by.Address,
            _ => null,
        };
        if (!ByTenant || address is null || Canonical(DomainOf(address)) is not { } domain)
        {
            return this;
        }

        return domains.Append(DomainOf(mailbox)).Any(own => Canonical(own) == domain)
            ? this
            : new Doubtful(address, $"it was sent inside the tenant, which proves nothing of {domain}");
    }

    /// <summary>A domain as it stands in DNS: lower-case, punycode, without the last dot. Null when it is none.</summary>
    public static string? Canonical(string domain)
    {
        try
        {
            return domain.Length == 0 ? null : Idn.GetAscii(domain.TrimEnd('.')).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Reads the one address of the one From header; otherwise says what is wrong with it.</summary>
    private static string? ReadFrom(HeaderList headers, out string? address)
    {
        address = null;
        var all = headers.Where(header => header.Id == HeaderId.From).ToArray();
        if (all.Length != 1)
        {
            return all.Length == 0 ? "it has no From" : $"it has {all.Length} From headers";
        }

        var raw = Encoding.UTF8.GetString(all[0].RawValue);
        if (raw.AsSpan().Trim().ContainsAnyInRange('\0', '\u0008') || raw.Contains('\u007F', StringComparison.Ordinal))
        {
            return "its From holds control characters";
        }

        if (!InternetAddressList.TryParse(raw, out var list) || list is not [MailboxAddress mailbox])
        {
            return "its From is not one address";
        }

        address = mailbox.Address;
        if (mailbox.LocalPart.Length == 0
            || Canonical(mailbox.Domain) is null
            || mailbox.Route.Count > 0
            || HasInvisible(mailbox.Address))
        {
            return "its From is no plain address";
        }

        return CountAts(raw) == 1 || mailbox.Name?.Trim().Equals(mailbox.Address, StringComparison.OrdinalIgnoreCase) == true
            ? null
            : "its From can be read as more than one address";
    }

    private static bool HasInvisible(string address)
    {
        foreach (var rune in address.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Counts the @ signs outside quoted strings and comments, where a display name may hold what it likes.</summary>
    private static int CountAts(string raw)
    {
        var count = 0;
        var comment = 0;
        var quoted = false;
        for (var i = 0; i < raw.Length; i++)
        {
            switch (raw[i])
            {
                case '\\':
                    i++;
                    break;
                case '"' when comment == 0:
                    quoted = !quoted;
                    break;
                case '(' when !quoted:
                    comment++;
                    break;
                case ')' when !quoted && comment > 0:
                    comment--;
                    break;
                case '@' when !quoted && comment == 0:
                    count++;
                    break;
                default:
                    break;
            }
        }

        return count;
    }

    /// <summary>Null when the mail does not claim to come from inside the tenant.</summary>
    private static SenderTrust? JudgeTenant(HeaderList headers, string from)
    {
        var claims = headers.Where(header => header.Field.Trim().Equals(AuthAs, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (claims.Length > 1)
        {
            return new Doubtful(from, $"it has {claims.Length} headers {AuthAs}");
        }

        if (claims is not [{ Value: var value }] || value.Trim() != "Internal")
        {
            return null;
        }

        return AuthenticationResultsOf(headers) switch
        {
            [] => new Authenticated(from, "it was sent inside the tenant") { ByTenant = true },
            [var only] when Parse(only) is { } read && read.Results.All(result => !IsDmarc(result) || result.Result == "none") =>
                new Authenticated(from, "it was sent inside the tenant") { ByTenant = true },
            _ => null,
        };
    }

    private static SenderTrust JudgeResults(HeaderList headers, string from)
    {
        var all = AuthenticationResultsOf(headers);
        if (all is not [var raw])
        {
            return new Doubtful(from, $"it has {(all.Count == 0 ? "no" : all.Count)} Authentication-Results");
        }

        if (Parse(raw) is not { } results)
        {
            return new Doubtful(from, "its Authentication-Results cannot be read in one way only");
        }

        if (results.Results.Where(IsDmarc).ToArray() is not [var dmarc])
        {
            return new Doubtful(from, "its Authentication-Results does not hold exactly one dmarc result");
        }

        if (!dmarc.Result.Equals("pass", StringComparison.OrdinalIgnoreCase))
        {
            return new Doubtful(from, $"dmarc={dmarc.Result}");
        }

        var domains = dmarc.Properties
            .Where(property => property.PropertyType.Equals("header", StringComparison.OrdinalIgnoreCase)
                && property.Property.Equals("from", StringComparison.OrdinalIgnoreCase))
            .Select(property => Canonical(property.Value))
            .ToArray();
        var domain = Canonical(DomainOf(from));
        return domains is [{ } passed] && passed == domain
            ? new Authenticated(from, $"dmarc=pass for {domain}")
            : new Doubtful(from, $"dmarc=pass is not for {domain}");
    }

    private static SenderTrust JudgeDelegate(HeaderList headers, string from, string reason)
    {
        var senders = headers.Where(header => header.Id == HeaderId.Sender).ToArray();
        if (senders.Length == 0)
        {
            return new Authenticated(from, reason);
        }

        if (senders is not [var only] || !MailboxAddress.TryParse(only.RawValue, out var sender))
        {
            return new Doubtful(from, "its Sender is not one address");
        }

        return sender.Address.Equals(from, StringComparison.OrdinalIgnoreCase)
            ? new Authenticated(from, reason)
            : new Delegated(from, sender.Address, $"{sender.Address} sent it for {from}; {reason}");
    }

    private static List<byte[]> AuthenticationResultsOf(HeaderList headers) =>
        [.. headers.Where(header => header.Field.Trim().Equals("Authentication-Results", StringComparison.OrdinalIgnoreCase))
            .Select(header => header.RawValue)];

    private static bool IsDmarc(AuthenticationMethodResult result) =>
        result.Method.Equals("dmarc", StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses the header if it can be read in one way only: the word dmarc once, brackets and quotes closed.</summary>
    private static AuthenticationResults? Parse(byte[] raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        var first = text.IndexOf("dmarc", StringComparison.OrdinalIgnoreCase);
        var repeated = first >= 0 && text.IndexOf("dmarc", first + 1, StringComparison.OrdinalIgnoreCase) >= 0;
        return !repeated && IsBalanced(text) && AuthenticationResults.TryParse(raw, out var results) ? results : null;
    }

    private static bool IsBalanced(string text)
    {
        var depth = 0;
        var quotes = 0;
        foreach (var c in text)
        {
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            quotes += c == '"' ? 1 : 0;
            if (depth is < 0 or > 1 || c is '\\' or '\0')
            {
                return false;
            }
        }

        return depth == 0 && quotes % 2 == 0;
    }

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}
