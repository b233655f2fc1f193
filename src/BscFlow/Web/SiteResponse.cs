using BscFlow.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace BscFlow.Web;

/// <summary>Sends a published file: compressed as the reader takes it, and not again if they have it.</summary>
public static class SiteResponse
{
    public static Task SendAsync(HttpContext context, CachedFile file)
    {
        var (encoding, content) = Choose(file, context.Request.Headers.AcceptEncoding);
        var response = context.Response;
        var headers = response.Headers;
        var etag = encoding is null ? $"\"{file.Hash}\"" : $"\"{file.Hash}-{encoding}\"";
        headers.ETag = etag;
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (IsKnown(context.Request.Headers.IfNoneMatch, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        headers.ContentType = file.ContentType;
        headers.ContentLength = content.Length;
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    /// <param name="accepted">What the reader takes: the header <c>Accept-Encoding</c>.</param>
    /// <returns>The content, and how it is compressed; null: it is not.</returns>
    public static (string? Encoding, byte[] Content) Choose(CachedFile file, StringValues accepted) =>
        file.Brotli is { } brotli && Takes(accepted, "br") ? ("br", brotli)
        : file.GZip is { } gzip && Takes(accepted, "gzip") ? ("gzip", gzip)
        : (null, file.Content);

    /// <summary>Whether a coding is named, and not with the weight 0. Which of two is preferred is ours to say (RFC 9110, 12.5.3).</summary>
    private static bool Takes(StringValues accepted, string coding)
    {
        foreach (var header in accepted)
        {
            var all = header.AsSpan();
            foreach (var range in all.Split(','))
            {
                var part = all[range].Trim();
                var end = part.IndexOf(';');
                if ((end < 0 ? part : part[..end].TrimEnd()).Equals(coding, StringComparison.OrdinalIgnoreCase))
                {
                    return end < 0 || part[(end + 1)..].Trim() is not ("q=0" or "q=0.0" or "q=0.00" or "q=0.000");
                }
            }
        }

        return false;
    }

    /// <summary>A weak comparison (RFC 9110, 13.1.2): proxies that compress make an ETag weak.</summary>
    private static bool IsKnown(StringValues known, string etag)
    {
        foreach (var header in known)
        {
            var all = header.AsSpan();
            foreach (var range in all.Split(','))
            {
                var part = all[range].Trim();
                if (part is "*" || (part.StartsWith("W/", StringComparison.Ordinal) ? part[2..] : part).SequenceEqual(etag))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
