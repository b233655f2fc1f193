using System.Collections.Concurrent;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Publishing.Data;
using BscFlow.Publishing.Pages;

namespace BscFlow.Publishing;

/// <summary>One publication: its files, and what it leaves for the next one.</summary>
public sealed class SitePlan
{
    private readonly Archive _archive;
    private readonly SiteBefore _before;
    private readonly SiteContent _content;
    private readonly SiteMap _map;
    private readonly SiteDescription _all;
    private readonly SiteFiles _files;
    private readonly IReadOnlyList<int> _years;
    private readonly Lazy<Task<Dictionary<string, SiteFile>>> _whole;
    private readonly ConcurrentDictionary<string, (object Owner, FileDigest File)> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<int, SearchSegment> _search = [];
    private bool _isComplete;

    internal SitePlan(PageRenderer renderer, Archive archive, SiteBefore before, SiteContent content)
    {
        (_archive, _before, _content) = (archive, before, content);
        _map = new SiteMap(archive);
        _all = new SiteDescription(_map, content);
        _files = new SiteFiles(renderer, _all.Frame);
        _years =
        [
            .. _map.Years.Concat(_all.ActionYears).Concat(archive.Motions.Select(motion => motion.Motion.Opened.Year))
                .Except(archive.Settled.Years.Select(year => year.Year)).Distinct().Order(),
        ];
        _whole = new(async () => new SitePlan(renderer, await archive.Settled.Whole!(), before, content)
            .Files().ToDictionary(file => file.Path, StringComparer.Ordinal));
    }

    /// <summary>All files, in the order of their <see cref="SiteStage"/>; each is worked out when it is asked for.</summary>
    public IEnumerable<SiteFile> Files()
    {
        foreach (var stage in Enum.GetValues<SiteStage>())
        {
            foreach (var file in Settled(stage))
            {
                yield return new SiteFile(
                    file.Path, file.ContentType, stage, () => file.Made, () => RenderSettledAsync(file.Path));
            }

            foreach (var year in _years)
            {
                foreach (var file in OfYear(year, stage))
                {
                    yield return Noted(year, file);
                }
            }

            foreach (var motion in _archive.Motions.Where(motion => motion.Settled is null))
            {
                foreach (var file in OfMotion(motion, stage))
                {
                    yield return Noted(motion.Motion.Id, file);
                }
            }

            foreach (var file in Others(stage))
            {
                yield return file;
            }
        }

        _isComplete = true;
    }

    /// <summary>For the next publication, once every one of <see cref="Files"/> is in place.</summary>
    /// <returns>Null where they were not all asked what they are made of.</returns>
    public SiteDigest? Digest()
    {
        if (!_isComplete)
        {
            return null;
        }

        var files = _made.Values
            .OrderBy(made => made.File.Path, StringComparer.Ordinal)
            .ToLookup(made => made.Owner, made => made.File);
        var versions = _archive.Settled.Versions;
        var stated = _map.StatedActions.ToLookup(item => item.Opened.Year);
        return new SiteDigest(
            SiteDigest.KeyOf(_map.Charter, _map.Years, _content),
            _all.ActionYears,
            [
                .. _archive.Settled.Years
                    .Concat(_years
                        .Where(versions.Years.ContainsKey)
                        .Select(year => Digest(year, versions.Years[year], [.. stated[year]], [.. files[year]])))
                    .OrderBy(year => year.Year),
            ],
            [
                .. _archive.Motions
                    .Where(motion => !motion.Motion.IsOpen && versions.Motions.ContainsKey(motion.Motion.Id))
                    .Select(motion => motion.Settled ?? new MotionDigest(
                        MotionSummary.Of(_map, motion.Motion, motion.Counted),
                        versions.Motions[motion.Motion.Id].Version,
                        [.. files[motion.Motion.Id]]))
                    .Concat(_archive.Settled.Motions)
                    .OrderBy(motion => motion.Summary.Id, StringComparer.Ordinal),
            ]);
    }

    private YearDigest Digest(
        int year, YearVersion version, IReadOnlyList<StatedAction> actions, IReadOnlyList<FileDigest> files)
    {
        List<MinutedMeeting> meetings = [.. _map.Read(year)];
        return new YearDigest(
            year,
            version,
            IsClosed(year, meetings),
            [
                .. meetings.Select(meeting => new MeetingDigest(
                    meeting.Path,
                    meeting.Number,
                    meeting.Date,
                    meeting.IsCancelled,
                    meeting.Quorum is { } quorum ? [.. quorum.Present.Select(member => member.Id)] : null,
                    meeting.PublishedAfter)),
            ],
            actions,
            _search.GetValueOrDefault(year),
            files);
    }

