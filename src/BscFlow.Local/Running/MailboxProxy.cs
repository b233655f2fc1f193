using System.Net;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;

namespace BscFlow.Local.Running;

/// <summary>Shows the emulator's pages at the run's own address, so that they too have the clock on top.</summary>
internal sealed class MailboxProxy(Uri emulator) : IDisposable
{
    public const string Path = "/mailboxes";

    private static readonly string[] Answered =
        [HeaderNames.ContentType, HeaderNames.ContentDisposition, HeaderNames.Location, HeaderNames.ContentSecurityPolicy];

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = emulator,
    };

    public async Task ForwardAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        using var request = new HttpRequestMessage(
            HttpMethod.Parse(context.Request.Method),
            UriHelper.BuildRelative(default, context.Request.Path, context.Request.QueryString));
        if (HttpMethods.IsPost(context.Request.Method))
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation(HeaderNames.ContentType, context.Request.ContentType);
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (Answered.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        if (answer.StatusCode != HttpStatusCode.NotModified)
        {
            await answer.Content.CopyToAsync(context.Response.Body, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();
}
