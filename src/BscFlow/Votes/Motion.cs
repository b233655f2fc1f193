using Azure;
using BscFlow.Storage;
using BscFlow.Votes.Options;

namespace BscFlow.Votes;

public enum MotionState
{
    Open,
    Carried,
    Lost,
    NoQuorum,
    Withdrawn,

    /// <summary>Carried, and waiting for the date on which another body ratified it.</summary>
    AwaitingRatification,

    Ratified,
}

/// <summary>What its voters have not been told yet, or is left to do. The steps that do it clear it.</summary>
[Flags]
public enum MotionNews
{
    None = 0,

    /// <summary>All that its voters are told of.</summary>
    ToTell = Opened | Extended | Corrected | Ended,

    /// <summary>Nobody has been called to vote.</summary>
    Opened = 1,

    Extended = 2,

    Corrected = 4,

    /// <summary>It was closed, withdrawn or ratified.</summary>
    Ended = 8,

    /// <summary>It was secret and is over, and who voted how is still stored.</summary>
    ToForget = 16,

    /// <summary>
    /// Some may have been called already, with the text and the deadline of that time: they are told of what changes.
    /// </summary>
    Calling = 32,
}

/// <summary>
/// A motion by mail. It changes only by its own methods, each of which says what became of it, or why nothing did.
/// </summary>
public sealed partial record Motion
{
    /// <summary>Characters of a title: what a subject holds beside a token.</summary>
    public const int LongestTitle = 200;

    /// <summary>Characters of a text: what every mail about it can quote, and what a row of a table holds.</summary>
    public const int LongestText = 20_000;

    public required string Committee { get; init; }

    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<MotionLink> Links { get; init; } = [];

    /// <summary>As the charter had it when the motion opened.</summary>
    public required Rule Rule { get; init; }

    public required Electorate Electorate { get; init; }

    /// <summary>What is asked in place of yes or no; null for most motions.</summary>
    public OptionVote? Options { get; init; }

    /// <summary>Row of the meeting whose minutes ask for it; null where none do.</summary>
    public string? Meeting { get; init; }

    /// <summary>It stands for what that meeting wanted to decide and, having no quorum, could not.</summary>
    public bool ForQuorum { get; init; }

    public string? Mover { get; init; }

    public string? Seconder { get; init; }

    public bool Secret { get; init; }

    public required DateTimeOffset Opened { get; init; }

    /// <summary>A ballot received at this very instant still counts.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>From when it may be closed before its deadline if nothing can change any more; null: never.</summary>
    public DateTimeOffset? EarliestClose { get; init; }

    public MotionState State { get; init; }

    /// <summary>When it was closed or withdrawn.</summary>
    public DateTimeOffset? Closed { get; init; }

    /// <summary>
    /// When what is voted on was last corrected: a ballot that was received before was given on another text, and does not count.
    /// </summary>
    public DateTimeOffset? CorrectedAt { get; init; }

    /// <summary>Why it was withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>The day on which <see cref="Rule.RatifiedBy"/> ratified it.</summary>
    public DateOnly? RatifiedOn { get; init; }

    /// <summary>Over how many partitions its ballots are spread; fixed when it opens.</summary>
    public int Buckets { get; init; } = 1;

    public MotionNews News { get; init; }

    /// <summary>The moment up to which its voters were reminded: no reminder that was due before it is made up for.</summary>
    public DateTimeOffset? RemindedUntil { get; init; }

    /// <summary>Number of the ballot box that takes its ballots; another one each time that a count lets it stay open.</summary>
    public int Box { get; init; } = 1;

    /// <summary>
    /// Since when its box is shut, to be counted or to have its text corrected; a motion that stays open gets another box then.
    /// </summary>
    public DateTimeOffset? BoxShut { get; init; }

    /// <summary>How many of the ballots of a large motion have been read, while it is counted.</summary>
    public int? Counted { get; init; }

    /// <summary>When a ballot came that might let it close early and that was not looked at yet.</summary>
    public DateTimeOffset? LastBallot { get; init; }

    /// <summary>When it was last looked at whether it may close early.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>
    /// How far the mails to a large electorate are queued: their kind and the last voter, in the order of the electorate. Written
    /// by <see cref="Mails.ElectorateMail"/>.
    /// </summary>
    public string? MailedTo { get; init; }

    /// <summary>Who made the latest change: an address, or <c>clock</c>.</summary>
    public string By { get; init; } = "clock";

    /// <summary>SHA-256 of its <c>tally.json</c>, hexadecimal, lower-case; null before it is counted.</summary>
    public string? TallyHash { get; init; }

    public ETag ETag { get; init; }

    /// <summary>Stands for what is voted on: another one after each correction, also back to an earlier text.</summary>
    public string Wording => Keys.ShortHash($"{Title}\n{Text}\n{CorrectedAt?.UtcTicks}");

    public bool IsOpen => State is MotionState.Open;

    /// <summary>When those who have not voted are reminded next: at half time, and a day before the end; null: no more.</summary>
    public DateTimeOffset? NextReminder => PendingMotion.ReminderAfter(Opened, Deadline, RemindedUntil);

    /// <summary>From when on it can be looked at whether it may close early; null when there is nothing new to look at.</summary>
    public DateTimeOffset? NextLook =>
        IsOpen ? PendingMotion.LookAfter(EarliestClose, LookedAt, LastBallot, Electorate.Size) : null;

    /// <summary>Whether it still is what its voters were told: with the same text, deadline and state.</summary>
    public bool IsAsToldOf(Motion told) => (State, Deadline, Wording) == (told.State, told.Deadline, told.Wording);

