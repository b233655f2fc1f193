using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BscFlow.Meetings;
using BscFlow.Publishing.Data;
using BscFlow.Web.Pages;
using Microsoft.AspNetCore.Components;

namespace BscFlow.Publishing;

/// <summary>How much of a site is made.</summary>
public enum SiteContent
{
    /// <summary>Pages, the data beside them, feed, calendar, search.</summary>
    All,

    /// <summary>The pages and the feed alone.</summary>
    Pages,
}

/// <summary>What stood at a target before: the feed and the calendar tell by it what is new, and what stayed as it was.</summary>
public sealed record SiteBefore(byte[]? Feed, byte[]? Calendar)
{
    public static SiteBefore Nothing { get; } = new(null, null);

    public static async Task<SiteBefore> AtAsync(IPublishingTarget target, string committee, CancellationToken cancellationToken) => new(
        await target.FindAsync(committee, SitePath.Feed, cancellationToken),
        await target.FindAsync(committee, SitePath.Calendar, cancellationToken));
}

/// <summary>
/// The public site of a committee: the same archive, after the same before, always gives the same bytes, whoever publishes it.
/// </summary>
/// <remarks>
/// Each page is a function of its data, of the frame and of the text that people wrote, and of nothing else. The hash of those is
/// what a target compares, so that publishing again renders only the pages of which something changed.
/// </remarks>
public sealed class Site(PageRenderer renderer)
{
    private const string Html = "text/html; charset=utf-8";
    private const string Markdown = "text/markdown; charset=utf-8";
    private const string Json = "application/json";
    private const string Script = "text/javascript; charset=utf-8";

    /// <summary>Another build may render otherwise.</summary>
    private static readonly byte[] Build = typeof(Site).Assembly.ManifestModule.ModuleVersionId.ToByteArray();

    private static readonly SiteFile[] Assets =
    [
        Asset(SitePath.Style, "text/css; charset=utf-8"),
        Asset(SitePath.Icon, "image/svg+xml"),
        Asset(SitePath.Script, Script),
        Asset(SitePath.SearchScript, Script),
        Asset(SitePath.OpenApi, Json),
    ];

    /// <summary>The one style sheet, for the pages of the server too.</summary>
    public static ReadOnlyMemory<byte> Style { get; } = Resource(SitePath.Style);

    /// <summary>All files, in the order of their <see cref="SiteStage"/>; each is worked out when it is asked for.</summary>
    public IEnumerable<SiteFile> Plan(Archive archive, SiteBefore before, SiteContent content = SiteContent.All)
    {
        var map = new SiteMap(archive);
        var all = new SiteDescription(map);
        var files = Assets.AsEnumerable();
        if (content is SiteContent.All)
        {
            files = files.Concat(Sources(map)).Concat(Tallies(archive)).Concat(Data(all));
        }

        return files.Concat(ThingPages(all)).Concat(ListPages(all, content)).Concat(Followed(all, before, content));
    }

    /// <summary>What is read by programs to see what is new: last, when all that it names is there.</summary>
    private static IEnumerable<SiteFile> Followed(SiteDescription all, SiteBefore before, SiteContent content)
    {
        yield return new SiteFile(SitePath.Feed, "application/atom+xml; charset=utf-8", SiteStage.Index, Feed.Write(all, before.Feed));
        if (content is SiteContent.Pages)
        {
            yield break;
        }

        yield return new SiteFile(
            SitePath.Calendar, "text/calendar; charset=utf-8", SiteStage.Index, CalendarFile.Write(all.Map, before.Calendar));
        foreach (var (path, script) in new SearchIndex(all).Write())
        {
            yield return new SiteFile(path, Script, SiteStage.Index, script);
        }

        if (all.Map.Archive.Address is { } address)
        {
            yield return new SiteFile(SitePath.SiteMap, "application/xml", SiteStage.Index, SitemapFile.Write(address, PagePaths(all)));
        }
    }

