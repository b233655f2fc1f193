using BscFlow.Mail.Messages;
using BscFlow.Votes;
using BscFlow.Votes.Mails.Messages;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;

namespace BscFlow.Tests.Mail;

/// <summary>One message about a motion of each variant, by the name of its golden file.</summary>
internal static class MotionSamples
{
    private const string Committee = "Tidewater Steering Committee";

    private static readonly Reader Ada = new("Ada Moreau", ReaderRole.Member);

    private static readonly Uri Ballot = new("https://secretary.example/vote/tidewater/abcdefghijklmnopqrstuvwxyz234567");
    private static readonly Uri Tally = new("https://secretary.example/tidewater/motions/2027-03-charter/tally.json");

    private static readonly DateTimeOffset Deadline = new(2027, 3, 19, 18, 0, 0, TimeSpan.FromHours(-7));

    private static readonly MotionFacts Motion = new()
    {
        Title = "The new charter",
        Text = "Shall the committee adopt the charter of 1 March?\n\n  Section 4 is <new>; all else stays.",
        Links = [new("The charter, with what changes", new("https://git.example/charter/pull/7"))],
        Mover = "Ada Moreau",
        Seconder = "Bram de Wit",
        Needs = "It is carried if at least 2/3 of the entire committee vote for it: 4 of 5.",
        RatifiedBy = "the board",
        Deadline = Deadline,
        TimeZone = "America/Vancouver",
        Page = new("https://secretary.example/tidewater/motions/2027-03-charter.html"),
    };

    private static readonly MotionFacts Consensus = Motion with
    {
        Title = "Minutes go to the archive as text",
        Text = "The minutes are kept as Markdown.",
        Links = [],
        Seconder = null,
        Consensus = true,
        Needs = "It is carried at the deadline unless somebody objects and says why.",
        RatifiedBy = null,
    };

    private static readonly MotionFacts Secret = Motion with { Secret = true, RatifiedBy = null, Mover = null, Seconder = null };

    private static readonly MotionFacts Grants = Motion with
    {
        Title = "Grants of 2027",
        Text = "Which of them are paid?",
        Options = new OptionVote
        {
            Kind = BallotKind.YesNo,
            Method = CountingMethod.Approval,
            Options = [new("Docs team", null, 15_000, null, null, ["ada"]), new("Fuzzing", null, 30_000, null, null, ["ada"])],
        },
        Needs = "Counted by yes and no to each; an option needs more yes than no.",
        RatifiedBy = null,
    };

    private static readonly NominationFacts Award = new(
        "The award of 2027",
        "Who gets the award?\nIt is given once.",
        new(2027, 3, 19, 18, 0, 0, TimeSpan.FromHours(-7)),
        new(2027, 3, 21, 18, 0, 0, TimeSpan.FromHours(-7)),
        "America/Vancouver");

