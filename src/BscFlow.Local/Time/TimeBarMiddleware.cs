using System.Text;
using Microsoft.Net.Http.Headers;

namespace BscFlow.Local.Time;

/// <summary>Puts the <see cref="TimeBar"/> on every page that goes out, whoever wrote it.</summary>
internal sealed class TimeBarMiddleware(RequestDelegate next, TimeBar bar)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // The bar goes into a page as it is read, so that a browser is not to get it compressed.
        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Request.Headers.Remove(HeaderNames.AcceptEncoding);
        }

        var response = context.Response;
        var body = response.Body;
        await using var held = new PageStream(body, () => IsPage(response));
        response.Body = held;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = body;
        }

        if (held.Page is not { } page || response.HasStarted)
        {
            return;
        }

        var whole = Insert(page, bar.Body(context.Request.Path, Back(context.Request)));

        // With the time on it a page is another one each minute: what a validator says of it would be wrong.
        response.Headers.Remove(HeaderNames.ETag);
        response.Headers.Remove(HeaderNames.LastModified);
        response.Headers.CacheControl = "no-store";
        response.ContentLength = whole.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await body.WriteAsync(whole, context.RequestAborted);
        }
    }

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

    private static byte[] Insert(ReadOnlySpan<byte> page, string bodyBar)
    {
        var text = Encoding.UTF8.GetString(page);
        var head = text.IndexOf("</head>", StringComparison.OrdinalIgnoreCase);
        var body = text.IndexOf("<body", head < 0 ? 0 : head, StringComparison.OrdinalIgnoreCase);
        var bodyEnd = body < 0 ? -1 : text.IndexOf('>', body);
        if (head < 0 || bodyEnd < 0)
        {
            return page.ToArray();
        }

        return Encoding.UTF8.GetBytes(
            $"{text[..head]}{TimeBar.Head}{text[head..(bodyEnd + 1)]}\n{bodyBar}{text[(bodyEnd + 1)..]}");
    }
}