    private static IEnumerable<string> PagePaths(SiteDescription all) =>
    [
        SitePath.Front, SitePath.Actions, SitePath.Motions, SitePath.Members, SitePath.Figures, SitePath.Search,
        .. all.Map.Years.Select(SitePath.Year),
        .. all.ActionYears.Select(SitePath.ActionYear),
        .. all.Map.Archive.Motions.Select(motion => SitePath.Motion(motion.Motion.Id)),
        .. all.Map.Meetings.Select(meeting => meeting.Path),
        .. all.Map.Unpublished.Select(meeting => SitePath.Meeting(meeting.Number, all.Map.Charter.DayOf(meeting))),
    ];

    private static IEnumerable<SiteFile> Sources(SiteMap map)
    {
        foreach (var year in map.Archive.Years)
        {
            yield return Text(SitePath.Source(SitePath.Year(year.Year)), () => year.Document.Text);
        }

        foreach (var meeting in map.Meetings)
        {
            yield return Text(SitePath.Source(meeting.Path), () => meeting.Text);
        }

        foreach (var meeting in map.Unpublished)
        {
            if (map.Archive.Drafts.TryGetValue(meeting.Row, out var draft))
            {
                var path = SitePath.Meeting(meeting.Number, map.Charter.DayOf(meeting));
                yield return Text(SitePath.Source(path), () => draft.Text);
            }
        }

        foreach (var motion in map.Archive.Motions)
        {
            yield return Text(SitePath.Source(SitePath.Motion(motion.Motion.Id)), () => motion.Motion.Text);
        }
    }

    private static IEnumerable<SiteFile> Tallies(Archive archive) =>
        from motion in archive.Motions
        where motion.ReadTally is not null
        select new SiteFile(
            SitePath.Tally(motion.Motion.Id), Json, SiteStage.Asset, () => motion.Motion.TallyHash!, motion.ReadTally!);

    private static IEnumerable<SiteFile> Data(SiteDescription all)
    {
        var (map, json) = (all.Map, SiteJson.Readable);
        for (var i = 0; i < map.Meetings.Count; i++)
        {
            var index = i;
            yield return DataFile(map.Meetings[i].Path, () => all.Meeting(index), json.MeetingData);
        }

        foreach (var ahead in map.Unpublished)
        {
            var data = all.Ahead(ahead);
            yield return DataFile(data.Path, () => data, json.MeetingAheadData);
        }

        foreach (var motion in map.Archive.Motions)
        {
            yield return DataFile(SitePath.Motion(motion.Motion.Id), () => all.Motion(motion), json.MotionData);
        }

        foreach (var year in map.Years)
        {
            yield return DataFile(SitePath.Year(year), () => all.Year(year), json.YearData);
        }

        foreach (var year in all.ActionYears)
        {
            yield return DataFile(SitePath.ActionYear(year), () => all.ActionYear(year), json.ActionYearData);
        }

        yield return DataFile(SitePath.Actions, all.Actions, json.ActionsData);
        yield return DataFile(SitePath.Motions, all.Motions, json.MotionsData);
        yield return DataFile(SitePath.Members, all.Members, json.MembersData);
        yield return DataFile(SitePath.Figures, () => Figures.Of(map), json.FiguresData);
        yield return DataFile(SitePath.Front, all.Front, json.FrontData);
    }

