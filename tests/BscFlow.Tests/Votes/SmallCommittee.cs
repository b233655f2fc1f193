using System.Text;
using BscFlow.Committee;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;

namespace BscFlow.Tests.Votes;

/// <summary>Six members, and the rules of the charter's table.</summary>
internal static class SmallCommittee
{
    public static readonly DateTimeOffset Opened = new(2025, 7, 1, 9, 0, 0, TimeSpan.Zero);

    public static Charter Agreed { get; } = new()
    {
        Id = "tsc",
        Name = "Technical Steering Committee",
        TimeZone = "Europe/Zurich",
        Mailbox = "secretary@committee.example",
        Secretaries = ["secretary@committee.example"],
        Meetings = new MeetingRules { Rule = "FREQ=MONTHLY;BYDAY=2WE", Start = new DateTime(2025, 1, 8, 17, 0, 0) },
        Motions = new MotionRules { CloseEarly = true },
        Quorum = Share(3, 5, Body.Entire),
        Rules = new Dictionary<string, VoteRule>
        {
            ["ordinary"] = new() { InMeeting = More(1, 2, Body.Present), ByMail = More(1, 2, Body.Entire) },
            ["charter"] = new()
            {
                InMeeting = Share(2, 3, Body.Entire),
                ByMail = Share(2, 3, Body.Entire),
                RatifiedBy = "the board",
            },
            ["removal"] = new() { InMeeting = Share(2, 3, Body.Others), ByMail = Share(2, 3, Body.Others) },
        },
        Members =
        [
            Member("tessa", "Tessa Quill", "tessa@quill.example", "tq@work.example"),
            Member("oren", "Oren Vale", "oren@vale.example"),
            Member("abel", "Abel Ngô", "abel@ngo.example"),
            Member("mia", "Mia Berg", "mia@berg.example"),
            Member("lev", "Lev Sand", "lev@sand.example"),
            Member("ida", "Ida Holm", "ida@holm.example"),
            Member("past", "Past Member", "past@gone.example") with
            {
                Terms = [new Term(new DateOnly(2020, 1, 1), new DateOnly(2025, 6, 30))],
            },
        ],
        Proxies = [new Proxy("mia", "lev", new DateOnly(2025, 7, 1), new DateOnly(2025, 7, 3))],
    };

    public static MotionDraft Draft { get; } = new()
    {
        Id = "2025-07-charter",
        Title = "The new charter",
        Text = "Shall we adopt it?",
        Rule = "charter",
        Mover = "tessa",
        Seconder = "oren",
    };

    public static Motion Pending { get; } = Opens(Draft);

    public static Motion Opens(MotionDraft draft) => Made(Motion.Open(Agreed, new Roster(Agreed), draft, Opened));

    public static Motion Made(MotionChange change) => Assert.IsType<MotionChange.Made>(change).Motion;

    public static string Refused(MotionChange change) => Assert.IsType<MotionChange.Refused>(change).Reason;

    /// <summary>So many voters beyond the committee, as they are imported.</summary>
    public static Electorate Contributors(int voters)
    {
        var list = string.Concat(
            Enumerable.Range(0, voters).Select(voter => $"Voter {voter},voter{voter}@contributors.example\n"));
        return ElectorTable.Read(new MemoryStream(Encoding.UTF8.GetBytes($"name,email\n{list}")));
    }

    /// <summary>A vote by approval between Ada and Cy, of so many voters beyond the committee.</summary>
    public static MotionDraft Election(string id, int voters) => Draft with
    {
        Id = id,
        Rule = "ordinary",
        Mover = null,
        Seconder = null,
        Electorate = Contributors(voters),
        Options = new OptionVote
        {
            Kind = BallotKind.Approval,
            Method = CountingMethod.Approval,
            Options = [new("Ada", null, 0, null, null, []), new("Cy", null, 0, null, null, [])],
        },
    };

    private static Threshold Share(int numerator, int denominator, Body of) =>
        new(new Fraction(numerator, denominator), MoreThan: false, of);

    private static Threshold More(int numerator, int denominator, Body of) =>
        new(new Fraction(numerator, denominator), MoreThan: true, of);

    private static Member Member(string id, string name, params string[] addresses) => new()
    {
        Id = id,
        Name = name,
        Addresses = addresses,
        Terms = [new Term(new DateOnly(2024, 1, 1))],
    };
}
