using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BscFlow.Web;

/// <summary>Says who makes a request. Whether they may do what they ask for, the charter says.</summary>
/// <remarks>
/// A program sends a key with each request. A person is signed in by App Service; where nobody signs people in, as on one
/// machine, they enter once by a link with the desk key and then hold a cookie.
/// </remarks>
public sealed class Access(IOptions<BscFlowOptions> options, IDataProtectionProvider protection, LeftSessions left)
{
    /// <summary>Header in which a program sends its key; the name that Azure Functions uses.</summary>
    public const string KeyHeader = "x-functions-key";

    /// <summary>The desk key's name, as the host of the functions knows it too.</summary>
    private const string DeskKeyName = "desk";

    private readonly BscFlowOptions _options = options.Value;

    private readonly string _cookie = CookieName("bscflow-desk", options.Value);

    private readonly ITimeLimitedDataProtector _sessions =
        protection.CreateProtector("desk-session").ToTimeLimitedDataProtector();

    /// <summary>Where App Service signs people out.</summary>
    internal const string SignOutPath = "/.auth/logout?post_logout_redirect_uri=/";

    /// <summary>Whether App Service signs people in; the link with the key opens nothing then.</summary>
    public bool SignsPeopleIn => _options.SignIn;

    /// <summary>
    /// Cookies know the host and not the port (RFC 6265, 8.5), so that two runs on one machine would sign each other's people out:
    /// where the address has a port, the name has it too.
    /// </summary>
    internal static string CookieName(string name, BscFlowOptions options) =>
        options.SiteAddress is { IsDefaultPort: false, Port: var port } ? string.Create(CultureInfo.InvariantCulture, $"{name}-{port}") : name;

    /// <summary>The holder of the key that a program's request carries; null without one.</summary>
    public Visitor? FindProgram(HttpContext context) => context.Request.Headers[KeyHeader].ToString() is { Length: > 0 } sent
        ? IsKey(sent, _options.DeskKey) ? new Visitor.KeyHolder(DeskKeyName, Committee: null)
            : ApiKey.Of(_options).FirstOrDefault(key => IsKey(sent, key.Value)) is { } found
                ? new Visitor.KeyHolder(found.Name, found.Committee)
                : null
        : null;

    /// <summary>The person who is signed in, or whose session has not ended; null when there is none.</summary>
    public async Task<Visitor?> FindPersonAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (SignsPeopleIn)
        {
            return AppServicePrincipal.Addresses(context.Request.Headers[AppServicePrincipal.Header].ToString()) is { Count: > 0 } addresses
                ? new Visitor.Person(addresses)
                : null;
        }

        return FindSession(context) is { } session && !await left.ContainsAsync(session, cancellationToken)
            ? new Visitor.KeyHolder(DeskKeyName, Committee: null)
            : null;
    }

    /// <summary>Starts a session for whoever comes with the desk key.</summary>
    public bool TryEnter(HttpContext context, string key)
    {
        if (SignsPeopleIn || !IsKey(key, _options.DeskKey))
        {
            return false;
        }

        var session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.Cookies.Append(
            _cookie,
            _sessions.Protect(session, _options.SessionLength),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                MaxAge = _options.SessionLength,
                Path = "/",
            });
        return true;
    }

    /// <summary>Ends the session: a copy of its cookie opens nothing any more.</summary>
    public async Task LeaveAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (FindSession(context) is { } session)
        {
            await left.AddAsync(session, _options.SessionLength, cancellationToken);
        }

        context.Response.Cookies.Delete(_cookie);
    }

    private string? FindSession(HttpContext context)
    {
        if (context.Request.Cookies[_cookie] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            return _sessions.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            // Ended, made by another deployment, or made up: no session, and no fault of ours.
            return null;
        }
    }

    private static bool IsKey(string sent, string key) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(sent)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
