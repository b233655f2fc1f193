using System.Globalization;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Publishing.Data;
using BscFlow.Votes;
using BscFlow.Votes.Options;

namespace BscFlow.Publishing;

/// <summary>Says in data what each page of a site shows. A page is a function of its data, the frame and the text of the notes.</summary>
internal sealed class SiteDescription(SiteMap map, SiteContent content)
{
    private const int LatestMeetings = 5;
    private const int FrontActions = 8;
    public const int LatelyClosed = 10;
    private const string Nobody = "Nobody named";

    private readonly Lazy<ILookup<string, MotionSummary>> _ofMeetings = new(
        () => MotionSummary.Of(map).Where(motion => motion.Meeting is not null).ToLookup(motion => motion.Meeting!, StringComparer.Ordinal));

    private readonly Lazy<ILookup<int, ActionItem>> _ofYears = new(() => map.Archive.Actions.ToLookup(item => item.Opened.Year));

    public SiteMap Map => map;

    public SiteFrame Frame { get; } =
        new(map.Charter.Id, map.Charter.Name, map.Years is [var latest, ..] ? latest : null, map.Charter.TimeZone)
        {
            HasData = content is SiteContent.All,
        };

    public IReadOnlyList<int> ActionYears { get; } = map.Archive.ActionYears;

    /// <summary>The latest meetings, which are read in any case.</summary>
    public IEnumerable<MinutedMeeting> Latest(int most) => map.Meetings.Take(most).Cast<MinutedMeeting>();

    public MeetingData Meeting(MinutedMeeting meeting)
    {
        var (minutes, index) = (meeting.Minutes, meeting.Index);
        return new MeetingData
        {
            Path = meeting.Path,
            Name = meeting.Name,
            Number = minutes.Number,
            Date = meeting.Date,
            Year = meeting.Source.Year,
            IsCancelled = meeting.IsCancelled,
            DurationMinutes = minutes.DurationMinutes,
            Chairs = Chairs(minutes),
            Participants =
            [
                .. minutes.Participants.Select(person => new PersonData(
                    SiteText.WithoutMailAddresses(person.Name), person.Affiliation, person.Guest)),
            ],
            Quorum = meeting.Quorum is { } quorum ? Quorum(quorum, meeting) : null,
            IsUnsettled = !meeting.IsCancelled && meeting.Binding.IsMissed,
            Decisions = Decisions(meeting),
            Actions = [.. meeting.Actions.Select(action => Stated(action.Stated, action.Item))],
            Motions = _ofMeetings.Value[meeting.Path] is var motions && motions.Any() ? [.. motions] : null,
            Earlier = index + 1 < map.Meetings.Count ? Link(map.Meetings[index + 1]) : null,
            Later = index > 0 ? Link(map.Meetings[index - 1]) : null,
        };
    }

    internal MeetingSummary Summary(MinutedMeeting meeting) => new(
        meeting.Path,
        meeting.Name,
        meeting.Date,
        meeting.IsCancelled,
        meeting.Minutes.DurationMinutes,
        Chairs(meeting.Minutes),
        meeting.Quorum is { IsReached: false } missed ? Quorum(missed, meeting) : null,
        Decisions(meeting),
        meeting.Actions.Count);

    public YearPageData YearPage(int year)
    {
        List<MinutedMeeting> meetings = [.. map.Read(year)];
        return new YearPageData(year, map.Years, [.. meetings.Select(Summary)], Attendance.Of(map, meetings));
    }

    public YearData Year(int year)
    {
        List<MinutedMeeting> meetings = [.. map.Read(year)];
        return new YearData(year, map.Years, [.. meetings.Select(Meeting)], Attendance.Of(map, meetings));
    }

    /// <param name="listed">Of <see cref="SiteMap.WithoutMinutes"/>.</param>
    public MeetingAheadData Ahead(Meeting listed)
    {
        var meeting = listed with { Number = listed.Number ?? listed.FormerNumber };
        var day = map.Charter.DayOf(meeting);
        return new(
            Next(meeting),
            SitePath.Meeting(meeting.Number, day),
            day,
            map.Archive.Drafts.ContainsKey(meeting.Row),
            meeting.MinutesBegunAt is not null,
            meeting.MinutesSavedAt is not null,
            meeting.ObjectionsUntil is { } until ? map.Charter.DayOf(until) : null,
            meeting.State is MeetingState.Cancelled ? new CancelledData(day, meeting.Reason) : null);
    }