    public static IEnumerable<KeyValuePair<string, Message>> All { get; } = new Dictionary<string, Message>
    {
        ["call-for-votes"] = Call(Motion),
        ["call-for-votes-consensus"] = Call(Consensus),
        ["call-for-votes-secret"] = Call(Secret),
        ["call-for-votes-from-minutes"] = Call(Motion with
        {
            Title = "We meet in May",
            Text = "We meet in May.",
            Links = [],
            Origin = "Meeting #17 wanted to decide this and had no quorum, so that it is voted on by mail.",
        }),
        ["call-for-votes-recused"] = Call(Grants) with { Recused = ["Docs team", "Fuzzing"] },
        ["ballot-receipt-recused"] = Receipt(Grants, new(Cast(Vote.For) with { Marks = "1,?" }, true, null)) with
        {
            Recused = ["Fuzzing"],
        },
        ["call-for-votes-voter"] = Call(Motion) with { Reader = new("Eve Foss", ReaderRole.Voter) },
        ["nomination-call"] = new NominationCallMail
        {
            Reader = new("Eve Foss", ReaderRole.Voter),
            Committee = "Reef Committee",
            Election = Award,
            Page = new Uri("https://reef.example/vote/reef/abc"),
        },
        ["nomination-nominee"] = new NomineeMail
        {
            Reader = new("Ada <Bell>", ReaderRole.Nominee),
            Committee = "Reef Committee",
            Election = Award,
            Nominator = "Eve Foss",
            Page = new Uri("https://reef.example/vote/reef/def"),
        },
        ["nomination-note"] = new NominationNoteMail
        {
            Reader = new("Eve Foss", ReaderRole.Voter),
            Committee = "Reef Committee",
            Election = Award,
            Lines = ["You nominated Ada <Bell>.", "Each of them is asked, and stands on the ballot if they accept."],
            Page = new Uri("https://reef.example/vote/reef/abc"),
        },
        ["vote-reminder"] = Reminder(Motion, last: false),
        ["vote-reminder-last"] = Reminder(Motion, last: true),
        ["ballot-again"] = new BallotAgainMail { Reader = Ada, Committee = Committee, Motion = Motion, Ballot = Ballot },
        ["vote-reminder-consensus"] = Reminder(Consensus, last: false),
        ["ballot-receipt"] = Receipt(Motion, new(Cast(Vote.For) with { Comment = "At last.\nThank you, <all>." }, true, null)),
        ["ballot-receipt-replaced"] = Receipt(Motion, new(Cast(Vote.Against), true, Earlier(Vote.For))),
        ["ballot-receipt-outdated"] = Receipt(Motion, new(Cast(Vote.Abstain), false, Later(Vote.For))),
        ["ballot-receipt-outdated-at-once"] = Receipt(
            Motion,
            new(Cast(Vote.Abstain) with { Comment = "Or no side." }, false, new(Vote.For, Cast(Vote.For).Received))),
        ["ballot-receipt-page"] = Receipt(Motion, new(Cast(Vote.For) with { Source = BallotSource.Page }, true, null)),
        ["ballot-receipt-room"] = Receipt(Motion, new(Cast(Vote.For) with { Source = BallotSource.Room }, true, null)),
        ["ballot-receipt-phone"] = Receipt(Motion, new(Cast(Vote.For) with { Source = BallotSource.Phone }, true, null)),
        ["ballot-receipt-proxy"] = Receipt(
            Motion, new(Cast(Vote.For) with { Proxy = "bram", Comment = "As Ada says." }, true, null)) with
        {
            Proxy = "Bram de Wit",
        },
        ["ballot-receipt-secret"] = Receipt(Secret, new(Cast(Vote.Against) with { Comment = "Too early." }, true, null)) with
        {
            SecretWord = "abcd-efgh-ijkl-mnop",
            Line = "17f0a4ace425b323",
        },
        ["ballot-receipt-objection"] = Receipt(
            Consensus, new(Cast(Vote.Against) with { Comment = "Markdown has no tables." }, true, null)),
        ["ballot-unclear"] = Unclear(Motion),
        ["ballot-unclear-stands"] = Unclear(Motion) with { Stands = Cast(Vote.For) },
        ["ballot-unclear-consensus"] = Unclear(Consensus) with { Reason = "an objection needs its reason, written below it" },
        ["ballot-confirm"] = new ConfirmBallotMail
        {
            Reader = Ada,
            Committee = Committee,
            Motion = Motion,
            Ballot = Ballot,
            From = "ada@elsewhere.example",
        },
        ["ballot-late"] = new LateBallotMail
        {
            Reader = Ada,
            Committee = Committee,
            Motion = Motion,
            Received = Deadline.AddSeconds(1),
            Ended = Deadline,
        },
        ["motion-extended"] = Changed(corrected: false),
        ["motion-extended-voted"] = Changed(corrected: false) with { HasVoted = true },
        ["motion-corrected"] = Changed(corrected: true),
        ["result-carried"] = Result(Motion with { RatifiedBy = null }, MotionState.Carried) with
        {
            Outcome = "carried",
            Numbers = "4 for, 1 against, 0 abstained. 4 of 5 were needed.",
            Votes =
            [
                new("Ada Moreau", "for", "At last."),
                new("Bram de Wit", "for", null),
                new("Chiyo Tanaka", "against", "Section 4 is too long.\n<b>Much</b>."),
                new("Diego Salas", "for", null),
                new("Freya Lindqvist", "for", null),
            ],
        },
        ["result-lost-by-one"] = Result(Motion, MotionState.Lost) with
        {
            Outcome = "lost",
            Numbers = "3 for, 1 against, 1 abstained. 4 of 5 were needed; one vote was missing.",
            Votes = [new("Ada Moreau", "for", null), new("Bram de Wit", "abstained", null)],
        },
        ["result-no-quorum"] = Result(Motion, MotionState.NoQuorum) with
        {
            Outcome = "closed without quorum",
            Numbers = "2 for, 0 against, 0 abstained, 3 did not answer. 2 of 5 answered; 3 were needed for a quorum.",
        },
        ["result-withdrawn"] = Result(Motion, MotionState.Withdrawn) with
        {
            Outcome = "withdrawn",
            Reason = "The board has a better text",
            Tally = null,
        },
        ["result-awaiting-ratification"] = Result(Motion, MotionState.AwaitingRatification) with
        {
            Outcome = "carried, awaiting ratification by the board",
            Numbers = "5 for, 0 against, 0 abstained. 4 of 5 were needed.",
        },
        ["result-ratified"] = Result(Motion, MotionState.Ratified) with
        {
            Outcome = "carried, and ratified by the board",
            Numbers = "5 for, 0 against, 0 abstained. 4 of 5 were needed.",
            RatifiedOn = new(2027, 4, 2),
        },
        ["result-secret"] = Result(Secret, MotionState.Carried) with
        {
            Outcome = "carried",
            Numbers = "4 for, 1 against, 0 abstained. 4 of 5 were needed.",
        },
        ["result-consensus"] = Result(Consensus, MotionState.Carried) with
        {
            Outcome = "carried",
            Numbers = "1 for, 0 against, 0 abstained, 4 did not answer. Nobody objected.",
        },
        ["proposed-motion-announced"] = Proposed(ProposalReason.Announced),
        ["proposed-motion-no-quorum"] = Proposed(ProposalReason.NoQuorum),
        ["needs-person"] = new NeedsPersonMail
        {
            Reader = new("Noor Haddad", ReaderRole.Secretary),
            Committee = Committee,
            Motion = Motion.Title,
            What = "Ada Moreau wrote again, and it cannot be counted: it holds two votes that differ.",
            Desk = new("https://secretary.example/desk/tidewater"),
        },
    };