    /// <summary>Gives the voters more time. A deadline is never brought forward.</summary>
    public MotionChange Extend(DateTimeOffset deadline, DateTimeOffset now) =>
        Refusal(now) is { } refusal ? new MotionChange.Refused(refusal)
        : deadline <= Deadline ? new MotionChange.Refused("a deadline can only be moved to a later time")
        : IsTooFar(deadline, now) ? new MotionChange.Refused(TooFar)
        : new MotionChange.Made(this with { Deadline = deadline, News = News | MotionNews.Extended });

    /// <summary>Takes the motion back. Ballots already given are kept and count for nothing.</summary>
    public MotionChange Withdraw(string reason, DateTimeOffset now) =>
        Refusal(now) is { } refusal ? new MotionChange.Refused(refusal)
        : string.IsNullOrWhiteSpace(reason) ? new MotionChange.Refused("a withdrawal needs a reason")
        : new MotionChange.Made(this with
        {
            State = MotionState.Withdrawn,
            Reason = reason,
            Closed = now,
            News = News | AtEnd,
        });

    /// <summary>Has a voter called again, at another address where they were imported.</summary>
    public MotionChange CallAgain(string voter, string? address, bool hasVoted, DateTimeOffset now) =>
        Refusal(now) is { } refusal ? new MotionChange.Refused(refusal)
        : News.HasFlag(MotionNews.Opened) ? new MotionChange.Refused("its voters are not called yet")
        : Electorate.Correct(voter, address, hasVoted, out var why) is { } electorate
            ? new MotionChange.Made(this with { Electorate = electorate })
            : new MotionChange.Refused(why);

    /// <summary>Corrects what is voted on, as long as nobody has voted on it.</summary>
    public MotionChange Correct(string title, string text, bool hasBallots, DateTimeOffset now) =>
        Refusal(now) is { } refusal ? new MotionChange.Refused(refusal)
        : hasBallots ? new MotionChange.Refused("somebody has voted on the text; a correction is a new motion")
        : WrongText(title, text) is { } wrong ? new MotionChange.Refused(wrong)
        : new MotionChange.Made(this with { Title = title, Text = text, CorrectedAt = now, News = News | MotionNews.Corrected });

    /// <summary>
    /// Closes the vote at its deadline, or before it when nothing can change any more and the charter allows it.
    /// </summary>
    /// <param name="outcome">Of a motion with options, what their count came to; else the rule decides.</param>
    public MotionChange Close(Count count, DateTimeOffset now, Outcome? outcome = null)
    {
        if (!IsOpen)
        {
            return new MotionChange.Refused(NotOpen);
        }

        if (now <= Deadline && !MayCloseEarly(count, now))
        {
            return new MotionChange.Refused("its deadline has not passed");
        }

        return new MotionChange.Made(this with
        {
            Closed = now,
            Counted = null,
            News = News | AtEnd,
            State = (outcome ?? Rule.Decide(count)) switch
            {
                Outcome.Carried when Rule.RatifiedBy is not null => MotionState.AwaitingRatification,
                Outcome.Carried => MotionState.Carried,
                Outcome.Lost => MotionState.Lost,
                _ => MotionState.NoQuorum,
            },
        });
    }

    /// <summary>When what is stored of each ballot is destroyed: long enough after the end for each receipt to leave.</summary>
    public static DateTimeOffset ForgottenAfter(DateTimeOffset closed) => closed.AddDays(1);

    private MotionNews AtEnd => Secret ? MotionNews.Ended | MotionNews.ToForget : MotionNews.Ended;

    /// <summary>Goes on with another box, after the one that was shut showed that it stays open.</summary>
    public Motion NextBox() => this with { Box = Box + 1, BoxShut = null, Counted = null };

    /// <summary>Whether it may be closed before its deadline.</summary>
    public bool MayCloseEarly(Count count, DateTimeOffset now) =>
        IsOpen && now >= EarliestClose && (Options is null ? !Rule.CanStillChange(count) : count.Out == 0);

    /// <summary>Records the day on which the second body ratified what was carried.</summary>
    public MotionChange Ratify(DateOnly day, DateTimeOffset now) =>
        State is not MotionState.AwaitingRatification ? new MotionChange.Refused("it does not await ratification")
        : day < DayOf(Closed ?? Opened).AddDays(-1) ? new MotionChange.Refused("it cannot be ratified before it was carried")
        : day > DayOf(now).AddDays(1) ? new MotionChange.Refused("it cannot be ratified on a day that is yet to come")
        : new MotionChange.Made(this with { State = MotionState.Ratified, RatifiedOn = day, News = News | MotionNews.Ended });

    /// <summary>By UTC; the other body's calendar may be a day behind it, or ahead.</summary>
    private static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);

    private const string BeingCounted = "its ballots are being counted; try again in a minute";

    private string NotOpen => State switch
    {
        MotionState.Withdrawn => "it is withdrawn",
        MotionState.NoQuorum => "it was closed without quorum",
        MotionState.Lost => "it is lost",
        _ => "it is carried",
    };

    /// <summary>Why nothing about it can be changed any more; null while it can.</summary>
    private string? Refusal(DateTimeOffset now) =>
        !IsOpen ? NotOpen
        : now > Deadline ? "its deadline has passed"
        : BoxShut is not null ? BeingCounted
        : null;

    private static string? WrongText(string title, string text) =>
        string.IsNullOrWhiteSpace(title) ? "it has no title"
        : title.Length > LongestTitle ? $"its title has more than {LongestTitle} characters"
        : string.IsNullOrWhiteSpace(text) ? "it has no text"
        : text.Length > LongestText ? $"its text has more than {LongestText} characters; link to it instead"
        : null;
}
