using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>What was typed into a form about an open motion, and not taken.</summary>
public sealed record MotionTyped
{
    public string? Deadline { get; init; }

    public string? Reason { get; init; }

    public string? Title { get; init; }

    public string? Text { get; init; }

    public string? Day { get; init; }
}

/// <summary>Motions on the desk: plain forms over the same use cases as the programming interface.</summary>
internal static class MotionDesk
{
    public static Task<IResult> ListAsync(
        InForce inForce, [FromQuery] string? show, MotionStore motions, TimeProvider time, CancellationToken cancellationToken) =>
        ListPageAsync(inForce.Charter, new MotionForm(), [], motions, time, cancellationToken, show == DeskList.All);

    /// <summary>Leads to the page that the chair's mail leads to.</summary>
    public static async Task<IResult> ProposalAsync(
        InForce inForce, string meeting, string motion, MeetingStore meetings, SiteLinks links, CancellationToken cancellationToken) =>
        await meetings.FindAsync(inForce.Id, meeting, cancellationToken) is { } found
            ? TypedResults.Redirect(links.ProposedMotion(inForce.Charter, found.Row, motion).AbsolutePath)
            : throw new BadHttpRequestException("There is no such meeting here.", StatusCodes.Status404NotFound);

    public static async Task<IResult> OpenAsync(
        InForce inForce,
        Actor who,
        [FromForm] MotionForm form,
        MotionRequests requests,
        MotionStore motions,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var charter = inForce.Charter;
        var errors = new Dictionary<string, string[]>();
        var input = form.Read(errors);
        if (errors.Count > 0)
        {
            // What is wrong with the other fields is said at once, too.
            input.TryRead(charter, time.GetUtcNow(), out _, out var others);
            return await ListPageAsync(charter, form, others.Concat(errors).ToDictionary(), motions, time, cancellationToken);
        }

        return await requests.OpenAsync(charter, input, who.Name, cancellationToken) switch
        {
            MotionAnswer.Changed changed => DoneWords.Redirect($"/desk/{charter.Id}/motions/{changed.Motion.Id}", Done.MotionOpened),
            MotionAnswer.Unreadable unreadable =>
                await ListPageAsync(charter, form, unreadable.Errors, motions, time, cancellationToken),
            MotionAnswer.Refused refused => await ListPageAsync(
                charter, form, new() { ["form"] = [$"The motion is not opened: {refused.Reason}."] }, motions, time, cancellationToken),
            var answer => throw new InvalidOperationException($"No answer to a new motion: {answer}"),
        };
    }

    public static Task<IResult> GetAsync(
        InForce inForce, string motion, MotionStore motions, BallotStore ballots, CancellationToken cancellationToken) =>
        MotionPageAsync(inForce.Charter, motion, [], motions, ballots, cancellationToken);

    public static async Task<IResult> ExtendAsync(
        InForce inForce,
        Actor who,
        string motion,
        [FromForm] string? deadline,
        MotionRequests requests,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        var answer = await requests.ExtendAsync(inForce.Charter, motion, deadline, who.Name, cancellationToken);
        return await DoneAsync(inForce.Charter, motion, "deadline", Done.MotionExtended, new() { Deadline = deadline }, answer, motions, ballots, cancellationToken);
    }

    public static async Task<IResult> WithdrawAsync(
        InForce inForce,
        Actor who,
        string motion,
        [FromForm] string? reason,
        MotionRequests requests,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        var answer = await requests.WithdrawAsync(inForce.Charter, motion, reason, who.Name, cancellationToken);
        return await DoneAsync(inForce.Charter, motion, "reason", Done.MotionWithdrawn, new() { Reason = reason }, answer, motions, ballots, cancellationToken);
    }

    public static async Task<IResult> CorrectAsync(
        InForce inForce,
        Actor who,
        string motion,
        [FromForm] string? title,
        [FromForm] string? text,
        MotionRequests requests,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        var answer = await requests.CorrectAsync(inForce.Charter, motion, title, text, who.Name, cancellationToken);
        return await DoneAsync(inForce.Charter, motion, "text", Done.MotionCorrected, new() { Title = title, Text = text }, answer, motions, ballots, cancellationToken);
    }