    private bool IsClosed(int year, List<MinutedMeeting> meetings) =>
        meetings.TrueForAll(meeting => meeting.Date.Year == year
            && meeting.Path == SitePath.Meeting(meeting.Number, meeting.Date)
            && _map.Row(meeting) is null or { State: MeetingState.Published or MeetingState.Cancelled })
        && _archive.Motions.All(motion => motion.Motion.Opened.Year != year || !motion.Motion.IsOpen);

    private IEnumerable<FileDigest> Settled(SiteStage stage)
    {
        var settled = _archive.Settled;
        return settled.Years.SelectMany(year => year.Files)
            .Concat(settled.Motions.SelectMany(motion => motion.Files))
            .Concat(_archive.Motions.SelectMany(motion => motion.Settled?.Files ?? []))
            .Where(file => file.Stage == stage);
    }

    /// <summary>A file that is no more where it was published: all is read then, and what it says of the file holds.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> RenderSettledAsync(string path) =>
        await (await _whole.Value)[path].RenderAsync();

    /// <param name="owner">The year, or the id of the motion, to which it belongs.</param>
    private SiteFile Noted(object owner, SiteFile file) => new(
        file.Path,
        file.ContentType,
        file.Stage,
        () =>
        {
            _made[file.Path] = (owner, new FileDigest(file.Path, file.ContentType, file.Stage, file.Made));
            return file.Made;
        },
        file.RenderAsync);

    private IEnumerable<SiteFile> OfYear(int year, SiteStage stage) => stage switch
    {
        SiteStage.Asset => _content is SiteContent.All ? AssetsOf(year) : [],
        SiteStage.Page => PagesOf(year),
        _ => ListsOf(year),
    };

    private IEnumerable<SiteFile> AssetsOf(int year)
    {
        var json = SiteJson.Readable;
        if (_archive.Years.FirstOrDefault(file => file.Year == year) is { } minutes)
        {
            yield return SiteFiles.Source(SitePath.Year(year), () => minutes.Document.Text.AsMemory());
            yield return SiteFiles.Data(SitePath.Year(year), () => _all.Year(year), json.YearData);
        }

        foreach (var meeting in _map.Read(year))
        {
            yield return SiteFiles.Source(meeting.Path, () => meeting.Text);
            yield return SiteFiles.Data(meeting.Path, () => _all.Meeting(meeting), json.MeetingData);
        }

        if (_all.ActionYears.Contains(year))
        {
            yield return SiteFiles.Data(SitePath.ActionYear(year), () => _all.ActionYear(year), json.ActionYearData);
        }
    }

    private IEnumerable<SiteFile> PagesOf(int year)
    {
        var made = MadeJson.Default;
        foreach (var meeting in _map.Read(year))
        {
            yield return _files.Page<MeetingPage, MeetingData>(
                meeting.Path,
                SiteStage.Page,
                () => _all.Meeting(meeting),
                made.MeetingData,
                () => meeting.Text,
                () => NotesHtml.Render(meeting));
        }

        if (_all.ActionYears.Contains(year))
        {
            yield return _files.Page<ActionYearPage, ActionYearData>(
                SitePath.ActionYear(year), SiteStage.Page, () => _all.ActionYear(year), made.ActionYearData);
        }
    }

    private IEnumerable<SiteFile> ListsOf(int year)
    {
        if (_map.Years.Contains(year))
        {
            yield return _files.Page<YearPage, YearPageData>(
                SitePath.Year(year), SiteStage.Index, () => _all.YearPage(year), MadeJson.Default.YearPageData);
        }

        if (_content is SiteContent.All)
        {
            var (segment, parts) = new SearchIndex(_all, year).Write();
            _search[year] = segment;
            foreach (var (path, script) in parts)
            {
                yield return new SiteFile(path, SiteFiles.Script, SiteStage.Index, script);
            }
        }
    }

    private IEnumerable<SiteFile> OfMotion(PublicMotion shown, SiteStage stage)
    {
        var (motion, path, json) = (shown.Motion, SitePath.Motion(shown.Motion.Id), SiteJson.Readable);
        if (stage is SiteStage.Page)
        {
            yield return _files.Page<MotionPage, MotionData>(
                path, stage, () => _all.Motion(shown), MadeJson.Default.MotionData, () => motion.Text.AsMemory(), () => NotesHtml.RenderText(motion.Text));
        }
        else if (stage is SiteStage.Asset && _content is SiteContent.All)
        {
            yield return SiteFiles.Source(path, () => motion.Text.AsMemory());
            yield return SiteFiles.Data(path, () => _all.Motion(shown), json.MotionData);
            if (shown.OpenTally is { } open)
            {
                yield return new SiteFile(SitePath.Tally(motion.Id), SiteFiles.Json, stage, () => motion.TallyHash!, open);
            }
        }
    }

