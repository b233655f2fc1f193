using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Votes;
using BscFlow.Votes.Opening;
using BscFlow.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>The page behind the chair's link to a motion that minutes ask for; its button opens the motion.</summary>
internal static class ProposalPages
{
    public static async Task<IResult> GetAsync(
        InForce inForce,
        string meeting,
        string motion,
        string signature,
        SiteLinks links,
        OpenProposedMotion open,
        MotionStore motions,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!links.MayOpen(inForce.Id, meeting, motion, signature))
        {
            return Closed();
        }

        // Opened before, by this link or at the desk: its page says how it stands.
        return await motions.FindAsync(inForce.Id, motion, cancellationToken) is not null
            ? TypedResults.Redirect(links.Motion(inForce.Charter, motion).AbsolutePath)
            : await PageAsync(inForce, meeting, motion, new ProposalForm(), problem: null, open, time, cancellationToken);
    }

    public static async Task<IResult> PostAsync(
        InForce inForce,
        string meeting,
        string motion,
        string signature,
        [FromForm] ProposalForm form,
        SiteLinks links,
        OpenProposedMotion open,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!links.MayOpen(inForce.Id, meeting, motion, signature))
        {
            return Closed();
        }

        switch (await open.RunAsync(
            inForce.Charter, meeting, motion, form.Rule, form.Consensus, form.GivenSubject, $"link of meeting {meeting}", cancellationToken))
        {
            case MotionChange.Made:
                return new RazorComponentResult<ProposalOpenedPage>(new
                {
                    inForce.Charter,
                    Public = links.Motion(inForce.Charter, motion).AbsolutePath,
                });
            case MotionChange.Refused refused:
                return await PageAsync(
                    inForce, meeting, motion, form, $"The motion is not opened: {refused.Reason}.", open, time, cancellationToken);
            default:
                return Closed();
        }
    }

    private static async Task<IResult> PageAsync(
        InForce inForce,
        string meeting,
        string motion,
        ProposalForm form,
        string? problem,
        OpenProposedMotion open,
        TimeProvider time,
        CancellationToken cancellationToken) =>
        await open.FindAsync(inForce.Charter, meeting, motion, cancellationToken) is { } proposed
            ? new RazorComponentResult<ProposalPage>(new
            {
                inForce.Charter,
                Proposed = proposed,
                Form = form,
                Today = inForce.Charter.DayOf(time.GetUtcNow()),
                Problem = problem,
            })
            {
                StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            }
            : Closed();

    private static RazorComponentResult<ClosedLinkPage> Closed() => new(new
    {
        Why = "It was for opening a vote that minutes ask for: they do not ask for it any more, or the link is not complete.",
    })
    {
        StatusCode = StatusCodes.Status404NotFound,
    };
}

/// <summary>What the chair chose.</summary>
public sealed record ProposalForm
{
    /// <summary>Null before anything was chosen: the proposed one.</summary>
    public string? Rule { get; init; }

    public bool Consensus { get; init; }

    /// <summary>Id of the member whom it is about, or nothing.</summary>
    public string? Subject { get; init; }

    internal string? GivenSubject => string.IsNullOrWhiteSpace(Subject) ? null : Subject;
}
