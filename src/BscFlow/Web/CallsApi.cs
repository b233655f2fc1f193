using BscFlow.Secretary;
using BscFlow.Votes;
using BscFlow.Votes.Mails;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>How far the calls for a vote have come, and a voter called again, for programs.</summary>
internal static class CallsApi
{
    public static async Task<IResult> ReadAsync(
        InForce inForce, string motion, FollowCalls calls, CancellationToken cancellationToken) =>
        await calls.RunAsync(inForce.Charter, motion, cancellationToken) is var (_, progress)
            ? TypedResults.Ok(progress)
            : TypedResults.NotFound();

    public static async Task<IResult> CallAsync(
        InForce inForce, Actor who, string motion, CallAgainInput request, CallAgain again, CancellationToken cancellationToken) =>
        await again.RunAsync(inForce.Charter, motion, request.Voter ?? "", request.GivenAddress, who.Name, cancellationToken) switch
        {
            MotionChange.Made => TypedResults.NoContent(),
            MotionChange.Refused refused =>
                TypedResults.Problem($"{NeedWords.Capital(refused.Reason)}.", statusCode: StatusCodes.Status409Conflict),
            _ => TypedResults.NotFound(),
        };
}
