using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Web;

/// <summary>How much one caller may send, and how often.</summary>
internal static class Limits
{
    /// <summary>The longest minutes are a tenth of it.</summary>
    public const int BodyBytes = 1024 * 1024;

    /// <summary>A table of a million voters, from whoever may open a vote.</summary>
    public const int VotersBytes = 96 * 1024 * 1024;

    /// <summary>Of one address, without a key. A page is three requests or four.</summary>
    public const int RequestsAMinute = 300;

    private const int Segments = 6;

    /// <summary>Bits of an IPv6 address that one customer of a provider shares.</summary>
    private const int NetworkBytes = 8;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(PartitionOf);
        options.OnRejected = RefuseAsync;
    });

    /// <remarks>Counted in each instance; there are few, and the platform adds one only for load that is real.</remarks>
    public static IApplicationBuilder UseLimits(this IApplicationBuilder app) => app.UseRateLimiter();

    /// <summary>Where it is known who asks for what: strangers have come to no route that takes much.</summary>
    public static IApplicationBuilder UseBodyLimit(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var most = context.GetEndpoint()?.Metadata.GetMetadata<TakesVoters>() is null ? BodyBytes : VotersBytes;
        if (context.Request.ContentLength > most)
        {
            return RefuseBodyAsync(context, most);
        }

        // A body whose length is not said is cut off at the limit, which the reader of it sees as a bad request of this status.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = most;
        }

        return next(context);
    });

    /// <summary>Who calls: by App Service's own word where the app stands behind it, else by the connection.</summary>
    /// <returns>Null for a caller on this machine.</returns>
    internal static string? CallerOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null || IPAddress.IsLoopback(address))
        {
            // The front end adds the address that it saw as the last one; those before it are what the caller claims.
            var last = context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
            if (!IPEndPoint.TryParse(last, out var seen))
            {
                return null;
            }

            address = seen.Address;
        }

        return address.GetAddressBytes() is { Length: > 4 } six && !address.IsIPv4MappedToIPv6
            ? Convert.ToHexString(six.AsSpan(0, NetworkBytes))
            : address.MapToIPv4().ToString();
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext context)
    {
        if (CallerOf(context) is not { } caller
            || context.RequestServices.GetRequiredService<Access>().FindProgram(context) is not null)
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        return RateLimitPartition.GetSlidingWindowLimiter(caller, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = RequestsAMinute,
            Window = Window,
            SegmentsPerWindow = Segments,
            QueueLimit = 0,
        });
    }

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        rejected.HttpContext.Response.Headers.RetryAfter =
            (Window / Segments).TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await SayAsync(
            rejected.HttpContext, StatusCodes.Status429TooManyRequests, "Too many requests from your address; wait a moment.");
    }

    private static Task RefuseBodyAsync(HttpContext context, int most) =>
        SayAsync(context, StatusCodes.Status413PayloadTooLarge, $"More than {most} bytes are not taken.");

    private static Task SayAsync(HttpContext context, int status, string words) => ErrorPages.WantsPage(context.Request)
        ? ErrorPages.ShowAsync(context, status)
        : TypedResults.Problem(words, statusCode: status).ExecuteAsync(context);
}

/// <summary>A route that takes a table of voters.</summary>
internal sealed class TakesVoters
{
    public static readonly TakesVoters Many = new();
}
