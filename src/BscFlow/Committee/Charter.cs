namespace BscFlow.Committee;

/// <summary>What a committee has agreed on: who belongs to it, when it meets, and how it decides.</summary>
/// <remarks>Read with <see cref="CharterReader"/>, which checks everything; a charter in hand is valid.</remarks>
public sealed record Charter
{
    /// <summary>First part of every route and key: lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>IANA name of the zone in which the committee reads its calendar.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The shared mailbox that sends and receives for the committee.</summary>
    public required string Mailbox { get; init; }

    /// <summary>What stands behind the @ of the mailbox: the committee's own name in the world.</summary>
    public string MailboxDomain => Mailbox[(Mailbox.LastIndexOf('@') + 1)..];

    /// <summary>The mailing list, where there is one.</summary>
    public string? List { get; init; }

    /// <summary>Addresses of those who may use the desk and who hear of what needs a person.</summary>
    public required IReadOnlyList<string> Secretaries { get; init; }

    public required MeetingRules Meetings { get; init; }

    public LeadTimes LeadTimes { get; init; } = new();

    public ChairRules Chair { get; init; } = new();

    /// <summary>What part of the members in office must be present for a meeting to decide.</summary>
    public required Threshold Quorum { get; init; }

    /// <summary>The kinds of motion and what each needs, by name ("ordinary", "charter", "removal").</summary>
    public required IReadOnlyDictionary<string, VoteRule> Rules { get; init; }

    public MotionRules Motions { get; init; } = new();

    public ElectionRules Elections { get; init; } = new();

    public required IReadOnlyList<Member> Members { get; init; }

    /// <summary>Who may vote for whom, and when. Nobody else may.</summary>
    public IReadOnlyList<Proxy> Proxies { get; init; } = [];

    /// <summary>People who take part without a vote: staff, invited experts.</summary>
    public IReadOnlyList<Guest> Guests { get; init; } = [];
}

/// <summary>When the committee meets.</summary>
public sealed record MeetingRules
{
    /// <summary>An RFC 5545 recurrence rule, such as <c>FREQ=MONTHLY;BYDAY=2WE</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The first meeting, as wall-clock time in the committee's zone.</summary>
    public required DateTime Start { get; init; }

    public TimeSpan Length { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Dates of occurrences that do not take place.</summary>
    public IReadOnlyList<DateOnly> Cancelled { get; init; } = [];

    /// <summary>Meetings beside the recurrence, as wall-clock times in the committee's zone.</summary>
    public IReadOnlyList<DateTime> Special { get; init; } = [];

    /// <summary>Whether a meeting that was numbered and then cancelled keeps its number.</summary>
    public bool CancelledKeepsNumber { get; init; }

    /// <summary>Where it takes place: an address of a video room, or a place.</summary>
    public string? Place { get; init; }

    /// <summary>
    /// Recurrences that were in force before <see cref="Rule"/>, oldest first; each until the next one starts. Old minutes
    /// are judged by them.
    /// </summary>
    public IReadOnlyList<EarlierRule> Earlier { get; init; } = [];
}

/// <summary>A recurrence that the committee has given up.</summary>
/// <param name="Rule">An RFC 5545 recurrence rule.</param>
/// <param name="Start">Its first meeting, as wall-clock time in the committee's zone.</param>
public sealed record EarlierRule(string Rule, DateTime Start);

/// <summary>How long before or after a meeting each step is due.</summary>
public sealed record LeadTimes
{
    /// <summary>Before the start: the meeting is drafted and its agenda mailed.</summary>
    public TimeSpan Draft { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Before the start: the reminder.</summary>
    public TimeSpan Reminder { get; init; } = TimeSpan.FromDays(1);

    /// <summary>After the end: the chair is asked for minutes that are still missing.</summary>
    public TimeSpan Minutes { get; init; } = TimeSpan.FromDays(2);

    /// <summary>After circulation: how long members can object before the minutes are published.</summary>
    public TimeSpan Objections { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>Who takes the chair.</summary>
public sealed record ChairRules
{
    /// <summary>Whether the chair goes round among the members in office; otherwise <see cref="Fixed"/> names it.</summary>
    public bool Rotates { get; init; } = true;

    /// <summary>Member id of a standing chair.</summary>
    public string? Fixed { get; init; }
}

/// <summary>Whose number a share is taken of.</summary>
public enum Body
{
    /// <summary>The votes for and against.</summary>
    Cast,

    /// <summary>The members present at the meeting, the chair counted.</summary>
    Present,

    /// <summary>All members in office.</summary>
    Entire,

    /// <summary>All members in office but the subject of the motion.</summary>
    Others,
}

/// <summary>"At least 2/3 of the entire committee", "more than 1/2 of those present".</summary>
/// <param name="MoreThan">True: more than <paramref name="Share"/>. False: at least.</param>
public sealed record Threshold(Fraction Share, bool MoreThan, Body Of)
{
    /// <summary>As the charter writes it: <c>at least 2/3</c>.</summary>
    public string Needs => $"{(MoreThan ? "more than" : "at least")} {Share}";

    /// <summary>Whether <paramref name="count"/> out of <paramref name="total"/> is enough.</summary>
    public bool IsMetBy(int count, int total) =>
        MoreThan ? Share.IsExceededBy(count, total) : Share.IsReachedBy(count, total);

    /// <summary>The smallest number that is enough out of <paramref name="total"/>; may exceed it when nothing is.</summary>
    public int Needed(int total) =>
        (int)(MoreThan
            ? (long)Share.Numerator * total / Share.Denominator + 1
            : ((long)Share.Numerator * total + Share.Denominator - 1) / Share.Denominator);
}

/// <summary>What a kind of motion needs.</summary>
public sealed record VoteRule
{
    /// <summary>In a meeting; quorum is always required there.</summary>
    public required Threshold InMeeting { get; init; }

    public required Threshold ByMail { get; init; }

    /// <summary>The body whose ratification is needed after the vote, where one is.</summary>
    public string? RatifiedBy { get; init; }

    /// <summary>Whether such a motion is about a member, who then is not asked and not counted.</summary>
    public bool HasSubject => InMeeting.Of is Body.Others || ByMail.Of is Body.Others;
}

/// <summary>How long motions by mail stay open.</summary>
public sealed record MotionRules
{
    /// <summary>From opening to deadline, where the mover names none.</summary>
    public TimeSpan Open { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Never closed sooner than this after opening, whatever the votes.</summary>
    public TimeSpan Minimum { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Whether a motion closes before its deadline when no ballot that is still out could change the outcome.</summary>
    public bool CloseEarly { get; init; }
}

/// <summary>A member's leave for another to vote in their place; both days are included.</summary>
/// <param name="Member">Id of the member who is represented.</param>
/// <param name="By">Id of the member who votes for them.</param>
/// <param name="Until">No end: until the charter is changed.</param>
public sealed record Proxy(string Member, string By, DateOnly From, DateOnly? Until = null)
{
    public bool Includes(DateOnly day) => From <= day && (Until is null || day <= Until);
}
