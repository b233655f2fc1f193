using System.Runtime.CompilerServices;
using System.Text;
using BscFlow.Meetings;
using BscFlow.Web.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace BscFlow.Publishing;

/// <summary>The public site of a committee, rendered from its archive: the same archive always gives the same bytes.</summary>
public sealed class Site(IServiceProvider services, ILoggerFactory loggers)
{
    private const string Html = "text/html; charset=utf-8";
    private const string Markdown = "text/markdown; charset=utf-8";

    private static readonly byte[] Icon = Resource(SitePath.Icon);

    /// <summary>The one style sheet, for the pages of the server too.</summary>
    public static ReadOnlyMemory<byte> Style { get; } = Resource(SitePath.Style);

    /// <summary>All files, in the order of their <see cref="SiteStage"/>.</summary>
    public async IAsyncEnumerable<SiteFile> RenderAsync(
        Archive archive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new SiteFile(SitePath.Style, "text/css; charset=utf-8", SiteStage.Asset, Style);
        yield return new SiteFile(SitePath.Icon, "image/svg+xml", SiteStage.Asset, Icon);
        foreach (var year in archive.Years)
        {
            var source = Encoding.UTF8.GetBytes(year.Document.Text);
            yield return new SiteFile(SitePath.YearSource(year.Year), Markdown, SiteStage.Asset, source);
        }

        foreach (var page in Pages(new SiteMap(archive)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new SiteFile(page.Path, Html, page.Stage, await RenderAsync(page));
        }
    }

    private static IEnumerable<SitePage> Pages(SiteMap map)
    {
        for (var i = 0; i < map.Meetings.Count; i++)
        {
            var meeting = map.Meetings[i];
            yield return new SitePage(meeting.Path, SiteStage.Page, typeof(MeetingPage), new()
            {
                ["Map"] = map,
                ["Meeting"] = meeting,
                ["Earlier"] = map.Meetings.ElementAtOrDefault(i + 1),
                ["Later"] = map.Meetings.ElementAtOrDefault(i - 1),
            });
        }

        foreach (var meeting in map.Unpublished)
        {
            var path = SitePath.Meeting(meeting.Number, map.Charter.DayOf(meeting));
            yield return new SitePage(
                path, SiteStage.Page, typeof(MeetingAheadPage), new() { ["Map"] = map, ["Meeting"] = meeting });
        }

        yield return new SitePage(SitePath.Members, SiteStage.Page, typeof(MembersPage), new() { ["Map"] = map });
        foreach (var year in map.Years)
        {
            yield return new SitePage(
                SitePath.Year(year), SiteStage.Index, typeof(YearPage), new() { ["Map"] = map, ["Year"] = year });
        }

        yield return new SitePage(SitePath.Actions, SiteStage.Index, typeof(ActionsPage), new() { ["Map"] = map });
        yield return new SitePage(SitePath.Front, SiteStage.Index, typeof(FrontPage), new() { ["Map"] = map });
    }

    private async Task<byte[]> RenderAsync(SitePage page)
    {
        // A renderer keeps every component it rendered until it is disposed of.
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var html = await renderer.RenderComponentAsync(page.Component, ParameterView.FromDictionary(page.Parameters));
            using var writer = new StringWriter();
            html.WriteHtmlTo(writer);
            return Encoding.UTF8.GetBytes(writer.ToString());
        });
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(Site).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed record SitePage(string Path, SiteStage Stage, Type Component, Dictionary<string, object?> Parameters);
}
