using BscFlow.Committee;
using BscFlow.Votes;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Receiving;

namespace BscFlow.Web;

/// <summary>What a request about a motion came to.</summary>
internal abstract record MotionAnswer
{
    private MotionAnswer()
    {
    }

    /// <param name="Motion">As it is now.</param>
    public sealed record Changed(Motion Motion) : MotionAnswer;

    /// <summary>The request cannot be read.</summary>
    /// <param name="Errors">What is wrong, in sentences, by the name of the field.</param>
    public sealed record Unreadable(Dictionary<string, string[]> Errors) : MotionAnswer
    {
        public Unreadable(string field, string error)
            : this(new Dictionary<string, string[]> { [field] = [error] })
        {
        }
    }

    /// <summary>A ballot that was heard is on record.</summary>
    public sealed record Entered(Ballot Ballot) : MotionAnswer;

    /// <summary>A ballot that was heard is not counted.</summary>
    /// <param name="Why">A sentence.</param>
    public sealed record NotCounted(string Why) : MotionAnswer;

    /// <param name="Reason">In words that go on after "it is refused: ".</param>
    public sealed record Refused(string Reason) : MotionAnswer;

    /// <summary>There is no such motion.</summary>
    public sealed record Unknown : MotionAnswer;
}

/// <summary>Motions as a program or a form asks for them: reads what was typed, and has it done.</summary>
internal sealed class MotionRequests(
    MotionStore motions,
    OpenMotion open,
    ExtendMotion extend,
    WithdrawMotion withdraw,
    CorrectMotion correct,
    RatifyMotion ratify,
    CastBallot cast,
    TimeProvider time)
{
    public async Task<MotionAnswer> OpenAsync(Charter charter, MotionInput sent, string who, CancellationToken cancellationToken) =>
        sent.TryRead(charter, time.GetUtcNow(), out var draft, out var errors)
            ? AnswerOf(await open.RunAsync(charter, draft, who, cancellationToken))
            : new MotionAnswer.Unreadable(errors);

    public async Task<MotionAnswer> ExtendAsync(
        Charter charter, string motion, string? deadline, string who, CancellationToken cancellationToken) =>
        TypedText.TryReadMoment(charter, deadline, out var moment)
            ? AnswerOf(await extend.RunAsync(charter, motion, moment, who, cancellationToken))
            : new MotionAnswer.Unreadable(
                "deadline", "Give the deadline as 2026-03-04T15:00, in the committee's zone, or with an offset.");

    public async Task<MotionAnswer> WithdrawAsync(
        Charter charter, string motion, string? reason, string who, CancellationToken cancellationToken) =>
        TypedText.TryReadLine(reason, out var line)
            ? AnswerOf(await withdraw.RunAsync(charter, motion, line, who, cancellationToken))
            : new MotionAnswer.Unreadable("reason", "Say in one line why it is withdrawn.");

    public async Task<MotionAnswer> CorrectAsync(
        Charter charter, string motion, string? title, string? text, string who, CancellationToken cancellationToken)
    {
        // Read as a motion to be opened, so that both keep the same limits.
        var wording = new MotionInput { Title = title, Text = text };
        return wording.TryRead(charter, time.GetUtcNow(), out var draft, out var errors)
            ? AnswerOf(await correct.RunAsync(charter, motion, draft.Title, draft.Text, who, cancellationToken))
            : new MotionAnswer.Unreadable(errors);
    }

    /// <param name="day">Null where it cannot be read.</param>
    public async Task<MotionAnswer> RatifyAsync(
        Charter charter, string motion, DateOnly? day, string who, CancellationToken cancellationToken) =>
        day is { } given
            ? AnswerOf(await ratify.RunAsync(charter, motion, given, who, cancellationToken))
            : new MotionAnswer.Unreadable("day", "Give the day of the ratification as 2026-03-04.");

    public async Task<MotionAnswer> EnterAsync(
        Charter charter, string motion, HeardBallotInput heard, string who, CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(charter.Id, motion, cancellationToken) is not { } found)
        {
            return new MotionAnswer.Unknown();
        }

        if (!heard.TryRead(charter, found, time.GetUtcNow(), out var ballot, out var errors))
        {
            return new MotionAnswer.Unreadable(errors);
        }

        return await cast.EnterAsync(charter, motion, ballot, who, cancellationToken) switch
        {
            Casting.Accepted accepted => new MotionAnswer.Entered(accepted.Ballot),
            { } casting => new MotionAnswer.NotCounted(CastingWords.Of(casting)),
            null => new MotionAnswer.NotCounted(
                $"The ballot cannot be counted: {found.Electorate.NameOf(ballot.Voter)} stands in the charter no more."),
        };
    }

    private static MotionAnswer AnswerOf(MotionChange change) => change switch
    {
        MotionChange.Made made => new MotionAnswer.Changed(made.Motion),
        MotionChange.Refused refused => new MotionAnswer.Refused(refused.Reason),
        _ => new MotionAnswer.Unknown(),
    };
}
