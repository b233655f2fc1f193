using System.Globalization;
using BscFlow.Actions;
using BscFlow.Actions.Messages;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Meetings;
using BscFlow.Meetings.Messages;
using BscFlow.Workflow;
using BscFlow.Workflow.Messages;

namespace BscFlow.Tests.Mail;

/// <summary>One message of each variant, by the name of its golden file.</summary>
internal static class MessageSamples
{
    private const string Forged = "Tide<script>alert(1)</script>\r\nBcc: all@example.org";

    private static readonly Reader Ada = new("Ada Moreau", ReaderRole.Member);
    private static readonly Reader Secretary = new("Noor Haddad", ReaderRole.Secretary);
    private static readonly QuorumNeed Quorum = new(3, 5);

    private static readonly Uri Page = new("https://secretary.example/tidewater/meetings/0017");

    /// <summary>Late in the evening for the committee, so that UTC has another day.</summary>
    private static readonly MeetingFacts Meeting = new()
    {
        Committee = "Tidewater Steering Committee",
        Number = 17,
        Start = new(2027, 3, 10, 16, 30, 0, TimeSpan.FromHours(-8)),
        Length = TimeSpan.FromMinutes(60),
        TimeZone = "America/Vancouver",
        Place = "https://meet.example/tidewater",
        Chair = "Bram de Wit",
    };

    private static readonly ActionItem[] Items =
    [
        Item("0014-1", "Ask the two maintainers of the decoder whether they can take the release in May", 14, "2026-12-09", null),
        Item("0016-2", "Send the budget to the foundation", 16, "2027-02-10", "2027-03-12"),
        Item("0016-3", "Publish the results of the survey", 16, "2027-02-10", "2027-03-01"),
    ];

    public static TheoryData<string> Names => [.. All.Keys];