    private IEnumerable<SiteFile> Others(SiteStage stage) => stage switch
    {
        SiteStage.Asset => SiteFiles.Assets.Concat(_content is SiteContent.All ? OtherData() : []),
        SiteStage.Page => OtherPages(),
        _ => OtherLists().Concat(Followed()),
    };

    private IEnumerable<SiteFile> OtherData()
    {
        var json = SiteJson.Readable;
        foreach (var meeting in _map.WithoutMinutes)
        {
            var data = _all.Ahead(meeting);
            yield return SiteFiles.Data(data.Path, () => data, json.MeetingAheadData);
            if (_archive.Drafts.TryGetValue(meeting.Row, out var draft))
            {
                yield return SiteFiles.Source(data.Path, () => draft.Text.AsMemory());
            }
        }

        yield return SiteFiles.Data(SitePath.Actions, _all.Actions, json.ActionsData);
        yield return SiteFiles.Data(SitePath.Motions, _all.Motions, json.MotionsData);
        yield return SiteFiles.Data(SitePath.Members, _all.Members, json.MembersData);
        yield return SiteFiles.Data(SitePath.Figures, () => Figures.Of(_map), json.FiguresData);
        yield return SiteFiles.Data(SitePath.Front, _all.Front, json.FrontData);
    }

    private IEnumerable<SiteFile> OtherPages()
    {
        var made = MadeJson.Default;
        foreach (var ahead in _map.WithoutMinutes)
        {
            var data = _all.Ahead(ahead);
            var draft = _archive.Drafts.GetValueOrDefault(ahead.Row);
            yield return _files.Page<MeetingAheadPage, MeetingAheadData>(
                data.Path, SiteStage.Page, () => data, made.MeetingAheadData, () => draft?.Text.AsMemory() ?? default, () => NotesHtml.Render(draft));
        }

        yield return _files.Page<MembersPage, MembersData>(SitePath.Members, SiteStage.Page, _all.Members, made.MembersData);
    }

    private IEnumerable<SiteFile> OtherLists()
    {
        var made = MadeJson.Default;
        yield return _files.Page<ActionsPage, ActionsData>(SitePath.Actions, SiteStage.Index, _all.Actions, made.ActionsData);
        yield return _files.Page<MotionsPage, MotionsData>(SitePath.Motions, SiteStage.Index, _all.Motions, made.MotionsData);
        yield return _files.Page<FiguresPage, FiguresData>(
            SitePath.Figures, SiteStage.Index, () => Figures.Of(_map), made.FiguresData);
        if (_content is SiteContent.All)
        {
            yield return _files.Page<SearchPage, SearchData>(
                SitePath.Search, SiteStage.Index, () => new SearchData(_map.Years), made.SearchData);
        }

        yield return _files.Page<FrontPage, FrontData>(SitePath.Front, SiteStage.Index, _all.Front, made.FrontData);
    }

    /// <summary>What is read by programs to see what is new: last, when all that it names is there.</summary>
    private IEnumerable<SiteFile> Followed()
    {
        yield return new SiteFile(
            SitePath.Feed, "application/atom+xml; charset=utf-8", SiteStage.Index, Feed.Write(_all, _before.Feed));
        if (_content is SiteContent.Pages)
        {
            yield break;
        }

        yield return new SiteFile(
            SitePath.Calendar, "text/calendar; charset=utf-8", SiteStage.Index, CalendarFile.Write(_map, _before.Calendar));
        var settled = _archive.Settled.Years.Where(year => year.Search is not null).Select(year => (year.Year, year.Search!));
        var (contents, script) = SearchIndex.WriteContents(
            settled.Concat(_search.Select(year => (year.Key, year.Value)))
                .Where(year => year.Item2.Words.Count > 0).OrderBy(year => year.Item1));
        yield return new SiteFile(contents, SiteFiles.Script, SiteStage.Index, script);
        if (_archive.Address is { } address)
        {
            yield return new SiteFile(SitePath.SiteMap, "application/xml", SiteStage.Index, SitemapFile.Write(address, PagePaths()));
        }
    }

    private IEnumerable<string> PagePaths() =>
    [
        SitePath.Front, SitePath.Actions, SitePath.Motions, SitePath.Members, SitePath.Figures, SitePath.Search,
        .. _map.Years.Select(SitePath.Year),
        .. _all.ActionYears.Select(SitePath.ActionYear),
        .. MotionSummary.Of(_map).Select(motion => motion.Path),
        .. _map.Meetings.Select(meeting => meeting.Path),
        .. _map.WithoutMinutes.Select(meeting => _all.Ahead(meeting).Path),
    ];
}
