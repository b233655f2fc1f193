using BscFlow.Committee;

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

/// <summary>A link that a motion is read with: a pull request, a document.</summary>
public sealed record MotionLink(string Text, Uri Address);

/// <summary>What a mover puts before the committee.</summary>
public sealed record MotionDraft
{
    /// <summary>Lower-case letters, digits and hyphens, unique in the committee: <c>2025-07-charter</c>.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<MotionLink> Links { get; init; } = [];

    /// <summary>Name of a rule of the charter.</summary>
    public required string Rule { get; init; }

    /// <summary>Carried at the deadline unless someone objects with a reason.</summary>
    public bool Consensus { get; init; }

    /// <summary>Id of the member whom it is about, under a rule that leaves them out.</summary>
    public string? Subject { get; init; }

    /// <summary>Id of the member who moves it, where a member does.</summary>
    public string? Mover { get; init; }

    public string? Seconder { get; init; }

    /// <summary>Null: the charter's time after opening.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Only the numbers and a sheet of receipts are published.</summary>
    public bool Secret { get; init; }
}

/// <summary>
/// A motion by mail. It changes only by its own methods, each of which says what became of it, or why nothing did.
/// </summary>
public sealed record Motion
{
    public required string Committee { get; init; }

    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<MotionLink> Links { get; init; } = [];

    /// <summary>As the charter had it when the motion opened.</summary>
    public required Rule Rule { get; init; }

    public required Electorate Electorate { get; init; }

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

    /// <summary>Why it was withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>The day on which <see cref="Rule.RatifiedBy"/> ratified it.</summary>
    public DateOnly? RatifiedOn { get; init; }

    public bool IsOpen => State is MotionState.Open;