    public static async Task<IResult> RatifyAsync(
        InForce inForce,
        Actor who,
        string motion,
        [FromForm] string? day,
        MotionRequests requests,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        DateOnly? given = CharterValues.TryDate(day ?? "", out var date) ? date : null;
        var answer = await requests.RatifyAsync(inForce.Charter, motion, given, who.Name, cancellationToken);
        return await DoneAsync(inForce.Charter, motion, "day", Done.MotionRatified, new() { Day = day }, answer, motions, ballots, cancellationToken);
    }

    public static async Task<IResult> EnterBallotAsync(
        InForce inForce,
        Actor who,
        string motion,
        [FromForm] HeardBallotInput form,
        MotionRequests requests,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        var answer = await requests.EnterAsync(inForce.Charter, motion, form, who.Name, cancellationToken);
        if (answer is MotionAnswer.Entered)
        {
            return DoneWords.Redirect($"/desk/{inForce.Id}/motions/{motion}", Done.BallotEntered);
        }

        Dictionary<string, string[]> errors = answer switch
        {
            MotionAnswer.Unreadable unreadable => unreadable.Errors,
            MotionAnswer.NotCounted ballot => new() { ["ballot"] = [ballot.Why] },
            _ => [],
        };
        return await MotionPageAsync(inForce.Charter, motion, errors, motions, ballots, cancellationToken, form);
    }

    /// <param name="field">Beside which the form says why nothing was done, where no field is to blame.</param>
    private static async Task<IResult> DoneAsync(
        Charter charter,
        string motion,
        string field,
        Done done,
        MotionTyped typed,
        MotionAnswer answer,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        Dictionary<string, string[]>? errors = answer switch
        {
            MotionAnswer.Refused refused => new() { [field] = [$"Nothing was changed: {refused.Reason}."] },
            MotionAnswer.Unreadable unreadable => unreadable.Errors,
            _ => null,
        };
        return errors is null
            ? DoneWords.Redirect($"/desk/{charter.Id}/motions/{motion}", done)
            : await MotionPageAsync(charter, motion, errors, motions, ballots, cancellationToken, typed: typed);
    }

    private static async Task<IResult> ListPageAsync(
        Charter charter,
        MotionForm form,
        Dictionary<string, string[]> errors,
        MotionStore motions,
        TimeProvider time,
        CancellationToken cancellationToken,
        bool all = false)
    {
        var now = time.GetUtcNow();
        var listed = await motions.ListOpenOrSinceAsync(charter.Id, DeskList.Since(all, now), cancellationToken);
        return new RazorComponentResult<MotionsDeskPage>(new
        {
            Charter = charter,
            Motions = listed.OrderByDescending(motion => motion.State is MotionState.Open).ThenByDescending(motion => motion.Opened).ToList(),
            All = all,
            Today = charter.DayOf(now),
            Form = form,
            Errors = errors,
        })
        {
            StatusCode = StatusOf(errors),
        };
    }

    private static async Task<IResult> MotionPageAsync(
        Charter charter,
        string id,
        Dictionary<string, string[]> errors,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken,
        HeardBallotInput? heard = null,
        MotionTyped? typed = null)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { } motion)
        {
            throw new BadHttpRequestException("There is no such motion here.", StatusCodes.Status404NotFound);
        }

        return new RazorComponentResult<MotionDeskPage>(new
        {
            Charter = charter,
            Motion = motion,
            Turnout = await ballots.TurnoutAsync(motion, cancellationToken),
            Heard = heard ?? new HeardBallotInput(),
            Typed = typed ?? new MotionTyped(),
            Errors = errors,
        })
        {
            StatusCode = StatusOf(errors),
        };
    }

    private static int StatusOf(Dictionary<string, string[]> errors) =>
        errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
}