    private static ProposedMotionMail Proposed(ProposalReason reason) => new()
    {
        Reader = Ada,
        Committee = Committee,
        Meeting = new()
        {
            Committee = Committee,
            Number = 17,
            Start = new(2027, 3, 10, 16, 30, 0, TimeSpan.FromHours(-8)),
            Length = TimeSpan.FromHours(1),
            TimeZone = "America/Vancouver",
        },
        Motion = "Adopt the charter of 1 March",
        Wording = "Adopt the charter of 1 March. Section 4 is <new>.",
        Reason = reason,
        Rule = "charter",
        Needs = Motion.Needs,
        Open = new("https://secretary.example/propose/tidewater/0017/2027-03-adopt-the-charter-of-1-march/0123456789abcdef"),
    };

    private static CallForVotesMail Call(MotionFacts motion) =>
        new() { Reader = Ada, Committee = Committee, Motion = motion, Ballot = Ballot };

    private static VoteReminderMail Reminder(MotionFacts motion, bool last) =>
        new() { Reader = Ada, Committee = Committee, Motion = motion, Ballot = Ballot, Last = last };

    private static BallotReceiptMail Receipt(MotionFacts motion, Recorded recorded) =>
        new() { Reader = Ada, Committee = Committee, Motion = motion, Ballot = Ballot, Recorded = recorded };

    private static UnclearBallotMail Unclear(MotionFacts motion) => new()
    {
        Reader = Ada,
        Committee = Committee,
        Motion = motion,
        Ballot = Ballot,
        Reason = "its first line is not a vote and nothing else",
    };

    private static MotionChangedMail Changed(bool corrected) =>
        new() { Reader = Ada, Committee = Committee, Motion = Motion, Ballot = Ballot, Corrected = corrected };

    private static MotionResultMail Result(MotionFacts motion, MotionState state) =>
        new() { Reader = Ada, Committee = Committee, Motion = motion, State = state, Outcome = "", Tally = Tally };

    private static Ballot Cast(Vote vote) => new()
    {
        Voter = "ada",
        Vote = vote,
        Received = new(2027, 3, 15, 9, 30, 0, TimeSpan.FromHours(-7)),
        Source = BallotSource.Mail,
        Evidence = "1@mail.example",
    };

    private static OtherBallot Earlier(Vote vote) => new(vote, new(2027, 3, 14, 8, 0, 0, TimeSpan.FromHours(-7)));

    private static OtherBallot Later(Vote vote) => new(vote, new(2027, 3, 16, 8, 0, 0, TimeSpan.FromHours(-7)));
}