    /// <summary>Opens a motion: the electorate and the rule are frozen here.</summary>
    public static MotionChange Open(Charter charter, Roster roster, MotionDraft draft, DateTimeOffset now)
    {
        if (!charter.Rules.TryGetValue(draft.Rule, out var rule))
        {
            return new MotionChange.Refused($"the charter has no rule \"{draft.Rule}\"");
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(charter.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var electorate = Electorate.On(roster, today, rule.HasSubject ? draft.Subject : null);
        var deadline = draft.Deadline ?? now + charter.Motions.Open;
        var refusal = WrongText(draft.Title, draft.Text)
            ?? WrongPeople(draft, rule, electorate)
            ?? (!IsId(draft.Id) ? "its id is not made of lower-case letters, digits and hyphens"
                : deadline < now + charter.Motions.Minimum ? $"its deadline leaves less than {Days(charter.Motions.Minimum)}"
                : null);
        return refusal is not null
            ? new MotionChange.Refused(refusal)
            : new MotionChange.Made(new Motion
            {
                Committee = charter.Id,
                Id = draft.Id,
                Title = draft.Title,
                Text = draft.Text,
                Links = draft.Links,
                Rule = Votes.Rule.Of(charter, draft.Rule, consensus: draft.Consensus),
                Electorate = electorate,
                Mover = draft.Mover,
                Seconder = draft.Seconder,
                Secret = draft.Secret,
                Opened = now,
                Deadline = deadline,
                EarliestClose = charter.Motions.CloseEarly ? now + charter.Motions.Minimum : null,
            });
    }

    /// <summary>Gives the voters more time. A deadline is never brought forward.</summary>
    public MotionChange Extend(DateTimeOffset deadline, DateTimeOffset now) =>
        Refusal(now) is { } refusal ? new MotionChange.Refused(refusal)
        : deadline <= Deadline ? new MotionChange.Refused("a deadline can only be moved to a later time")
        : new MotionChange.Made(this with { Deadline = deadline });

    /// <summary>Takes the motion back. Ballots already given are kept and count for nothing.</summary>
    public MotionChange Withdraw(string reason, DateTimeOffset now) =>
        Refusal(now) is { } refusal ? new MotionChange.Refused(refusal)
        : string.IsNullOrWhiteSpace(reason) ? new MotionChange.Refused("a withdrawal needs a reason")
        : new MotionChange.Made(this with { State = MotionState.Withdrawn, Reason = reason, Closed = now });

    /// <summary>Corrects what is voted on, as long as nobody has voted on it.</summary>
    public MotionChange Correct(string title, string text, bool hasBallots, DateTimeOffset now) =>
        Refusal(now) is { } refusal ? new MotionChange.Refused(refusal)
        : hasBallots ? new MotionChange.Refused("somebody has voted on the text; a correction is a new motion")
        : WrongText(title, text) is { } wrong ? new MotionChange.Refused(wrong)
        : new MotionChange.Made(this with { Title = title, Text = text });

    /// <summary>
    /// Closes the vote at its deadline, or before it when nothing can change any more and the charter allows it.
    /// </summary>
    public MotionChange Close(Count count, DateTimeOffset now)
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
            State = Rule.Decide(count) switch
            {
                Outcome.Carried when Rule.RatifiedBy is not null => MotionState.AwaitingRatification,
                Outcome.Carried => MotionState.Carried,
                Outcome.Lost => MotionState.Lost,
                _ => MotionState.NoQuorum,
            },
        });
    }

    /// <summary>Whether it may be closed before its deadline.</summary>
    public bool MayCloseEarly(Count count, DateTimeOffset now) =>
        IsOpen && now >= EarliestClose && !Rule.CanStillChange(count);

    /// <summary>Records the day on which the second body ratified what was carried.</summary>
    public MotionChange Ratify(DateOnly day) =>
        State is not MotionState.AwaitingRatification ? new MotionChange.Refused("it does not await ratification")
        : day < EarliestRatification ? new MotionChange.Refused("it cannot be ratified before it was carried")
        : new MotionChange.Made(this with { State = MotionState.Ratified, RatifiedOn = day });

    /// <summary>The other body's calendar may be a day behind UTC.</summary>
    private DateOnly EarliestRatification => DateOnly.FromDateTime((Closed ?? Opened).UtcDateTime).AddDays(-1);

    private string NotOpen => State switch
    {
        MotionState.Withdrawn => "it is withdrawn",
        MotionState.NoQuorum => "it was closed without quorum",
        MotionState.Lost => "it is lost",
        _ => "it is carried",
    };

    /// <summary>Why nothing about it can be changed any more; null while it can.</summary>
    private string? Refusal(DateTimeOffset now) => !IsOpen ? NotOpen : now > Deadline ? "its deadline has passed" : null;

    private static string? WrongText(string title, string text) =>
        string.IsNullOrWhiteSpace(title) ? "it has no title" : string.IsNullOrWhiteSpace(text) ? "it has no text" : null;

    private static string? WrongPeople(MotionDraft draft, VoteRule rule, Electorate electorate)
    {
        if (rule.HasSubject && (draft.Subject is null || electorate.Members.All(member => member.Id != draft.Subject)))
        {
            return $"a motion under the rule \"{draft.Rule}\" names the member in office whom it is about";
        }

        if (!rule.HasSubject && draft.Subject is not null)
        {
            return $"the rule \"{draft.Rule}\" leaves nobody out";
        }

        foreach (var person in (ReadOnlySpan<string?>)[draft.Mover, draft.Seconder])
        {
            if (person is not null && electorate.Members.All(member => member.Id != person))
            {
                return $"\"{person}\" is no member in office";
            }
        }

        return draft.Seconder is not null && draft.Seconder == draft.Mover ? "nobody seconds their own motion"
            : electorate.Size == 0 ? "nobody is in office to vote"
            : null;
    }

    private static bool IsId(string id) =>
        id.Length is > 0 and <= 80 && id[0] != '-' && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Days(TimeSpan time) => time == TimeSpan.FromDays(1) ? "a day" : $"{time.TotalDays:0.##} days";
}

/// <summary>What became of a wish to change a motion.</summary>
public abstract record MotionChange
{
    private MotionChange()
    {
    }

    /// <summary>The motion as it is now.</summary>
    public sealed record Made(Motion Motion) : MotionChange;

    /// <summary>Nothing changed.</summary>
    /// <param name="Reason">In words that can be shown: "its deadline has passed".</param>
    public sealed record Refused(string Reason) : MotionChange;
}