    private IEnumerable<SiteFile> ThingPages(SiteDescription all)
    {
        var (map, json) = (all.Map, SiteJson.Readable);
        for (var i = 0; i < map.Meetings.Count; i++)
        {
            var (index, meeting) = (i, map.Meetings[i]);
            yield return Page<MeetingPage, MeetingData>(
                all, meeting.Path, SiteStage.Page, () => all.Meeting(index), json.MeetingData, () => meeting.Text, () => NotesHtml.Render(meeting));
        }

        foreach (var ahead in map.Unpublished)
        {
            var data = all.Ahead(ahead);
            var draft = map.Archive.Drafts.GetValueOrDefault(ahead.Row);
            yield return Page<MeetingAheadPage, MeetingAheadData>(
                all, data.Path, SiteStage.Page, () => data, json.MeetingAheadData, () => draft?.Text ?? "", () => NotesHtml.Render(draft));
        }

        foreach (var motion in map.Archive.Motions)
        {
            yield return Page<MotionPage, MotionData>(
                all,
                SitePath.Motion(motion.Motion.Id),
                SiteStage.Page,
                () => all.Motion(motion),
                json.MotionData,
                () => motion.Motion.Text,
                () => NotesHtml.RenderText(motion.Motion.Text));
        }

        yield return Page<MembersPage, MembersData>(all, SitePath.Members, SiteStage.Page, all.Members, json.MembersData);
        foreach (var year in all.ActionYears)
        {
            yield return Page<ActionYearPage, ActionYearData>(
                all, SitePath.ActionYear(year), SiteStage.Page, () => all.ActionYear(year), json.ActionYearData);
        }
    }

    private IEnumerable<SiteFile> ListPages(SiteDescription all, SiteContent content)
    {
        var (map, json) = (all.Map, SiteJson.Readable);
        foreach (var year in map.Years)
        {
            yield return Page<YearPage, YearData>(all, SitePath.Year(year), SiteStage.Index, () => all.Year(year), json.YearData);
        }

        yield return Page<ActionsPage, ActionsData>(all, SitePath.Actions, SiteStage.Index, all.Actions, json.ActionsData);
        yield return Page<MotionsPage, MotionsData>(all, SitePath.Motions, SiteStage.Index, all.Motions, json.MotionsData);
        yield return Page<FiguresPage, FiguresData>(all, SitePath.Figures, SiteStage.Index, () => Figures.Of(map), json.FiguresData);
        if (content is SiteContent.All)
        {
            yield return Page<SearchPage, SearchData>(
                all, SitePath.Search, SiteStage.Index, () => new SearchData(map.Years), json.SearchData);
        }

        yield return Page<FrontPage, FrontData>(all, SitePath.Front, SiteStage.Index, all.Front, json.FrontData);
    }

    private SiteFile Page<TPage, TData>(
        SiteDescription all,
        string path,
        SiteStage stage,
        Func<TData> data,
        JsonTypeInfo<TData> form,
        Func<string>? text = null,
        Func<string>? notes = null)
        where TPage : IComponent
    {
        var known = new Lazy<TData>(data);
        return new SiteFile(
            path,
            Html,
            stage,
            () => Hash(all.Frame, JsonSerializer.SerializeToUtf8Bytes(known.Value, form), text?.Invoke() ?? ""),
            () => renderer.RenderAsync<TPage>(new Dictionary<string, object?>
            {
                ["Frame"] = all.Frame,
                ["Path"] = path,
                ["Data"] = known.Value,
                ["Notes"] = notes?.Invoke() ?? "",
            }));
    }

    private static SiteFile DataFile<TData>(string page, Func<TData> data, JsonTypeInfo<TData> form) =>
        Content(SitePath.Data(page), Json, () => JsonSerializer.SerializeToUtf8Bytes(data(), form));

    private static SiteFile Text(string path, Func<string> text) => Content(path, Markdown, () => Encoding.UTF8.GetBytes(text()));

    /// <summary>A file whose content is no more work than what it is made of.</summary>
    private static SiteFile Content(string path, string type, Func<byte[]> content)
    {
        var known = new Lazy<byte[]>(content);
        return new SiteFile(
            path,
            type,
            SiteStage.Asset,
            () => SiteFile.HashOf(known.Value),
            () => ValueTask.FromResult<ReadOnlyMemory<byte>>(known.Value));
    }

    private static string Hash(SiteFrame frame, ReadOnlySpan<byte> data, string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Build);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(frame, SiteJson.Readable.SiteFrame));
        hash.AppendData(data);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static SiteFile Asset(string name, string type) => new(name, type, SiteStage.Asset, Resource(name));

    private static byte[] Resource(string name)
    {
        using var stream = typeof(Site).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