    public FrontData Front()
    {
        List<ActionItem> open = [.. map.OpenActions];
        return new FrontData(
            Frame,
            map.Today,
            Upcoming() is { } next ? Next(next) : null,
            [
                .. map.Ahead.Where(meeting => meeting.State is MeetingState.Cancelled)
                    .Select(meeting => new CancelledData(map.Charter.DayOf(meeting), meeting.Reason)),
            ],
            [
                .. map.Missing.Select(held => new MeetingLink(
                    SitePath.Meeting(held.Number, map.Charter.DayOf(held)), held.Title(), map.Charter.DayOf(held))),
            ],
            Motions().Open,
            [.. Latest(LatestMeetings).Where(meeting => meeting.Date <= map.Today).Select(Meeting)],
            map.Years,
            [
                .. open.OrderByDescending(item => item.IsOverdue(map.Today)).ThenByDescending(item => item.LastSeen)
                    .ThenBy(item => item.Id, StringComparer.Ordinal).Take(FrontActions).Select(Action),
            ],
            open.Count);
    }

    public ActionsData Actions()
    {
        List<ActionData> open =
            [.. map.OpenActions.OrderBy(item => item.Opened).ThenBy(item => item.Id, StringComparer.Ordinal).Select(Action)];
        var closed = map.Archive.Actions.Where(item => item.State is not ActionState.Open);
        var everyone = map.OwnerName(ActionItem.Everyone);
        return new ActionsData(
            map.Today,
            open.Count,
            map.StatedActions.Count(item => item.Closed is not null),
            [
                .. open.SelectMany(item => item.Owners.DefaultIfEmpty(Nobody), (item, owner) => (Owner: owner, Item: item))
                    .GroupBy(pair => pair.Owner, (owner, pairs) => new OwnerData(owner, [.. pairs.Select(pair => pair.Item)]))
                    .OrderBy(owner => owner.Name == Nobody ? 2 : owner.Name == everyone ? 1 : 0)
                    .ThenBy(owner => owner.Name, Spelling.Order),
            ],
            [
                .. closed.OrderByDescending(item => item.Closed).ThenByDescending(item => item.Id, StringComparer.Ordinal)
                    .Take(LatelyClosed).Select(Action),
            ],
            ActionYears);
    }

    /// <summary>The items that a reader of <see cref="Actions"/> must have beside those that are open or were read.</summary>
    public static IEnumerable<string> LatelyClosedOf(SettledArchive settled, IReadOnlyList<ActionItem> read)
    {
        var known = read.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        return settled.Years.SelectMany(year => year.Actions).Where(item => !known.Contains(item.Id))
            .Concat(read.Select(item => new StatedAction(item.Id, item.Opened, item.Closed)))
            .Where(item => item.Closed is not null)
            .OrderByDescending(item => item.Closed).ThenByDescending(item => item.Id, StringComparer.Ordinal)
            .Take(LatelyClosed)
            .Select(item => item.Id)
            .Where(id => !known.Contains(id));
    }

    public ActionYearData ActionYear(int year) => new(
        year,
        ActionYears,
        [
            .. _ofYears.Value[year].OrderBy(item => item.Opened)
                .ThenBy(item => item.Id, StringComparer.Ordinal).Select(Action),
        ]);

    public MotionsData Motions()
    {
        var all = MotionSummary.Of(map).ToLookup(motion => motion.IsOpen);
        return new MotionsData(
            [.. all[true].OrderBy(motion => motion.Deadline)], [.. all[false].OrderByDescending(motion => motion.Closed)]);
    }

    public MotionData Motion(PublicMotion shown)
    {
        var motion = shown.Motion;
        return new MotionData(
            motion.Id,
            SitePath.Motion(motion.Id),
            motion.Title,
            motion.Text,
            motion.Links,
            motion.State,
            Rule(motion),
            motion.Electorate.Size,
            motion.Electorate is { IsListed: true, IsImported: false } ? [.. motion.Electorate.Asked.Select(member => member.Name)] : [],
            RosterWords.Since(motion, map.Charter, map.Today),
            motion.Mover is { } mover ? map.OwnerName(mover) : null,
            motion.Seconder is { } seconder ? map.OwnerName(seconder) : null,
            motion.Secret,
            motion.Opened,
            motion.Deadline,
            motion.Closed,
            motion.Reason,
            motion.RatifiedOn,
            shown.Counted?.Tally is { } tally
                ? new ResultData(
                    tally.For,
                    tally.Against,
                    tally.Abstained,
                    tally.Silent,
                    [
                        .. tally.Ballots
                            .Select(ballot => new BallotData(
                                NameIn(motion, ballot.Voter),
                                ballot.Vote,
                                ballot.Comment is { } comment ? SiteText.WithoutMailAddresses(comment) : null,
                                ballot.Proxy is { } proxy ? map.OwnerName(proxy) : null,
                                tally.Options is { } options && ballot.Marks is { } marks
                                    ? OptionWords.Said(options, marks)
                                    : Votes.RuleWords.Of(ballot.Vote, tally.Rule.Consensus),
                                tally.Options is { } asked && ballot.Assessments is { } written
                                    ? [.. written.Index().Where(text => text.Item is not null)
                                        .Select(text => $"{asked.Names[text.Index]}: {SiteText.WithoutMailAddresses(text.Item!)}")]
                                    : null))
                            .OrderBy(ballot => ballot.Name, Spelling.Order),
                    ],
                    [.. tally.Receipts.Select(line => new ReceiptData(line.Receipt, line.Vote, tally.Said(line), line.Marks))],
                    SitePath.Tally(motion.Id),
                    shown.Counted.Result is { } result ? OptionResultData.Of(tally, result) : null)
                : null,
            motion.Options is { } vote
                ? [.. vote.Options.Select(option => new MotionOptionData(option.Name, option.Link, OptionWords.Details(option), option.Proposer))]
                : null,
            MeetingPath(motion.Meeting));
    }

