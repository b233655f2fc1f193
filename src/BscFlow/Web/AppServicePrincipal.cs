using System.Text.Json;
using System.Text.Json.Serialization;

namespace BscFlow.Web;

/// <summary>Reads who was signed in by App Service authentication, which puts it into a header of each request.</summary>
/// <remarks>
/// App Service takes the header from no caller, but only where authentication is on: elsewhere anybody could write it. See
/// "Access user claims" in the documentation of App Service: the header is JSON in Base64, and a claim's type is Entra's own or
/// the older address of it.
/// </remarks>
internal static class AppServicePrincipal
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    /// <summary>The one provider that is configured; another could be asked for an address that it never checked.</summary>
    private const string Entra = "aad";

    private static readonly string[] AddressClaims =
    [
        "preferred_username",
        "upn",
        "email",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    ];

    /// <summary>The addresses of whoever is signed in; none when the header says nothing that can be used.</summary>
    public static IReadOnlyList<string> Addresses(string header)
    {
        try
        {
            var principal = JsonSerializer.Deserialize(Convert.FromBase64String(header), PrincipalJson.Default.ClientPrincipal);
            return principal is { Provider: Entra, Claims: { } claims }
                ? [.. claims.Where(claim => AddressClaims.Contains(claim.Type)).Select(claim => claim.Value).OfType<string>().Distinct()]
                : [];
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            return [];
        }
    }
}

internal sealed record ClientPrincipal(
    [property: JsonPropertyName("auth_typ")] string? Provider,
    [property: JsonPropertyName("claims")] IReadOnlyList<ClientClaim>? Claims);

internal sealed record ClientClaim(
    [property: JsonPropertyName("typ")] string? Type,
    [property: JsonPropertyName("val")] string? Value);

[JsonSerializable(typeof(ClientPrincipal))]
internal sealed partial class PrincipalJson : JsonSerializerContext;
