using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BscFlow.Web;

/// <summary>Who may use the desk and the programming interface: whoever holds the desk key.</summary>
/// <remarks>A program sends the key with each request; a person enters once by a link and then holds a cookie.</remarks>
public sealed class Access(IOptions<BscFlowOptions> options, IDataProtectionProvider protection)
{
    /// <summary>Header in which a program sends the key; the name that Azure Functions uses.</summary>
    public const string KeyHeader = "x-functions-key";

    private const string CookieName = "bscflow-desk";

    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.Value.DeskKey);

    private readonly ITimeLimitedDataProtector _sessions =
        protection.CreateProtector("desk-session").ToTimeLimitedDataProtector();

    /// <summary>Whether a program's request carries the key.</summary>
    public bool HoldsKey(HttpContext context) => IsKey(context.Request.Headers[KeyHeader].ToString());

    /// <summary>Whether a person's request carries a session that has not ended.</summary>
    public bool HasSession(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } cookie)
        {
            return false;
        }

        try
        {
            _sessions.Unprotect(cookie);
            return true;
        }
        catch (CryptographicException)
        {
            // Ended, made by another deployment, or made up: no session, and no fault of ours.
            return false;
        }
    }

    /// <summary>Starts a session for whoever comes with the key.</summary>
    public bool TryEnter(HttpContext context, string key)
    {
        if (!IsKey(key))
        {
            return false;
        }

        context.Response.Cookies.Append(
            CookieName,
            _sessions.Protect("secretary", SessionLength),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                MaxAge = SessionLength,
                Path = "/",
            });
        return true;
    }

    private bool IsKey(string sent) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent)), SHA256.HashData(_key));
}

/// <summary>Closes the desk and the programming interface, before anything of a request is read, to those without right.</summary>
internal static class AccessGate
{
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var access = context.RequestServices.GetRequiredService<Access>();
        var path = context.Request.Path;
        if (path.StartsWithSegments("/api") && !access.HoldsKey(context))
        {
            return RefuseAsync(context, $"Send the desk key in the header {Access.KeyHeader}.");
        }

        if (path.StartsWithSegments("/desk") && !path.StartsWithSegments("/desk/enter") && !access.HasSession(context))
        {
            return RefuseAsync(context, "Open the desk by the link that was given to the secretary.");
        }

        return next(context);
    });

    private static Task RefuseAsync(HttpContext context, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
}
