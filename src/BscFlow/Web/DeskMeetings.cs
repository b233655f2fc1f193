using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>The desk's meetings: plain forms over the same use cases as the programming interface.</summary>
internal static class DeskMeetings
{
    public static Task<IResult> ListAsync(
        InForce inForce,
        [FromQuery] string? show,
        MeetingStore meetings,
        AgendaStore agenda,
        TimeProvider time,
        CancellationToken cancellationToken) =>
        ListPageAsync(inForce.Charter, new DeskForms(), meetings, agenda, time, cancellationToken, show == DeskList.All);

    public static async Task<IResult> CallSpecialAsync(
        InForce inForce,
        Actor who,
        [FromForm] string? start,
        [FromForm] string? reason,
        CallSpecialMeeting call,
        MeetingStore meetings,
        AgendaStore agenda,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var charter = inForce.Charter;
        var forms = new DeskForms { Start = start, Reason = reason };
        if (!TypedText.TryReadMoment(charter, start, out var moment))
        {
            forms = forms with { StartError = "Give the start as 2026-03-04T15:00, in the committee's zone." };
        }
        else if (!TypedText.TryReadLine(reason, out var line))
        {
            forms = forms with { ReasonError = "Say in one line why the committee meets." };
        }
        else if (await call.RunAsync(charter, moment, null, line, who.Name, cancellationToken) is CallOutcome.Refused refused)
        {
            forms = forms with { StartError = refused.Reason };
        }
        else
        {
            return TypedResults.Redirect($"/desk/{charter.Id}/meetings");
        }

        return await ListPageAsync(charter, forms, meetings, agenda, time, cancellationToken);
    }

    public static async Task<IResult> AddAgendaItemAsync(
        InForce inForce,
        Actor who,
        [FromForm] string? text,
        AddAgendaItem add,
        MeetingStore meetings,
        AgendaStore agenda,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (TypedText.TryReadLine(text, out var line))
        {
            await add.RunAsync(inForce.Charter, line, null, who.Name, cancellationToken);
            return TypedResults.Redirect($"/desk/{inForce.Id}/meetings");
        }

        var forms = new DeskForms { AgendaText = text, AgendaError = $"Give the item as one line of at most {TypedText.LongestLine} characters." };
        return await ListPageAsync(inForce.Charter, forms, meetings, agenda, time, cancellationToken);
    }

    public static Task<IResult> MeetingAsync(
        InForce inForce, string meeting, MeetingStore meetings, CancellationToken cancellationToken) =>
        MeetingPageAsync(inForce.Charter, meeting, new MeetingForms(), meetings, cancellationToken);

    public static async Task<IResult> PublishAsync(
        InForce inForce,
        Actor who,
        string meeting,
        PublishMinutes publish,
        MeetingStore meetings,
        CancellationToken cancellationToken) =>
        await publish.PublishNowAsync(inForce.Charter, MeetingApi.Row(meeting), who.Name, cancellationToken)
            is PublishOutcome.NotYet not
            ? await MeetingPageAsync(inForce.Charter, meeting, new MeetingForms { PublishError = not.Reason }, meetings, cancellationToken)
            : TypedResults.Redirect($"/desk/{inForce.Id}/meetings/{meeting}");

    public static async Task<IResult> CancelAsync(
        InForce inForce,
        Actor who,
        string meeting,
        [FromForm] string? reason,
        CancelMeeting cancel,
        MeetingStore meetings,
        CancellationToken cancellationToken)
    {
        var problem = !TypedText.TryReadLine(reason, out var line)
            ? "Say in one line why the meeting is cancelled."
            : await cancel.RunAsync(inForce.Charter, MeetingApi.Row(meeting), line, who.Name, cancellationToken)
                is CallOutcome.Refused refused
                ? refused.Reason
                : null;
        return problem is null
            ? TypedResults.Redirect($"/desk/{inForce.Id}/meetings")
            : await MeetingPageAsync(
                inForce.Charter, meeting, new MeetingForms { Reason = reason, ReasonError = problem }, meetings, cancellationToken);
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
            ? await MeetingPageAsync(inForce.Charter, meeting, new MeetingForms { ChairError = refused.Reason }, meetings, cancellationToken)
            : TypedResults.Redirect($"/desk/{inForce.Id}/meetings/{meeting}");

    private static async Task<IResult> ListPageAsync(
        Charter charter,
        DeskForms forms,
        MeetingStore meetings,
        AgendaStore agenda,
        TimeProvider time,
        CancellationToken cancellationToken,
        bool all = false)
    {
        var listed = await meetings.UnpublishedOrSinceAsync(charter.Id, DeskList.Since(all, time.GetUtcNow()), cancellationToken);
        return new RazorComponentResult<MeetingsDeskPage>(new
        {
            Charter = charter,
            Meetings = listed.OrderByDescending(meeting => meeting.Start).ToList(),
            All = all,
            Agenda = await agenda.WaitingAsync(charter.Id, cancellationToken),
            Forms = forms,
        })
        {
            StatusCode = StatusOf(forms.IsWrong),
        };
    }

    private static async Task<IResult> MeetingPageAsync(
        Charter charter,
        string meeting,
        MeetingForms forms,
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
            Forms = forms,
        })
        {
            StatusCode = StatusOf(forms.IsWrong),
        };
    }

    private static int StatusOf(bool wrong) => wrong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
}

/// <summary>What was typed into the forms about meetings, and what was wrong with it.</summary>
public sealed record DeskForms
{
    public string? Start { get; init; }

    public string? Reason { get; init; }

    public string? StartError { get; init; }

    public string? ReasonError { get; init; }

    public string? AgendaText { get; init; }

    public string? AgendaError { get; init; }

    internal bool IsWrong => (StartError ?? ReasonError ?? AgendaError) is not null;
}

/// <summary>What was typed into the forms of one meeting, and what was wrong with it.</summary>
public sealed record MeetingForms
{
    public string? ChairError { get; init; }

    public string? Reason { get; init; }

    public string? ReasonError { get; init; }

    public string? PublishError { get; init; }

    internal bool IsWrong => (ChairError ?? ReasonError ?? PublishError) is not null;
}
