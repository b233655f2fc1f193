using System.Text.Json.Serialization;
using BscFlow.Votes;
using BscFlow.Votes.Mails;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>How far the calls for a vote have come, on the desk, and a voter called again.</summary>
internal static class CallsDesk
{
    public static Task<IResult> GetAsync(
        InForce inForce, string motion, FollowCalls calls, CancellationToken cancellationToken) =>
        PageAsync(inForce, motion, new CallAgainInput(), error: null, calls, cancellationToken);

    public static async Task<IResult> PostAsync(
        InForce inForce,
        Actor who,
        string motion,
        [FromForm] CallAgainInput form,
        CallAgain again,
        FollowCalls calls,
        CancellationToken cancellationToken) =>
        await again.RunAsync(inForce.Charter, motion, form.Voter ?? "", form.GivenAddress, who.Name, cancellationToken) switch
        {
            MotionChange.Made => DoneWords.Redirect($"/desk/{inForce.Id}/motions/{motion}/calls", Done.VoterCalled),
            MotionChange.Refused refused => await PageAsync(
                inForce, motion, form, $"Nobody was called: {refused.Reason}.", calls, cancellationToken),
            _ => throw NoMotion(),
        };

    private static async Task<IResult> PageAsync(
        InForce inForce, string motion, CallAgainInput form, string? error, FollowCalls calls, CancellationToken cancellationToken)
    {
        if (await calls.RunAsync(inForce.Charter, motion, cancellationToken) is not var (found, progress))
        {
            throw NoMotion();
        }

        return new RazorComponentResult<CallsDeskPage>(new
        {
            inForce.Charter,
            Motion = found,
            Progress = progress,
            Form = form,
            Error = error,
        })
        {
            StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static BadHttpRequestException NoMotion() => new("There is no such motion here.", StatusCodes.Status404NotFound);
}

/// <summary>Whom to call again, as a program or a form sends it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CallAgainInput
{
    /// <summary>Id of the voter.</summary>
    public string? Voter { get; init; }

    /// <summary>Another address of a voter who was imported; without it the same.</summary>
    public string? Address { get; init; }

    internal string? GivenAddress => TypedText.Given(Address);
}
