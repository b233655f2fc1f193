using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Publishing;
using BscFlow.Votes;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Web.Pages.Desk;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>Motions on the desk: plain forms over the same use cases as the programming interface.</summary>
internal static class MotionDesk
{
    public static Task<IResult> ListAsync(
        InForce inForce, MotionStore motions, TimeProvider time, CancellationToken cancellationToken) =>
        ListPageAsync(inForce.Charter, new MotionForm(), [], motions, time, cancellationToken);

    /// <summary>Leads to the page that the chair's mail leads to.</summary>
    public static async Task<IResult> ProposalAsync(
        InForce inForce, string meeting, string motion, MeetingStore meetings, SiteLinks links, CancellationToken cancellationToken) =>
        await meetings.FindAsync(inForce.Id, meeting, cancellationToken) is { } found
            ? TypedResults.Redirect(links.ProposedMotion(inForce.Charter, found, motion).AbsolutePath)
            : throw new BadHttpRequestException("There is no such meeting here.", StatusCodes.Status404NotFound);

    public static async Task<IResult> OpenAsync(
        InForce inForce,
        Actor who,
        [FromForm] MotionForm form,
        OpenMotion open,
        Clock clock,
        MotionStore motions,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var charter = inForce.Charter;
        if (form.ToInput().TryRead(charter, time.GetUtcNow(), out var draft, out var errors))
        {
            switch (await open.RunAsync(charter, draft, who.Name, cancellationToken))
            {
                case MotionChange.Made made:
                    await clock.TickAsync(charter.Id, cancellationToken);
                    return TypedResults.Redirect($"/desk/{charter.Id}/motions/{made.Motion.Id}");
                case MotionChange.Refused refused:
                    errors["form"] = [$"The motion is not opened: {refused.Reason}."];
                    break;
            }
        }

        return await ListPageAsync(charter, form, errors, motions, time, cancellationToken);
    }

    public static Task<IResult> GetAsync(
        InForce inForce, string motion, MotionStore motions, BallotStore ballots, CancellationToken cancellationToken) =>
        MotionPageAsync(inForce.Charter, motion, [], motions, ballots, cancellationToken);

    public static async Task<IResult> ExtendAsync(
        InForce inForce,
        Actor who,
        string motion,
        [FromForm] string? deadline,
        ExtendMotion extend,
        Clock clock,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        var change = MeetingApi.TryReadStart(inForce.Charter, deadline, out var moment)
            ? await extend.RunAsync(inForce.Charter, motion, moment, who.Name, cancellationToken)
            : new MotionChange.Refused("give the deadline as 2026-03-04T15:00, in the committee's zone");
        return await DoneAsync(inForce.Charter, motion, "deadline", change, clock, motions, ballots, cancellationToken);
    }

    public static async Task<IResult> WithdrawAsync(
        InForce inForce,
        Actor who,
        string motion,
        [FromForm] string? reason,
        WithdrawMotion withdraw,
        Clock clock,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        var change = MeetingApi.TryReadLine(reason, out var line)
            ? await withdraw.RunAsync(inForce.Charter, motion, line, who.Name, cancellationToken)
            : new MotionChange.Refused("say in one line why it is withdrawn");
        return await DoneAsync(inForce.Charter, motion, "reason", change, clock, motions, ballots, cancellationToken);
    }

    public static async Task<IResult> CorrectAsync(
        InForce inForce,
        Actor who,
        string motion,
        [FromForm] string? title,
        [FromForm] string? text,
        CorrectMotion correct,
        Clock clock,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        var wording = new MotionInput { Title = title, Text = text };
        var change = wording.TryRead(inForce.Charter, default, out var draft, out var errors)
            ? await correct.RunAsync(inForce.Charter, motion, draft.Title, draft.Text, who.Name, cancellationToken)
            : new MotionChange.Refused(errors.First().Value[0]);
        return await DoneAsync(inForce.Charter, motion, "text", change, clock, motions, ballots, cancellationToken);
    }

    public static async Task<IResult> RatifyAsync(
        InForce inForce,
        Actor who,
        string motion,
        [FromForm] string? day,
        RatifyMotion ratify,
        Clock clock,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        var change = CharterValues.TryDate(day ?? "", out var date)
            ? await ratify.RunAsync(inForce.Charter, motion, date, who.Name, cancellationToken)
            : new MotionChange.Refused("give the day of the ratification as 2026-03-04");
        return await DoneAsync(inForce.Charter, motion, "day", change, clock, motions, ballots, cancellationToken);
    }

