using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Web.Pages.Desk;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>The secretary's desk: plain forms over the same use cases as the programming interface.</summary>
internal static class DeskPages
{
    public static IResult Enter(string? key, HttpContext context, Access access) =>
        access.TryEnter(context, key ?? "")
            ? TypedResults.Redirect("/desk")
            : TypedResults.Problem("This link does not open the desk.", statusCode: StatusCodes.Status401Unauthorized);

    public static IResult Leave(HttpContext context, Access access)
    {
        access.Leave(context);
        return TypedResults.Redirect(access.SignsPeopleIn ? "/.auth/logout?post_logout_redirect_uri=/" : "/");
    }

    /// <summary>The committees that the visitor serves; with one alone, its desk.</summary>
    public static async Task<IResult> CommitteesAsync(
        Visitor visitor, CharterStore charters, CancellationToken cancellationToken)
    {
        var served = new List<Charter>();
        await foreach (var id in charters.ListAsync(cancellationToken))
        {
            if (await charters.FindAsync(id, cancellationToken) is { } charter && visitor.For(charter) is not null)
            {
                served.Add(charter);
            }
        }

        return served is [var only]
            ? TypedResults.Redirect($"/desk/{only.Id}")
            : new RazorComponentResult<DeskIndexPage>(new { Committees = served });
    }

    public static Task<IResult> CommitteeAsync(
        InForce inForce, MeetingStore meetings, AgendaStore agenda, CancellationToken cancellationToken) =>
        CommitteePageAsync(inForce.Charter, new DeskForms(), meetings, agenda, cancellationToken);

    public static async Task<IResult> CallSpecialAsync(
        InForce inForce,
        Actor who,
        [FromForm] string? start,
        [FromForm] string? reason,
        CallSpecialMeeting call,
        Clock clock,
        MeetingStore meetings,
        AgendaStore agenda,
        CancellationToken cancellationToken)
    {
        var charter = inForce.Charter;
        var forms = new DeskForms { Start = start, Reason = reason };
        if (!MeetingApi.TryReadStart(charter, start, out var moment))
        {
            forms = forms with { SpecialError = "Give the start as 2026-03-04T15:00, in the committee's zone." };
        }
        else if (!MeetingApi.TryReadLine(reason, out var line))
        {
            forms = forms with { SpecialError = "Say in one line why the committee meets." };
        }
        else if (await call.RunAsync(charter, moment, null, line, who.Name, cancellationToken) is CallOutcome.Refused refused)
        {
            forms = forms with { SpecialError = refused.Reason };
        }
        else
        {
            await clock.TickAsync(charter.Id, cancellationToken);
            return TypedResults.Redirect($"/desk/{charter.Id}");
        }

        return await CommitteePageAsync(charter, forms, meetings, agenda, cancellationToken);
    }

    public static async Task<IResult> AddAgendaItemAsync(
        InForce inForce,
        Actor who,
        [FromForm] string? text,
        AddAgendaItem add,
        MeetingStore meetings,
        AgendaStore agenda,
        CancellationToken cancellationToken)
    {
        if (MeetingApi.TryReadLine(text, out var line))
        {
            await add.RunAsync(inForce.Charter, line, null, who.Name, cancellationToken);
            return TypedResults.Redirect($"/desk/{inForce.Id}");
        }

        var forms = new DeskForms { AgendaText = text, AgendaError = "Give the item as one line of at most 500 characters." };
        return await CommitteePageAsync(inForce.Charter, forms, meetings, agenda, cancellationToken);
    }

    public static Task<IResult> MeetingAsync(
        InForce inForce, string meeting, MeetingStore meetings, CancellationToken cancellationToken) =>
        MeetingPageAsync(inForce.Charter, meeting, problem: null, meetings, cancellationToken);

    public static async Task<IResult> PublishAsync(
        InForce inForce,
        Actor who,
        string meeting,
        PublishMinutes publish,
        MeetingStore meetings,
        CancellationToken cancellationToken) =>
        await publish.PublishNowAsync(inForce.Charter, MeetingApi.Row(meeting), who.Name, cancellationToken)
            is PublishOutcome.NotYet not
            ? await MeetingPageAsync(inForce.Charter, meeting, not.Reason, meetings, cancellationToken)
            : TypedResults.Redirect($"/desk/{inForce.Id}/meetings/{meeting}");

    public static async Task<IResult> CancelAsync(
        InForce inForce,
        Actor who,
        string meeting,
        [FromForm] string? reason,
        CancelMeeting cancel,
        Clock clock,
        MeetingStore meetings,
        CancellationToken cancellationToken)
    {
        var problem = !MeetingApi.TryReadLine(reason, out var line)
            ? "Say in one line why the meeting is cancelled."
            : await cancel.RunAsync(inForce.Charter, MeetingApi.Row(meeting), line, who.Name, cancellationToken)
                is CallOutcome.Refused refused
                ? refused.Reason
                : null;
        if (problem is not null)
        {
            return await MeetingPageAsync(inForce.Charter, meeting, problem, meetings, cancellationToken);
        }

        await clock.TickAsync(inForce.Id, cancellationToken);
        return TypedResults.Redirect($"/desk/{inForce.Id}");
    }

    public static async Task<IResult> SetChairAsync(
        InForce inForce,
        Actor who,
        string meeting,
        [FromForm] string? member,
        SetChair setChair,
        MeetingStore meetings,
        CancellationToken cancellationToken) =>
        await setChair.RunAsync(inForce.Charter, MeetingApi.Row(meeting), member ?? "", who.Name, cancellationToken)
            is CallOutcome.Refused refused
            ? await MeetingPageAsync(inForce.Charter, meeting, refused.Reason, meetings, cancellationToken)
            : TypedResults.Redirect($"/desk/{inForce.Id}/meetings/{meeting}");

    private static async Task<IResult> CommitteePageAsync(
        Charter charter, DeskForms forms, MeetingStore meetings, AgendaStore agenda, CancellationToken cancellationToken)
    {
        var all = await meetings.AllAsync(charter.Id, cancellationToken);
        return new RazorComponentResult<DeskPage>(new
        {
            Charter = charter,
            Meetings = all.OrderByDescending(meeting => meeting.Start).ToList(),
            Agenda = await agenda.WaitingAsync(charter.Id, cancellationToken),
            Forms = forms,
        });
    }

    private static async Task<IResult> MeetingPageAsync(
        Charter charter,
        string meeting,
        string? problem,
        MeetingStore meetings,
        CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, MeetingApi.Row(meeting), cancellationToken) is not { } found)
        {
            return TypedResults.NotFound();
        }

        return new RazorComponentResult<MeetingDeskPage>(new
        {
            Charter = charter,
            Meeting = found,
            Problem = problem,
        });
    }
}

/// <summary>What was typed into the forms of a committee's desk, and what was wrong with it.</summary>
public sealed record DeskForms
{
    public string? Start { get; init; }

    public string? Reason { get; init; }

    public string? SpecialError { get; init; }

    public string? AgendaText { get; init; }

    public string? AgendaError { get; init; }
}
