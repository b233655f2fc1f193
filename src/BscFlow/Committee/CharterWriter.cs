using System.Text.Encodings.Web;
using System.Text.Json;
using static BscFlow.Committee.CharterValues;

namespace BscFlow.Committee;

/// <summary>Writes a charter as the JSON that <see cref="CharterReader"/> reads back to an equal one.</summary>
public static class CharterWriter
{
    // Names stay readable: this is a file for people and never part of a page.
    private static readonly CharterJson Json = new(new JsonSerializerOptions(CharterJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <returns>UTF-8 with a line feed at its end.</returns>
    public static byte[] Write(Charter charter) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(File(charter), Json.CharterFile), (byte)'\n'];

    private static CharterFile File(Charter charter) => new()
    {
        Id = charter.Id,
        Name = charter.Name,
        TimeZone = charter.TimeZone,
        Mailbox = charter.Mailbox,
        List = charter.List,
        Secretaries = charter.Secretaries,
        Meetings = Meetings(charter.Meetings),
        LeadTimes = new LeadTimesFile
        {
            Draft = Text(charter.LeadTimes.Draft),
            Reminder = Text(charter.LeadTimes.Reminder),
            Minutes = Text(charter.LeadTimes.Minutes),
            Objections = Text(charter.LeadTimes.Objections),
        },
        Chair = new ChairFile { Rotates = charter.Chair.Rotates, Fixed = charter.Chair.Fixed },
        Quorum = Threshold(charter.Quorum),
        Rules = charter.Rules.ToDictionary(rule => rule.Key, rule => (RuleFile?)Rule(rule.Value)),
        Motions = new MotionsFile
        {
            Open = Text(charter.Motions.Open),
            Minimum = Text(charter.Motions.Minimum),
            CloseEarly = charter.Motions.CloseEarly,
        },
        Elections = Elections(charter.Elections),
        Members = [.. charter.Members.Select(Member)],
        Proxies = NotEmpty([.. charter.Proxies.Select(Proxy)]),
        Guests = NotEmpty([.. charter.Guests.Select(Guest)]),
    };

    private static MeetingsFile Meetings(MeetingRules rules) => new()
    {
        Rule = rules.Rule,
        Start = Text(rules.Start),
        Length = Text(rules.Length),
        Cancelled = NotEmpty([.. rules.Cancelled.Select(Text)]),
        Special = NotEmpty([.. rules.Special.Select(Text)]),
        CancelledKeepsNumber = rules.CancelledKeepsNumber ? true : null,
        Place = rules.Place,
        Earlier = NotEmpty([.. rules.Earlier.Select(rule => new EarlierFile { Rule = rule.Rule, Start = Text(rule.Start) })]),
    };

    /// <summary>Nothing where nothing is said.</summary>
    private static ElectionsFile? Elections(ElectionRules rules) =>
        rules is { TieBreak: null, Quorum: null, Floor: null, Caps.Count: 0 } ? null : new ElectionsFile
        {
            TieBreak = rules.TieBreak is { } tieBreak ? JsonNamingPolicy.CamelCase.ConvertName(tieBreak.ToString()) : null,
            Quorum = rules.Quorum is { } quorum ? Threshold(quorum) : null,
            Floor = rules.Floor,
            Caps = NotEmpty([.. rules.Caps.Select(cap => new CapFile { Affiliation = cap.Affiliation, Seats = cap.Seats })]),
        };

    private static ThresholdFile Threshold(Threshold threshold) =>
        new() { Needs = threshold.Needs, Of = Of(threshold) };

    private static RuleFile Rule(VoteRule rule) => rule.InMeeting == rule.ByMail
        ? new RuleFile { Needs = rule.ByMail.Needs, Of = Of(rule.ByMail), RatifiedBy = rule.RatifiedBy }
        : new RuleFile { InMeeting = Threshold(rule.InMeeting), ByMail = Threshold(rule.ByMail), RatifiedBy = rule.RatifiedBy };

    private static string Of(Threshold threshold) => JsonNamingPolicy.CamelCase.ConvertName(threshold.Of.ToString());

    private static MemberFile Member(Member member) => new()
    {
        Id = member.Id,
        Name = member.Name,
        Aliases = NotEmpty(member.Aliases),
        Addresses = member.Addresses,
        Affiliation = member.Affiliation,
        PlainText = member.PlainText ? true : null,
        Terms = [.. member.Terms.Select(Term)],
    };

    private static TermFile Term(Term term) =>
        new() { From = Text(term.From), Until = term.Until is { } until ? Text(until) : null };

    private static ProxyFile Proxy(Proxy proxy) => new()
    {
        Member = proxy.Member,
        By = proxy.By,
        From = Text(proxy.From),
        Until = proxy.Until is { } until ? Text(until) : null,
    };

    private static GuestFile Guest(Guest guest) => new()
    {
        Name = guest.Name,
        Aliases = NotEmpty(guest.Aliases),
        Address = guest.Address,
        Affiliation = guest.Affiliation,
    };

    /// <summary>An empty list is not written.</summary>
    private static IReadOnlyList<T>? NotEmpty<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : list;
}
