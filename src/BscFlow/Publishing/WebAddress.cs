using System.Text.RegularExpressions;

namespace BscFlow.Publishing;

/// <summary>Addresses in minutes, without those who would watch who follows them.</summary>
internal static partial class WebAddress
{
    private const int MostWrappers = 4;

    /// <summary>
    /// Where a link really leads: out of the redirects that mail systems and search engines wrap around it (Safelinks, Proofpoint,
    /// Google), and without parameters that only track, or that hold a mail address.
    /// </summary>
    public static string Of(string url)
    {
        for (var i = 0; i < MostWrappers && Unwrap(url) is { } inner; i++)
        {
            url = inner;
        }

        return WithoutTracking(url);
    }

    private static string? Unwrap(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            return null;
        }

        var host = address.Host;
        var inner = host.EndsWith(".safelinks.protection.outlook.com", StringComparison.OrdinalIgnoreCase) ? Parameter(address, "url")
            : host is "www.google.com" or "google.com" && address.AbsolutePath == "/url" ? Parameter(address, "q") ?? Parameter(address, "url")
            : host is "l.facebook.com" or "lm.facebook.com" && address.AbsolutePath == "/l.php" ? Parameter(address, "u")
            : host.EndsWith("slack-redir.net", StringComparison.OrdinalIgnoreCase) ? Parameter(address, "url")
            : host == "urldefense.com" && Proofpoint3().Match(url) is { Success: true } wrapped ? WithTwoSlashes(wrapped.Groups[1].Value)
            : host == "urldefense.proofpoint.com" && Parameter(address, "u") is { } coded ? Uri.UnescapeDataString(coded.Replace('-', '%').Replace('_', '/'))
            : null;
        return inner is not null && inner.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? inner : null;
    }

    private static string? Parameter(Uri address, string name)
    {
        foreach (var part in address.Query.TrimStart('?').Split('&'))
        {
            if (part.StartsWith(name + "=", StringComparison.Ordinal))
            {
                return Uri.UnescapeDataString(part[(name.Length + 1)..].Replace('+', ' '));
            }
        }

        return null;
    }

    private static string WithoutTracking(string url)
    {
        var start = url.IndexOf('?', StringComparison.Ordinal);
        if (start < 0)
        {
            return url;
        }

        var end = url.IndexOf('#', start);
        var query = end < 0 ? url[(start + 1)..] : url[(start + 1)..end];
        var kept = query.Split('&').Where(part => !Tracks().IsMatch(part)).ToList();
        return kept.Count == query.Split('&').Length
            ? url
            : string.Concat(url[..start], kept.Count > 0 ? "?" + string.Join('&', kept) : "", end < 0 ? "" : url[end..]);
    }

    private static string WithTwoSlashes(string url) => OneSlash().Replace(url, "://", 1);

    [GeneratedRegex(@"^https://urldefense\.com/v3/__(.+?)__;", RegexOptions.IgnoreCase)]
    private static partial Regex Proofpoint3();

    [GeneratedRegex("(?<=^https?):/(?!/)", RegexOptions.IgnoreCase)]
    private static partial Regex OneSlash();

    [GeneratedRegex(@"^(?:utm_\w+|fbclid|gclid|mc_eid|mc_cid|usp)=|(?:@|%(?:25)*40)[\w-]+\.", RegexOptions.IgnoreCase)]
    private static partial Regex Tracks();
}