    public static IReadOnlyDictionary<string, Message> All { get; } = new Dictionary<string, Message>(MotionSamples.All)
    {
        ["agenda"] = new AgendaMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            Quorum = Quorum,
            Page = Page,
            Agenda = [Topic("Release plan for the spring", "Ada Moreau"), Topic("Who speaks at the summit?", null)],
            LeftOver = ["Naming of the conformance tests"],
            Actions = [new("Ada Moreau", Items[..2]), new("Chiyo Tanaka, Bram de Wit", Items[2..])],
        },
        ["agenda-with-open-motions"] = new AgendaMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            Quorum = Quorum,
            Motions =
            [
                new(
                    "The new charter",
                    "open until 12 March 2027, 18:00",
                    new("https://secretary.example/tidewater/motions/2027-03-charter.html")),
                new(
                    "A seat for the <museum>",
                    "carried, awaiting ratification by the board",
                    new("https://secretary.example/tidewater/motions/2027-02-seat.html")),
            ],
            Page = Page,
        },
        ["agenda-empty-in-the-chair"] = new AgendaMail
        {
            Reader = new("Bram de Wit", ReaderRole.Member),
            Committee = Meeting.Committee,
            Meeting = Meeting,
            InTheChair = true,
            Quorum = Quorum,
            Page = Page,
        },
        ["agenda-special-for-a-guest"] = new AgendaMail
        {
            Reader = new("Efua Mensah", ReaderRole.Guest),
            Committee = Meeting.Committee,
            Meeting = Meeting with { Special = true, Chair = null, Place = "Room 4, second floor" },
            Reason = "The summit moved its deadline, and the programme has to be settled this week.",
            Quorum = Quorum,
            Page = Page,
            Agenda = [Topic("Programme of the summit", "Chiyo Tanaka")],
        },
        ["agenda-by-utc-without-number"] = new AgendaMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting with { TimeZone = "UTC", Number = null, Place = null },
            Quorum = Quorum,
            Page = Page,
        },
        ["agenda-with-markup-in-it"] = new AgendaMail
        {
            Reader = new("Ada <b>\"&'\r\nBcc: all@example.org", ReaderRole.Member),
            Committee = Forged,
            Meeting = Meeting with { Place = "javascript:alert(1)", Committee = Forged },
            Quorum = Quorum,
            Page = Page,
            Agenda = [Topic("<img src=x onerror=alert(1)>\u001b[31m red \u202e turned", "<i>")],
        },
        ["agenda-with-members-away"] = new AgendaMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            Quorum = Quorum,
            Away = ["Bram de Wit", "Chiyo Tanaka"],
            Page = Page,
        },
        ["agenda-without-a-quorum-in-sight"] = new AgendaMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            Quorum = Quorum,
            Away = ["Bram de Wit", "Chiyo Tanaka", "Dag Lindqvist"],
            Page = Page,
        },
        ["reminder-reached"] = Reminder(
            Answer.Accepted, [Answer.Accepted, Answer.Accepted, Answer.Accepted, Answer.Declined, Answer.None]),
        ["reminder-possible"] = Reminder(
            Answer.None, [Answer.None, Answer.Accepted, Answer.Tentative, Answer.Declined, Answer.None]),
        ["reminder-out-of-reach"] = Reminder(
            Answer.Declined, [Answer.Declined, Answer.Accepted, Answer.Tentative, Answer.Declined, Answer.Declined]),
        ["reminder-maybe"] = Reminder(
            Answer.Tentative, [Answer.Tentative, Answer.Accepted, Answer.Accepted, Answer.Accepted, Answer.Accepted]),
        ["reminder-for-a-guest"] = Reminder(
            null, [Answer.Accepted, Answer.Accepted, Answer.Accepted, Answer.Accepted, Answer.Accepted]) with
        {
            Reader = new("Efua Mensah", ReaderRole.Guest),
        },
        ["minutes-request"] = new MinutesRequestMail
        {
            Reader = new("Bram de Wit", ReaderRole.Member),
            Committee = Meeting.Committee,
            Meeting = Meeting,
            Form = new("https://secretary.example/tidewater/meetings/0017/minutes"),
            Template = new("https://secretary.example/api/tidewater/meetings/0017/minutes"),
        },
        ["minutes-request-again"] = Request(Ada, again: true),
        ["minutes-request-again-for-the-secretary"] = Request(Secretary, again: true),
        ["minutes-request-for-the-secretary"] = Request(Secretary, again: false),
        ["circulation"] = new CirculationMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            ObjectionsUntil = new(2027, 3, 20, 1, 0, 0, TimeSpan.Zero),
            Page = Page,
            Markdown = """
                ## Meeting #17 - 2027-03-10

                * Duration: 45m
                * Chair: Bram de Wit
                * Participants:
                  * Ada Moreau
                  * Bram de Wit
                  * Chiyo Tanaka
                * Notes:
                  * Release plan: see [the draft](https://forge.example/plan). Decision: **release on 4 May**.
                  * AI (Chiyo): write the announcement
                """,
        },
        ["circulation-with-remarks-and-markup"] = new CirculationMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            ObjectionsUntil = new(2027, 3, 20, 1, 0, 0, TimeSpan.Zero),
            Page = Page,
            Remarks = ["The chair is blank.", "Two members were there, quorum is 3, and line 9 holds a decision."],
            Markdown = """
                ## Meeting #17 - 2027-03-10

                <script>alert(1)</script> and <img src="https://track.example/pixel.png">

                ![a picture](https://track.example/pixel.png) [click](javascript:alert(1)) [mail](mailto:ada@example.org)

                | seat | name |
                | ---- | ---- |
                | 1    | Ada  |

                ```
                a < b && c
                ```
                """,
        },
        ["published"] = new PublishedMail { Reader = Ada, Committee = Meeting.Committee, Meeting = Meeting, Page = Page },
        ["published-on-the-list"] = new PublishedMail { Reader = Reader.OfList, Committee = Meeting.Committee, Meeting = Meeting, Page = Page },
        ["published-own-page"] = new PublishedMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            Page = Page,
            MyPage = new Uri("https://committee.example/my/tidewater/ada/2026-03-04/0123456789abcdef0123456789abcdef"),
        },
        ["chair-taken-over"] = new ChairChangedMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            InTheChair = true,
            Page = Page,
        },
        ["chair-handed-over"] = new ChairChangedMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting with { Chair = null },
            InTheChair = false,
            Page = Page,
        },
        ["cancellation"] = new CancellationMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            Reason = "Three of us are at the summit.",
            Next = Meeting with { Start = new(2027, 4, 14, 16, 30, 0, TimeSpan.FromHours(-7)) },
        },
        ["cancellation-without-reason-or-next"] = new CancellationMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting with { Number = null },
        },
        ["action-digest"] = new ActionDigestMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Items = Items,
            Today = new(2027, 3, 8),
            Page = new("https://secretary.example/tidewater/actions"),
        },
        ["action-digest-one"] = new ActionDigestMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Items = Items[..1],
            Today = new(2026, 12, 14),
            Page = new("https://secretary.example/tidewater/actions"),
        },
        ["actions-taken"] = new ActionsTakenMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            MailSubject = "Re: Tidewater Steering Committee: 3 open action items",
            Page = new("https://secretary.example/tidewater/actions"),
            Answers = new(
                [
                    new(Items[0], ActionStanding.Done, null, Settled: true, Changed: true),
                    new(Items[1], ActionStanding.Later, new(2027, 4, 1), Settled: true, Changed: true),
                    new(Items[2], ActionStanding.Later, null, Settled: true, Changed: false),
                    new(Items[0] with { Id = "0016-4" }, ActionStanding.Later, null, Settled: true, Changed: false),
                    new(Items[0] with { Id = "0016-5" }, ActionStanding.NotMine, null, Settled: false, Changed: false),
                    new(Items[0] with { Id = "0016-6" }, ActionStanding.Done, null, Settled: false, Changed: false),
                ],
                ["0099-9"]),
        },
        ["actions-not-understood"] = new ActionsTakenMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            MailSubject = Forged,
            Page = new("https://secretary.example/tidewater/actions"),
            Answers = new([], []),
        },
        ["agenda-taken"] = new AgendaTakenMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            MailSubject = Meeting.Title,
            Items = ["Who pays for the <audit>?", "The release plan"],
            Meeting = Meeting,
            Page = Page,
        },
        ["agenda-taken-for-the-next"] = new AgendaTakenMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            MailSubject = "agenda: the release plan",
            Items = ["the release plan"],
            Page = new("https://secretary.example/tidewater/"),
        },
        ["agenda-not-understood"] = new AgendaTakenMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            MailSubject = $"Re: {Meeting.Title}",
            Items = [],
            Page = new("https://secretary.example/tidewater/"),
        },
        ["objection-heard"] = Objection(ObjectionStage.Holds, ""),
        ["objection-heard-too-late"] = Objection(ObjectionStage.TooLate, ""),
        ["objection-settled"] = Objection(ObjectionStage.Settled, "The date was <wrong>, and is corrected."),
        ["objection-settled-without-a-word"] = Objection(ObjectionStage.Settled, ""),
        ["step-failed"] = new StepFailedMail
        {
            Reader = Secretary,
            Committee = Meeting.Committee,
            Step = StepKind.PublishMinutes,
            StepSubject = "0017",
            Failures = 5,
            LastTried = new(2027, 3, 20, 1, 25, 0, TimeSpan.Zero),
            LastError = "Azure.RequestFailedException: The lease <id> is held\n   at BscFlow.Publishing.Site.WriteAsync()",
            Desk = new("https://secretary.example/tidewater/desk"),
        },
        ["step-failed-mailbox"] = new StepFailedMail
        {
            Reader = Secretary,
            Committee = Meeting.Committee,
            Step = StepKind.CollectMail,
            StepSubject = "committee@tidewater.example",
            Failures = 5,
            LastTried = new(2027, 3, 20, 1, 25, 0, TimeSpan.Zero),
            LastError = "Azure.RequestFailedException: The lease <id> is held\n   at BscFlow.Publishing.Site.WriteAsync()",
            Desk = new("https://secretary.example/tidewater/desk"),
        },
        ["mail-limit"] = new MailLimitMail
        {
            Reader = Secretary,
            Committee = Meeting.Committee,
            Limit = 1000,
            Hour = new(2027, 3, 20, 1, 0, 0, TimeSpan.Zero),
            Desk = new("https://secretary.example/tidewater/desk"),
        },
        ["objection"] = new ObjectionMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            By = "Chiyo Tanaka",
            Objection = "> Decision: the budget is approved\n\nWe put it off to <April>, see the chat.\n\nThe rest is fine.",
            TooLate = false,
            Minutes = new("https://secretary.example/write/tidewater/0017/0123456789abcdef"),
        },
        ["objection-at-the-desk"] = new ObjectionMail
        {
            Reader = Secretary,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            By = "Chiyo Tanaka",
            Objection = "> Decision: the budget is approved\n\nWe put it off to <April>, see the chat.\n\nThe rest is fine.",
            TooLate = false,
            Minutes = new("https://secretary.example/desk/tidewater/meetings/0017/minutes"),
            Desk = new("https://secretary.example/desk/tidewater/mail"),
        },
        ["objection-too-late"] = new ObjectionMail
        {
            Reader = Secretary,
            Committee = Meeting.Committee,
            Meeting = Meeting with { Number = null },
            By = "Chiyo Tanaka",
            Objection = "My name is spelt wrong.",
            TooLate = true,
            Minutes = new("https://secretary.example/desk/tidewater/meetings/0017/minutes"),
            Desk = new("https://secretary.example/desk/tidewater/mail"),
        },
        ["objection-too-late-in-the-chair"] = new ObjectionMail
        {
            Reader = Ada,
            Committee = Meeting.Committee,
            Meeting = Meeting with { Number = null },
            By = "Chiyo Tanaka",
            Objection = "My name is spelt wrong.",
            TooLate = true,
            Minutes = Page,
        },
        ["mail-needs-person"] = new MailNeedsPersonMail
        {
            Reader = Secretary,
            Committee = Meeting.Committee,
            From = "ada@example.org",
            MailSubject = $"Re: {Forged}",
            What = "Ada Moreau answers the agenda, and it is not plain what is to stand on it",
            Written = "I cannot make it on Wednesday.\n<b>Sorry.</b>",
            Desk = new("https://secretary.example/desk/tidewater/mail"),
        },
        ["mail-needs-person-bounce"] = new MailNeedsPersonMail
        {
            Reader = Secretary,
            Committee = Meeting.Committee,
            From = "postmaster@example.org",
            MailSubject = "Undeliverable: Vote: The new charter",
            What = "Ada Moreau (ada@example.org) did not get the call to vote on 2027-03-charter: 550 5.1.10 not found",
            Desk = new("https://secretary.example/desk/tidewater/mail"),
        },
        ["mail-refused"] = new MailRefusedMail
        {
            Reader = Secretary,
            Committee = Meeting.Committee,
            To = [new("Ada Moreau", "ada@@example.org")],
            MailSubject = Meeting.Title,
            Reason = "The mailbox answered 400 ErrorInvalidRecipients: At least one recipient is not valid.",
        },
        ["invitation"] = new InvitationNote
        {
            Reader = Reader.Everyone,
            Committee = Meeting.Committee,
            Meeting = Meeting,
            Quorum = Quorum,
            Page = Page,
        },
    };

    private static MinutesRequestMail Request(Reader reader, bool again) => new()
    {
        Reader = reader,
        Committee = Meeting.Committee,
        Meeting = Meeting,
        Again = again,
        Form = new("https://secretary.example/write/tidewater/0017/0123456789abcdef"),
        Template = new("https://secretary.example/write/tidewater/0017/0123456789abcdef/minutes.md"),
    };

    private static ObjectionAnswerMail Objection(ObjectionStage stage, string how) => new()
    {
        Reader = Ada,
        Committee = Meeting.Committee,
        MailSubject = $"Re: {Meeting.Title}",
        Meeting = Meeting,
        Stage = stage,
        Settlement = how,
        Page = Page,
    };

    private static ReminderMail Reminder(Answer? own, Answer[] answers) => new()
    {
        Reader = Ada,
        Committee = Meeting.Committee,
        Meeting = Meeting,
        QuorumNeeded = Quorum.Needed,
        Own = own,
        Page = Page,
        Answers =
        [
            .. answers.Zip(
                ["Ada Moreau", "Bram de Wit", "Chiyo Tanaka", "Diego Salas", "Freya Lindqvist"],
                (answer, name) => new MemberAnswer(name, answer)),
        ],
    };

    private static AgendaItem Topic(string text, string? by) =>
        new() { Committee = "tidewater", Id = "1", Text = text, ProposedBy = by };

    private static ActionItem Item(string id, string text, int meeting, string opened, string? due) => new()
    {
        Id = id,
        Owners = ["ada"],
        Text = text,
        Meeting = meeting,
        Opened = DateOnly.Parse(opened, CultureInfo.InvariantCulture),
        LastSeen = DateOnly.Parse(opened, CultureInfo.InvariantCulture),
        Due = due is null ? null : DateOnly.Parse(due, CultureInfo.InvariantCulture),
    };
}
