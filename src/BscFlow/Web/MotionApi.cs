using BscFlow.Committee;
using BscFlow.Secretary;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Tallies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>Motions by mail, for programs.</summary>
internal static class MotionApi
{
    public static async Task<Ok<IReadOnlyList<ListedMotionView>>> ListAsync(
        InForce inForce, string? after, int? most, HttpContext context, MotionStore motions, CancellationToken cancellationToken)
    {
        var page = new ApiPage(after, most);
        var found = await motions.PageAsync(inForce.Id, page.Start, page.Size, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ListedMotionView>>(
            [.. page.Tell(context, found, motion => motion.Id).Select(motion => ListedMotionView.Of(inForce.Charter, motion))]);
    }

    public static async Task<IResult> GetAsync(
        InForce inForce, string motion, MotionStore motions, BallotStore ballots, CancellationToken cancellationToken) =>
        await motions.FindAsync(inForce.Id, motion, cancellationToken) is { } found
            ? TypedResults.Ok(MotionView.Of(
                inForce.Charter, found, found.IsOpen ? (await ballots.TurnoutAsync(found, cancellationToken)).Voted : null))
            : TypedResults.NotFound();

    /// <summary>In the order of the electorate: who is asked, and whether they have voted.</summary>
    public static async Task<IResult> VotersAsync(
        InForce inForce,
        string motion,
        string? after,
        int? most,
        HttpContext context,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(inForce.Id, motion, cancellationToken) is not { } found)
        {
            return TypedResults.NotFound();
        }

        var page = new ApiPage(after, most);
        var asked = found.Electorate.Asked;
        var rest = page.After is { } last ? asked.SkipWhile(elector => elector.Id != last).Skip(1) : asked;
        var electors = page.Tell(context, [.. rest.Take(page.Size)], elector => elector.Id);
        var voted = await ballots.HaveVotedAsync(found, [.. electors.Select(elector => elector.Id)], cancellationToken);
        return TypedResults.Ok<IReadOnlyList<VoterView>>(
            [.. electors.Select(elector => new VoterView(elector.Id, elector.Name, voted.Contains(elector.Id)))]);
    }

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
        MotionRequests requests,
        CancellationToken cancellationToken) =>
        Result(inForce.Charter, await requests.EnterAsync(inForce.Charter, motion, request, who.Name, cancellationToken));

    /// <summary>What anyone needs to count the result again; 404 as long as it is open, and for a motion that was withdrawn.</summary>
    public static async Task<IResult> TallyAsync(
        InForce inForce, string motion, MotionStore motions, TallyStore tallies, CancellationToken cancellationToken) =>
        await motions.FindAsync(inForce.Id, motion, cancellationToken) is { TallyHash: not null } counted
            ? TypedResults.Stream(await tallies.OpenAsync(counted, cancellationToken), "application/json")
            : TypedResults.NotFound();

    private static IResult Result(Charter charter, MotionAnswer answer) => answer switch
    {
        MotionAnswer.Changed changed => TypedResults.Ok(MotionView.Of(charter, changed.Motion)),
        MotionAnswer.Entered entered => TypedResults.Ok(BallotView.Of(entered.Ballot)),
        MotionAnswer.NotCounted ballot => TypedResults.Problem(ballot.Why, statusCode: StatusCodes.Status409Conflict),
        MotionAnswer.Unreadable unreadable => TypedResults.ValidationProblem(unreadable.Errors),
        MotionAnswer.Refused refused =>
            TypedResults.Problem($"{NeedWords.Capital(refused.Reason)}.", statusCode: StatusCodes.Status409Conflict),
        _ => TypedResults.NotFound(),
    };
}
