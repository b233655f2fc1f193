using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace BscFlow.Tests.Web;

/// <summary>A browser without scripts: keeps cookies, reads pages, and sends their forms as they stand.</summary>
internal sealed class PageClient : IDisposable
{
    private readonly HttpClient _http;

    public PageClient(Uri site)
    {
        Cookies = new CookieContainer();
        _http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = site };
    }

    public CookieContainer Cookies { get; }

    public HttpClient Http => _http;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    /// <summary>A page that is there.</summary>
    public async Task<IHtmlDocument> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode}");
        return await ReadAsync(answer);
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancel));

    /// <summary>Sends the form of a page that has a button with these words.</summary>
    /// <param name="fill">What a person changes; a value of null unticks a box.</param>
    public Task<HttpResponseMessage> PressAsync(
        string path, IHtmlDocument page, string button, params (string Name, string? Value)[] fill) =>
        PressAsync(path, page, button, file: null, fill);

    /// <param name="file">What a person chooses; the other fields for files are sent empty, as browsers do.</param>
    public async Task<HttpResponseMessage> PressAsync(
        string path, IHtmlDocument page, string button, (string Name, HttpContent Content)? file, params (string Name, string? Value)[] fill)
    {
        var pressed = page.QuerySelectorAll("form button").OfType<IHtmlButtonElement>()
            .FirstOrDefault(other => other.TextContent.Trim() == button)
            ?? throw new InvalidOperationException($"No button \"{button}\" on {path}: {string.Join(", ", page.QuerySelectorAll("button").Select(b => b.TextContent.Trim()))}");
        var form = pressed.Form!;
        List<KeyValuePair<string, string>> fields = [.. Fields(form).Where(field => fill.All(changed => changed.Name != field.Key))];
        fields.AddRange(fill.Where(changed => changed.Value is not null).Select(changed => KeyValuePair.Create(changed.Name, changed.Value!)));
        if (pressed.Name is { Length: > 0 } name)
        {
            fields.Add(new(name, pressed.Value));
        }

        using HttpContent content = form.Enctype == "multipart/form-data" ? Parts(form, fields, file) : new FormUrlEncodedContent(fields);
        var action = pressed.GetAttribute("formaction") ?? form.GetAttribute("action");
        return await _http.PostAsync(new System.Uri(new System.Uri(_http.BaseAddress!, path), action ?? ""), content, Cancel);
    }

    public void Dispose() => _http.Dispose();

    private static MultipartFormDataContent Parts(
        IHtmlFormElement form, IEnumerable<KeyValuePair<string, string>> fields, (string Name, HttpContent Content)? file)
    {
        MultipartFormDataContent parts = [];
        foreach (var (name, value) in fields)
        {
            parts.Add(new StringContent(value), name);
        }

        foreach (var name in form.Elements.OfType<IHtmlInputElement>().Where(input => input.Type == "file").Select(input => input.Name!))
        {
            var chosen = file?.Name == name;
            var part = chosen ? file!.Value.Content : new ByteArrayContent([]);
            part.Headers.ContentDisposition = new("form-data") { Name = name, FileName = chosen ? "voters.csv" : "\"\"" };
            parts.Add(part);
        }

        return parts;
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" } or IHtmlInputElement { IsDisabled: true }:
                    break;
                case IHtmlInputElement { Name: { Length: > 0 } name } input:
                    yield return new(name, input.Value);
                    break;
                case IHtmlTextAreaElement { Name: { Length: > 0 } name } area:
                    yield return new(name, area.Value);
                    break;
                case IHtmlSelectElement { Name: { Length: > 0 } name } select:
                    yield return new(name, select.Value ?? "");
                    break;
            }
        }
    }
}
