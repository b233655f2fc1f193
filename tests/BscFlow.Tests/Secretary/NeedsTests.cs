using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Secretary;
using BscFlow.Votes;
using BscFlow.Workflow;

namespace BscFlow.Tests.Secretary;

public sealed class NeedsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 8, 15, 0, 0, TimeSpan.Zero);

    private static readonly Meeting Next = new()
    {
        Committee = "tidewater",
        Number = 1,
        Start = Start,
        Length = TimeSpan.FromHours(1),
        Chair = "amara",
        EventId = "event",
        DraftedAt = Start.AddDays(-7),
    };

    [Fact]
    public void Steps_that_were_given_up_are_one_urgent_need_a_kind()
    {
        var now = Start.AddDays(-5);
        FailedStep Failed(string subject, int minutesAgo) => new()
        {
            Step = new("tidewater", StepKind.SendMail, subject),
            Error = "MailboxUnavailableException: The mailbox answered 503.\nHttpRequestException: none",
            GivenUp = now.AddHours(-1),
            LastTried = now.AddMinutes(-minutesAgo),
        };

        var state = At(now) with { Meetings = [Next], Failed = [Failed("agenda|0001|ines", 4), Failed("agenda|0001|amara", 9)] };
        var need = Needs.Of(state)[0];

        Assert.Equal((Urgency.Now, "A mail was not sent, 2 times"), (need.Urgency, need.Title));
        Assert.Equal(
            "SendMail of “agenda|0001|ines” fails since Sat 3 Jan 2026, 14:00 (Europe/Lisbon): "
            + "MailboxUnavailableException: The mailbox answered 503. It is tried again by itself.",
            need.Detail);
        Assert.Equal(new NeedButton("Try it now", "/failures/SendMail", Sends: true), need.Button);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(12, 12)]
    [InlineData(300, 30)]
    public void What_has_failed_for_long_is_tried_less_often(int failedMinutes, int pauseMinutes)
    {
        var failed = new FailedStep
        {
            Step = new("tidewater", StepKind.PublishMinutes, "0001"),
            Error = "",
            GivenUp = Start,
            LastTried = Start.AddMinutes(failedMinutes),
        };

        Assert.Equal(failed.LastTried.AddMinutes(pauseMinutes), failed.NextTry);
    }

    [Fact]
    public void The_next_meeting_says_who_comes_against_the_quorum()
    {
        var need = Single(At(Start.AddDays(-5)) with
        {
            Meetings = [Next],
            Answers = [new("amara@okafor.example", Answer.Accepted), new("A.OKAFOR@harbourlight.example", Answer.Accepted), new("priya@saltmarsh.example", Answer.Declined)],
        });

        Assert.Equal(Urgency.Quiet, need.Urgency);
        Assert.Equal("Meeting #1: Thu 8 Jan 2026, 15:00 (Europe/Lisbon)", need.Title);
        Assert.Equal(
            "1 of 5 coming, quorum is 3. Not coming: Priya Raghunathan. No answer: Inês Carvalho, Mateusz Kowalczyk, Tomás Herrera.",
            need.Detail);
        Assert.Equal(new NeedButton("Open the meeting", "/meetings/0001"), need.Button);
    }

    [Fact]
    public void When_too_many_stay_away_it_is_urgent_and_absences_told_ahead_count()
    {
        var need = Single(At(Start.AddDays(-5)) with
        {
            Meetings = [Next],
            Answers = [new("priya@saltmarsh.example", Answer.Declined), new("tomas.herrera@tidewater.example", Answer.Declined)],
            Absences = [new Absence("ines", new(2026, 1, 1), new(2026, 1, 31))],
        });

        Assert.Equal(Urgency.Now, need.Urgency);
        Assert.EndsWith(": no quorum is possible", need.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Shortly_before_the_meeting_too_few_answers_are_somebodys_turn() =>
        Assert.Equal(Urgency.Soon, Single(At(Start.AddDays(-1)) with { Meetings = [Next], Answers = [] }).Urgency);

    [Fact]
    public void A_mailbox_that_does_not_answer_is_said() =>
        Assert.Contains(
            "cannot be read now",
            Single(At(Start.AddDays(-5)) with { Meetings = [Next], Answers = null }).Detail,
            StringComparison.Ordinal);

    [Fact]
    public void An_empty_chair_needs_somebody() =>
        Assert.Equal(
            ("Nobody is in the chair of meeting #1", new NeedButton("Set the chair", "/meetings/0001#chair")),
            Described(Needs.Of(At(Start.AddDays(-5)) with { Meetings = [Next with { Chair = null }] })[0]));

    [Theory]
    [InlineData(1, Urgency.Soon, "Minutes of meeting #1: not written for 1 day")]
    [InlineData(4, Urgency.Now, "Minutes of meeting #1: not written for 4 days")]
    public void Minutes_that_nobody_writes_grow_urgent(int days, Urgency urgency, string title)
    {
        var need = Needs
            .Of(At(Start.AddDays(days).AddHours(2)) with { Meetings = [Next] })
            .Single(need => need.Button?.Label == "Write the minutes");

        Assert.Equal((urgency, title), (need.Urgency, need.Title));
        Assert.Equal("/meetings/0001/minutes", need.Button!.Path);
        Assert.Equal("Amara Okafor was in the chair.", need.Detail);
    }

    [Fact]
    public void Minutes_that_were_saved_need_nobody() =>
        Assert.DoesNotContain(
            Needs.Of(At(Start.AddDays(4)) with { Meetings = [Next with { MinutesSavedAt = Start.AddDays(1) }] }),
            need => need.Title.StartsWith("Minutes", StringComparison.Ordinal));

    [Fact]
    public void Each_overdue_item_stands_by_itself_until_they_are_many()
    {
        Assert.Equal(
            ("Overdue: Item 1", new NeedButton("Deal with it", "/actions/0001-1")),
            Described(Overdue(5)[0]));
        Assert.Equal(5, Overdue(5).Count);
        Assert.Equal(
            ["Overdue: Item 1", "Overdue: Item 2", "Overdue: Item 3", "Overdue: Item 4", "3 more action items are overdue"],
            Overdue(7).Select(need => need.Title));
    }

    [Fact]
    public void An_item_of_nobody_wants_an_owner() =>
        Assert.Equal(
            ("Nobody’s: Item 1", new NeedButton("Give it to somebody", "/actions/0001-1")),
            Described(Needs.Of(At(Start.AddDays(-5)) with { OpenActions = [Item(1) with { Owners = [], Due = null }] })[0]));

    [Fact]
    public void Mail_that_nobody_has_looked_at_is_told_by_what_it_is()
    {
        var needs = Needs.Of(At(Start.AddDays(-5)) with
        {
            Mails = [Mail(MailKind.Objection), Mail(MailKind.Bounce) with { Member = "priya" }, Mail(MailKind.Unclear)],
        });

        Assert.Equal(
            [
                (Urgency.Now, "Objection to minutes from ines@example.org", "/mail#m-m1"),
                (Urgency.Soon, "A mail to Priya Raghunathan came back", "/members/priya"),
                (Urgency.Soon, "Unclear mail from ines@example.org", "/mail#m-m1"),
            ],
            needs.Take(3).Select(need => (need.Urgency, need.Title, need.Button!.Path)));
        Assert.Equal("“Re: minutes”, received Sat 3 Jan 2026, 15:00 (Europe/Lisbon). She objects.", needs[0].Detail);
    }

    [Fact]
    public void Mails_to_voters_that_came_back_are_one_thing_to_do_for_each_motion()
    {
        var returned =
            Mail(MailKind.Bounce) with { From = "postmaster@new.example", Reason = "zoe@new.example did not get the reminder to vote on 2026-01-lamp" };
        var needs = Needs.Of(At(Start.AddDays(-5)) with
        {
            Motions = [Motion("ordinary", Start.AddDays(-8))],
            Turnouts = new Dictionary<string, VoterTurnout> { ["2026-01-lamp"] = new(Asked: 5, Voted: 5, Missing: []) },
            Mails =
            [
                returned with { About = "remind-20260104t1000z|2026-01-lamp|v-0000001" },
                returned with { About = "vote|2026-01-lamp|v-0000001", Received = Start.AddDays(-6) },
                returned with { About = "vote|2026-01-lamp|v-0000002", Received = Start.AddDays(-6) },
            ],
        });

        var need = Assert.Single(needs, need => need.Title.Contains("reach", StringComparison.Ordinal));
        Assert.Equal(("2 voters cannot be reached: A new lamp", "/motions/2026-01-lamp/calls"), (need.Title, need.Button!.Path));
        Assert.StartsWith("The last: zoe@new.example did not get the reminder to vote", need.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(needs, need => need.Title.Contains("came back", StringComparison.Ordinal));
    }

    [Fact]
    public void An_open_motion_names_who_is_missing_needs_somebody_from_half_time_on_and_is_urgent_on_its_last_day()
    {
        var motion = Motion("ordinary", Start.AddDays(-8));
        var missing = motion.Electorate.Asked.Where(elector => elector.Id is "priya" or "tomas").ToList();
        var turnouts = new Dictionary<string, VoterTurnout> { [motion.Id] = new(Asked: 5, Voted: 3, missing) };

        Assert.Equal(Urgency.Quiet, Needs.Of(At(Start.AddDays(-5)) with { Motions = [motion], Turnouts = turnouts })[0].Urgency);
        var need = Needs.Of(At(Start.AddDays(-4)) with { Motions = [motion], Turnouts = turnouts })[0];
        Assert.Equal(
            (Urgency.Soon, "Open motion: A new lamp", "/motions/2026-01-lamp"), (need.Urgency, need.Title, need.Button!.Path));
        Assert.StartsWith(
            "2 of 5 have not voted: Priya Raghunathan, Tomás Herrera. Open until", need.Detail, StringComparison.Ordinal);

        Assert.Equal(
            Urgency.Now, Needs.Of(At(motion.Deadline.AddHours(-5)) with { Motions = [motion], Turnouts = turnouts })[0].Urgency);
        turnouts[motion.Id] = new(Asked: 5, Voted: 5, Missing: []);
        Assert.Contains(
            Needs.Of(At(Start.AddDays(-5)) with { Motions = [motion], Turnouts = turnouts }),
            need => need.Urgency is Urgency.Quiet && need.Detail.StartsWith("All have voted.", StringComparison.Ordinal));
        turnouts[motion.Id] = new(Asked: 100_000, Voted: 31, Missing: []);
        Assert.Contains(
            Needs.Of(At(Start.AddDays(-4)) with { Motions = [motion], Turnouts = turnouts }),
            need => need.Detail.StartsWith("99,969 of 100,000 have not voted. Open until", StringComparison.Ordinal));
    }

    [Fact]
    public void A_carried_admission_or_removal_proposes_the_change_until_the_charter_follows()
    {
        var admission = Motion("admission", Start.AddDays(-20)) with { State = MotionState.Carried, Closed = Start.AddDays(-10) };
        var removal =
            Motion("removal", Start.AddDays(-20), "priya") with { State = MotionState.Carried, Closed = Start.AddDays(-10) };
        var state = At(Start.AddDays(-5)) with { Motions = [admission, removal] };

        Assert.Equal(
            ["/members/join", "/members/priya"],
            Needs
                .Of(state)
                .Where(need => need.Title.StartsWith("Carried", StringComparison.Ordinal))
                .Select(need => need.Button!.Path));

        var followed = Tidewater.Charter with
        {
            Members =
            [
                .. Tidewater.Charter.Members.Select(member =>
                    member.Id == "priya" ? member with { Terms = [new(new(2024, 1, 1), new(2026, 1, 1))] } : member),
                new Member { Id = "zoe", Name = "Zoe", Addresses = ["zoe@example.org"], Terms = [new(new(2026, 1, 2))] },
            ],
        };
        Assert.DoesNotContain(
            Needs.Of(state with { Charter = followed }), need => need.Title.StartsWith("Carried", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_linter_flags_is_told_once() =>
        Assert.Contains(
            Needs.Of(
                At(Start.AddDays(-5)) with { Findings = [new("2025.md", 3, "#9", FindingKind.EmptyChair, "…"), new("2025.md", 9, "#9", FindingKind.EmptyChair, "…")] }),
            need => need is { Title: "2 places in the published minutes to look at", Detail: "In 1 meeting: empty chair.", Button.Path: "/findings" });

    [Fact]
    public void The_most_urgent_comes_first()
    {
        var needs = Needs.Of(At(Start.AddDays(4)) with
        {
            Meetings = [Next, Next with { Number = 2, Start = Start.AddDays(30), Chair = null }],
            OpenActions = [Item(1)],
        });

        Assert.Equal(needs.Select(need => need.Urgency).Order(), needs.Select(need => need.Urgency));
        Assert.Equal(Urgency.Now, needs[0].Urgency);
    }

    private static List<Need> Overdue(int count) =>
    [
        .. Needs.Of(At(Start.AddDays(-5)) with { OpenActions = [.. Enumerable.Range(1, count).Select(Item)] })
            .Where(need => need.Urgency is Urgency.Soon),
    ];

    private static ActionItem Item(int number) => new()
    {
        Id = $"0001-{number}",
        Owners = ["priya"],
        Text = $"Item {number}",
        Opened = new(2025, 12, 1),
        LastSeen = new(2025, 12, 1),
        Due = new DateOnly(2025, 12, 1).AddDays(number),
    };

    private static CollectedMail Mail(MailKind kind) => new()
    {
        Committee = "tidewater",
        Id = "m1",
        MessageId = "m1@example.org",
        Mailbox = "committee@tidewater.example",
        GraphId = "g1",
        Received = Start.AddDays(-5),
        From = "ines@example.org",
        Subject = "Re: minutes",
        Kind = kind,
        Reason = "she objects",
        NeedsPerson = true,
    };

    [Fact]
    public void What_waits_for_another_body_is_told_by_its_name()
    {
        var motion = Motion("ordinary", Start.AddDays(-9));
        var carried = motion with
        {
            State = MotionState.AwaitingRatification,
            Rule = motion.Rule with { RatifiedBy = "the harbour board" },
        };

        var needs = Needs.Of(At(Start) with { Motions = [carried] });

        Assert.Contains("It waits for the harbour board.", needs.Select(need => need.Detail));
    }

    private static Motion Motion(string rule, DateTimeOffset opened, string? subject = null) =>
        ((MotionChange.Made)BscFlow.Votes.Motion.Open(
            Tidewater.Charter,
            Tidewater.Roster,
            new MotionDraft { Id = "2026-01-lamp", Title = "A new lamp", Text = "We buy it.", Rule = rule, Subject = subject },
            opened)).Motion;

    private static DeskState At(DateTimeOffset now) => new() { Charter = Tidewater.Charter, Now = now, Meetings = [] };

    private static Need Single(DeskState state) => Assert.Single(Needs.Of(state));

    private static (string Title, NeedButton? Button) Described(Need need) => (need.Title, need.Button);
}