    public static async Task<IResult> EnterBallotAsync(
        InForce inForce,
        Actor who,
        string motion,
        [FromForm] HeardBallotInput form,
        CastBallot cast,
        Clock clock,
        MotionStore motions,
        BallotStore ballots,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (form.TryRead(inForce.Charter, time.GetUtcNow(), out var ballot, out var errors))
        {
            switch (await cast.EnterAsync(inForce.Charter, motion, ballot, who.Name, cancellationToken))
            {
                case Casting.Accepted:
                    await clock.TickAsync(inForce.Id, cancellationToken);
                    return TypedResults.Redirect($"/desk/{inForce.Id}/motions/{motion}");
                case { } casting:
                    errors["ballot"] = [CastingWords.Of(casting)];
                    break;
            }
        }

        return await MotionPageAsync(inForce.Charter, motion, errors, motions, ballots, cancellationToken, form);
    }

    private static async Task<IResult> DoneAsync(
        Charter charter,
        string motion,
        string field,
        MotionChange change,
        Clock clock,
        MotionStore motions,
        BallotStore ballots,
        CancellationToken cancellationToken)
    {
        if (change is MotionChange.Refused refused)
        {
            return await MotionPageAsync(
                charter, motion, new() { [field] = [$"Nothing was changed: {refused.Reason}."] }, motions, ballots, cancellationToken);
        }

        await clock.TickAsync(charter.Id, cancellationToken);
        return TypedResults.Redirect($"/desk/{charter.Id}/motions/{motion}");
    }

    private static async Task<IResult> ListPageAsync(
        Charter charter,
        MotionForm form,
        Dictionary<string, string[]> errors,
        MotionStore motions,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var all = await motions.AllAsync(charter.Id, cancellationToken);
        return new RazorComponentResult<MotionsDeskPage>(new
        {
            Charter = charter,
            Motions = all.OrderByDescending(motion => motion.IsOpen).ThenByDescending(motion => motion.Opened).ToList(),
            Today = charter.DayOf(time.GetUtcNow()),
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
        HeardBallotInput? heard = null)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { } motion)
        {
            throw new BadHttpRequestException("There is no such motion here.", StatusCodes.Status404NotFound);
        }

        return new RazorComponentResult<MotionDeskPage>(new
        {
            Charter = charter,
            Motion = motion,
            Voters = await ballots.VotersAsync(motion, cancellationToken),
            Heard = heard ?? new HeardBallotInput(),
            Errors = errors,
        })
        {
            StatusCode = StatusOf(errors),
        };
    }

    private static int StatusOf(Dictionary<string, string[]> errors) =>
        errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
}

/// <summary>A motion as the form sends it: as <see cref="MotionInput"/>, with the addresses of its links one a line.</summary>
public sealed record MotionForm
{
    public string? Title { get; init; }

    public string? Text { get; init; }

    public string? Rule { get; init; }

    public bool Consensus { get; init; }

    public string? Subject { get; init; }

    public string? Mover { get; init; }

    public string? Seconder { get; init; }

    public string? Deadline { get; init; }

    public bool Secret { get; init; }

    public string? Links { get; init; }

    /// <summary>A name a line, or a table in CSV; empty for a motion that is voted on with yes or no.</summary>
    public string? Options { get; init; }

    public BallotKind Kind { get; init; }

    public CountingMethod? Method { get; init; }

    public int? Seats { get; init; }

    public int? Cap { get; init; }

    public decimal? Budget { get; init; }

    public bool FillBudget { get; init; }

    /// <summary>A table in CSV; empty for the committee.</summary>
    public string? Voters { get; init; }

    public MotionInput ToInput() => new()
    {
        Options = string.IsNullOrWhiteSpace(Options) ? null : new OptionsInput
        {
            Kind = Kind,
            Method = Method,
            Seats = Seats,
            Cap = Cap,
            Budget = Budget,
            FillBudget = FillBudget,
            Table = Options,
        },
        Voters = Voters,
        Title = Title,
        Text = Text,
        Rule = Rule,
        Consensus = Consensus,
        Subject = Subject,
        Mover = Mover,
        Seconder = Seconder,
        Deadline = Deadline,
        Secret = Secret,
        Links =
        [
            .. (Links ?? "")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(address => new MotionLinkInput(null, address)),
        ],
    };
}
