using System.Text;
using BscFlow.Publishing;
using BscFlow.Web;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace BscFlow.Local.Time;

/// <summary>Puts the <see cref="TimeBar"/> on every page that goes out, whoever wrote it.</summary>
internal sealed class TimeBarMiddleware(RequestDelegate next, TimeBar bar)
{
    private readonly BarredPages _pages = new();

    public async Task InvokeAsync(HttpContext context)
    {
        // The bar goes into a page as it is read; what comes of it is compressed here.
        var request = context.Request;
        var accepted = request.Headers.AcceptEncoding;
        if (request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            request.Headers.Remove(HeaderNames.AcceptEncoding);
        }

        var response = context.Response;
        var body = response.Body;
        CachedFile? known = null;
        await using var held = new PageStream(
            body,
            () => !IsPage(response) ? Passage.Through : (known = _pages.Find(KeyOf(context))) is null ? Passage.Held : Passage.Dropped);
        response.Body = held;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = body;
        }

        if (response.HasStarted)
        {
            return;
        }

        if (known is null && held.Page is { } page)
        {
            known = _pages.Keep(KeyOf(context), Insert(page.Span, bar.Body(request.Path, Back(request))));
        }

        if (known is not null)
        {
            await SendAsync(context, known, accepted);
        }
    }

    private static async Task SendAsync(HttpContext context, CachedFile page, StringValues accepted)
    {
        var (encoding, content) = SiteResponse.Choose(page, accepted);
        var response = context.Response;

        // With the time on it a page is another one each minute: what a validator says of it would be wrong.
        response.Headers.Remove(HeaderNames.ETag);
        response.Headers.Remove(HeaderNames.LastModified);
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLength = content.Length;
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    /// <summary>What a page with the bar on it is made of; null for one that is another each time it is asked for.</summary>
    private BarredPage? KeyOf(HttpContext context) =>
        context.Response is { StatusCode: StatusCodes.Status200OK, Headers: { ETag: [{ } etag], SetCookie.Count: 0 } }
        && HttpMethods.IsGet(context.Request.Method)
            ? new(Back(context.Request), etag, bar.Minute)
            : null;

    /// <remarks>What is sent to be saved, such as an attachment of a mail, is kept as it is.</remarks>
    private static bool IsPage(HttpResponse response) =>
        response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true
        && response.Headers.ContentEncoding.Count == 0
        && response.Headers.ContentDisposition.Count == 0;

    /// <summary>A page that answers a form cannot be asked for again; the one with the form can.</summary>
    private static string Back(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            ? request.PathBase + request.Path + request.QueryString
            : Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var referer) ? referer.PathAndQuery : "/";

    private static byte[] Insert(ReadOnlySpan<byte> page, string bar)
    {
        var head = page.IndexOf("</head>"u8);
        var body = head < 0 ? -1 : page[head..].IndexOf("<body"u8);
        var end = body < 0 ? -1 : page[(head + body)..].IndexOf((byte)'>');
        if (end < 0)
        {
            return page.ToArray();
        }

        var start = head + body + end + 1;
        return
        [
            .. page[..head],
            .. Encoding.UTF8.GetBytes(TimeBar.Head),
            .. page[head..start],
            .. Encoding.UTF8.GetBytes($"\n{bar}"),
            .. page[start..],
        ];
    }
}
