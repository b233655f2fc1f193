using BscFlow.Committee;
using BscFlow.Votes;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>Motions by mail, for programs.</summary>
internal static class MotionApi
{
    public static async Task<Ok<IReadOnlyList<MotionView>>> ListAsync(
        InForce inForce, MotionStore motions, CancellationToken cancellationToken)
    {
        IReadOnlyList<MotionView> views =
        [
            .. (await motions.AllAsync(inForce.Id, cancellationToken))
                .OrderByDescending(motion => motion.Opened)
                .Select(motion => MotionView.Of(inForce.Charter, motion)),
        ];
        return TypedResults.Ok(views);
    }

    public static async Task<IResult> GetAsync(
        InForce inForce, string motion, MotionStore motions, BallotStore ballots, CancellationToken cancellationToken) =>
        await motions.FindAsync(inForce.Id, motion, cancellationToken) is { } found
            ? TypedResults.Ok(MotionView.Of(
                inForce.Charter, found, found.IsOpen ? await ballots.VotersAsync(found, cancellationToken) : null))
            : TypedResults.NotFound();

    public static async Task<IResult> OpenAsync(
        InForce inForce,
        Actor who,
        MotionInput request,
        OpenMotion open,
        Clock clock,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!request.TryRead(inForce.Charter, time.GetUtcNow(), out var draft, out var errors))
        {
            return TypedResults.ValidationProblem(errors);
        }

        var change = await open.RunAsync(inForce.Charter, draft, who.Name, cancellationToken);
        return await ResultAsync(inForce.Charter, change, clock, cancellationToken);
    }

    public static async Task<IResult> ExtendAsync(
        InForce inForce,
        Actor who,
        string motion,
        ExtensionRequest request,
        ExtendMotion extend,
        Clock clock,
        CancellationToken cancellationToken) =>
        MeetingApi.TryReadStart(inForce.Charter, request.Deadline, out var deadline)
            ? await ResultAsync(
                inForce.Charter,
                await extend.RunAsync(inForce.Charter, motion, deadline, who.Name, cancellationToken),
                clock,
                cancellationToken)
            : Invalid("deadline", "Give the deadline as 2026-03-04T15:00, in the committee's zone, or with an offset.");

    public static async Task<IResult> WithdrawAsync(
        InForce inForce,
        Actor who,
        string motion,
        WithdrawalRequest request,
        WithdrawMotion withdraw,
        Clock clock,
        CancellationToken cancellationToken) =>
        MeetingApi.TryReadLine(request.Reason, out var reason)
            ? await ResultAsync(
                inForce.Charter,
                await withdraw.RunAsync(inForce.Charter, motion, reason, who.Name, cancellationToken),
                clock,
                cancellationToken)
            : Invalid("reason", "Say in one line why it is withdrawn.");

    public static async Task<IResult> CorrectAsync(
        InForce inForce,
        Actor who,
        string motion,
        CorrectionRequest request,
        CorrectMotion correct,
        Clock clock,
        CancellationToken cancellationToken)
    {
        // Of a motion to be opened, so that both keep the same limits.
        var wording = new MotionInput { Title = request.Title, Text = request.Text };
        if (!wording.TryRead(inForce.Charter, default, out var draft, out var errors))
        {
            return TypedResults.ValidationProblem(errors);
        }

        var change = await correct.RunAsync(
            inForce.Charter, motion, draft.Title, draft.Text, who.Name, cancellationToken);
        return await ResultAsync(inForce.Charter, change, clock, cancellationToken);
    }

    public static async Task<IResult> RatifyAsync(
        InForce inForce,
        Actor who,
        string motion,
        RatificationRequest request,
        RatifyMotion ratify,
        Clock clock,
        CancellationToken cancellationToken) =>
        request.Day is { } day
            ? await ResultAsync(
                inForce.Charter,
                await ratify.RunAsync(inForce.Charter, motion, day, who.Name, cancellationToken),
                clock,
                cancellationToken)
            : Invalid("day", "Give the day of the ratification as 2026-03-04.");

    public static async Task<IResult> EnterBallotAsync(
        InForce inForce,
        Actor who,
        string motion,
        HeardBallotInput request,
        CastBallot cast,
        Clock clock,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!request.TryRead(inForce.Charter, time.GetUtcNow(), out var ballot, out var errors))
        {
            return TypedResults.ValidationProblem(errors);
        }

        switch (await cast.EnterAsync(inForce.Charter, motion, ballot, who.Name, cancellationToken))
        {
            case Casting.Accepted accepted:
                await clock.TickAsync(inForce.Id, cancellationToken);
                return TypedResults.Ok(BallotView.Of(accepted.Ballot));
            case null:
                return TypedResults.NotFound();
            case var casting:
                return TypedResults.Problem(CastingWords.Of(casting), statusCode: StatusCodes.Status409Conflict);
        }
    }

    /// <summary>What anyone needs to count the result again; 404 as long as it is open, and for a motion that was withdrawn.</summary>
    public static async Task<IResult> TallyAsync(
        InForce inForce, string motion, MotionStore motions, TallyStore tallies, CancellationToken cancellationToken) =>
        await motions.FindAsync(inForce.Id, motion, cancellationToken) is { TallyHash: not null } counted
            ? TypedResults.Stream(await tallies.OpenAsync(counted, cancellationToken), "application/json")
            : TypedResults.NotFound();

    private static async Task<IResult> ResultAsync(
        Charter charter, MotionChange change, Clock clock, CancellationToken cancellationToken)
    {
        switch (change)
        {
            case MotionChange.Made made:
                await clock.TickAsync(charter.Id, cancellationToken);
                return TypedResults.Ok(MotionView.Of(charter, made.Motion));
            case MotionChange.Refused refused:
                return TypedResults.Problem(refused.Reason, statusCode: StatusCodes.Status409Conflict);
            default:
                return TypedResults.NotFound();
        }
    }

    private static ValidationProblem Invalid(string field, string message) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });
}
