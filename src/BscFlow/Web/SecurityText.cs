using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace BscFlow.Web;

/// <summary>Whom to tell of a hole: <c>security.txt</c> by RFC 9116; there is none without <see cref="BscFlowOptions.SecurityContact"/>.</summary>
internal static class SecurityText
{
    public const string Path = "/.well-known/security.txt";

    /// <summary>The RFC asks for less than a year; whoever reads it later asks again.</summary>
    private static readonly TimeSpan Valid = TimeSpan.FromDays(180);

    public static Results<ContentHttpResult, NotFound> Get(IOptions<BscFlowOptions> options, TimeProvider clock)
    {
        if (options.Value.SecurityContact is not { } contact)
        {
            return TypedResults.NotFound();
        }

        var expires = clock.GetUtcNow().UtcDateTime.Date + Valid;
        return TypedResults.Text(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Contact: {contact}
            Expires: {expires:yyyy-MM-dd'T'HH:mm:ss'Z'}
            Preferred-Languages: en
            Canonical: {new Uri(options.Value.SiteAddress!, Path)}

            """));
    }
}