    public MembersData Members()
    {
        List<MemberData> inOffice = [.. map.Roster.On(map.Today).Select(Member)];
        return new MembersData(
            map.Today,
            map.Charter.Quorum.Needed(inOffice.Count),
            inOffice,
            [.. map.Roster.Emeritus(map.Today).Select(Member)]);
    }

    public ActionData Action(ActionItem item) => new(
        item.Id,
        Words(item.Text),
        [.. item.Owners.Select(map.OwnerName)],
        item.State,
        item.Opened,
        item.Closed,
        item.Due,
        SitePath.Action(item.Id, item.Opened),
        map.Origin(item) is { } origin
            ? new MeetingLink($"{origin.Path}#{SitePath.ActionAnchor(item.Id)}", origin.Name, origin.Date)
            : null)
    {
        TextBesideDue = Words(item.TextBesideDue),
    };

    private MeetingActionData Stated(MinutedAction stated, ActionItem? item) => new(
        item?.Id,
        Words(stated.Text),
        item is null ? stated.Owners : [.. item.Owners.Select(map.OwnerName)],
        item?.State,
        item?.Closed,
        item is null ? null : SitePath.Action(item.Id, item.Opened));

    private static IReadOnlyList<string> Chairs(MeetingMinutes minutes) =>
        [.. minutes.Chairs.Select(chair => SiteText.WithoutMailAddresses(chair.Name))];

    private static IReadOnlyList<DecisionData> Decisions(MinutedMeeting meeting) =>
    [
        .. meeting.Minutes.Decisions.Select((decision, i) =>
            new DecisionData(SitePath.DecisionAnchor(i + 1), Words(decision.Text), decision.Kind)
            {
                IsUnsettled = !meeting.IsCancelled && !meeting.Binding.Binds(decision),
            }),
    ];

    private QuorumData Quorum(Quorum quorum, MinutedMeeting meeting) => new(
        quorum.IsReached,
        [.. quorum.Present.Select(member => member.Name)],
        [.. map.Roster.On(meeting.Date).Except(quorum.Present).Select(member => member.Name)],
        quorum.Needed)
    {
        IsLost = meeting.Binding.LostAt is not null,
    };

    private MemberData Member(Member member)
    {
        var told = map.Meetings.Where(meeting => meeting.Quorum is not null && member.InOffice(meeting.Date)).ToList();
        return new MemberData(
            member.Id,
            member.Name,
            member.Affiliation,
            member.Terms,
            told.Count(meeting => meeting.Quorum!.Present.Contains(member)),
            told.Count);
    }

    private NextMeetingData Next(Meeting meeting) => new(
        meeting.Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"Meeting #{number}") : "Meeting",
        meeting.Number is null ? null : SitePath.Meeting(meeting.Number, map.Charter.DayOf(meeting)),
        meeting.Start.ToUniversalTime(),
        meeting.End.ToUniversalTime(),
        map.Charter.TimeZone,
        meeting.Chair is { } chair ? map.OwnerName(chair) : null,
        map.Charter.Meetings.Place,
        meeting.Special,
        meeting.Special ? meeting.Reason : null,
        map.Roster.Size(map.Charter.DayOf(meeting)),
        map.Charter.Quorum.Needed(map.Roster.Size(map.Charter.DayOf(meeting))));

    /// <summary>The page of the meeting whose minutes ask for a motion; only a cancelled one has no number.</summary>
    /// <param name="meeting">As <see cref="Votes.Motion.Meeting"/>.</param>
    internal static string? MeetingPath(string? meeting) =>
        int.TryParse(meeting, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? SitePath.Meeting(number, default)
            : null;

    /// <summary>The one that is being held, or else the next, drafted or not.</summary>
    private Meeting? Upcoming() => map.Next is { } booked && booked.Start <= map.Archive.Now
        ? booked
        : NextMeeting.After(map.Charter, map.Ahead, map.Archive.Now);

    private static string Rule(Votes.Motion motion) =>
        Votes.RuleWords.NeedsAndThen(Votes.RuleWords.Needs(motion), motion.Rule.RatifiedBy);

    private static string Words(string text) => SiteText.WithoutMailAddresses(SiteText.Sentence(text));

    private static MeetingLink Link(ListedMeeting meeting) => new(meeting.Path, meeting.Name, meeting.Date);

    private static string NameIn(Votes.Motion motion, string voter) => motion.Electorate.NameOf(voter);
}
