using BscFlow.Committee;
using BscFlow.Votes;
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
        InForce inForce, Actor who, MotionInput request, MotionRequests requests, CancellationToken cancellationToken) =>
        Result(inForce.Charter, await requests.OpenAsync(inForce.Charter, request, who.Name, cancellationToken));

    public static async Task<IResult> ExtendAsync(
        InForce inForce,
        Actor who,
        string motion,
        ExtensionRequest request,
        MotionRequests requests,
        CancellationToken cancellationToken) =>
        Result(inForce.Charter, await requests.ExtendAsync(inForce.Charter, motion, request.Deadline, who.Name, cancellationToken));

    public static async Task<IResult> WithdrawAsync(
        InForce inForce,
        Actor who,
        string motion,
        WithdrawalRequest request,
        MotionRequests requests,
        CancellationToken cancellationToken) =>
        Result(inForce.Charter, await requests.WithdrawAsync(inForce.Charter, motion, request.Reason, who.Name, cancellationToken));

    public static async Task<IResult> CorrectAsync(
        InForce inForce,
        Actor who,
        string motion,
        CorrectionRequest request,
        MotionRequests requests,
        CancellationToken cancellationToken) =>
        Result(
            inForce.Charter,
            await requests.CorrectAsync(inForce.Charter, motion, request.Title, request.Text, who.Name, cancellationToken));

    public static async Task<IResult> RatifyAsync(
        InForce inForce,
        Actor who,
        string motion,
        RatificationRequest request,
        MotionRequests requests,
        CancellationToken cancellationToken) =>
        Result(inForce.Charter, await requests.RatifyAsync(inForce.Charter, motion, request.Day, who.Name, cancellationToken));

    public static async Task<IResult> EnterBallotAsync(
        InForce inForce,
        Actor who,
        string motion,
        HeardBallotInput request,
        MotionStore motions,
        CastBallot cast,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(inForce.Id, motion, cancellationToken) is not { } found)
        {
            return TypedResults.NotFound();
        }

        if (!request.TryRead(inForce.Charter, found, time.GetUtcNow(), out var ballot, out var errors))
        {
            return TypedResults.ValidationProblem(errors);
        }

        return await cast.EnterAsync(inForce.Charter, motion, ballot, who.Name, cancellationToken) switch
        {
            Casting.Accepted accepted => TypedResults.Ok(BallotView.Of(accepted.Ballot)),
            null => TypedResults.NotFound(),
            var casting => TypedResults.Problem(CastingWords.Of(casting), statusCode: StatusCodes.Status409Conflict),
        };
    }

    /// <summary>What anyone needs to count the result again; 404 as long as it is open, and for a motion that was withdrawn.</summary>
    public static async Task<IResult> TallyAsync(
        InForce inForce, string motion, MotionStore motions, TallyStore tallies, CancellationToken cancellationToken) =>
        await motions.FindAsync(inForce.Id, motion, cancellationToken) is { TallyHash: not null } counted
            ? TypedResults.Stream(await tallies.OpenAsync(counted, cancellationToken), "application/json")
            : TypedResults.NotFound();

    private static IResult Result(Charter charter, MotionAnswer answer) => answer switch
    {
        MotionAnswer.Changed changed => TypedResults.Ok(MotionView.Of(charter, changed.Motion)),
        MotionAnswer.Unreadable unreadable => TypedResults.ValidationProblem(unreadable.Errors),
        MotionAnswer.Refused refused => TypedResults.Problem(refused.Reason, statusCode: StatusCodes.Status409Conflict),
        _ => TypedResults.NotFound(),
    };
}
