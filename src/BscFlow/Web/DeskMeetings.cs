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
            var isLate = moment < time.GetUtcNow() + charter.LeadTimes.Draft;
            return DoneWords.Redirect($"/desk/{charter.Id}/meetings", isLate ? Done.MeetingCalledLate : Done.MeetingCalled);
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
            return DoneWords.Redirect($"/desk/{inForce.Id}/meetings", Done.OnAgenda);
        }

        var forms = new DeskForms { AgendaText = text, AgendaError = $"Give the item as one line of at most {TypedText.LongestLine} characters." };
        return await ListPageAsync(inForce.Charter, forms, meetings, agenda, time, cancellationToken);
    }

    public static Task<IResult> MeetingAsync(
        InForce inForce,
        string meeting,
        [FromQuery] bool? finished,
        MeetingDesk desk,
        CancellationToken cancellationToken) =>
        MeetingPageAsync(inForce.Charter, meeting, new MeetingForms { IsFinished = finished is true }, desk, cancellationToken);

    public static async Task<IResult> PublishAsync(
        InForce inForce,
        Actor who,
        string meeting,
        PublishMinutes publish,
        MeetingDesk desk,
        CancellationToken cancellationToken) =>
        await publish.PublishNowAsync(inForce.Charter, MeetingApi.Row(meeting), who.Name, cancellationToken)
            is PublishOutcome.NotYet not
            ? await MeetingPageAsync(inForce.Charter, meeting, new MeetingForms { PublishError = not.Reason }, desk, cancellationToken)
            : DoneWords.Redirect($"/desk/{inForce.Id}/meetings/{meeting}", Done.Published);

    public static async Task<IResult> CancelAsync(
        InForce inForce,
        Actor who,
        string meeting,
        [FromForm] string? reason,
        CancelMeeting cancel,
        MeetingDesk desk,
        CancellationToken cancellationToken)
    {
        var problem = !TypedText.TryReadLine(reason, out var line)
            ? "Say in one line why the meeting is cancelled."
            : await cancel.RunAsync(inForce.Charter, MeetingApi.Row(meeting), line, who.Name, cancellationToken)
                is CallOutcome.Refused refused
                ? refused.Reason
                : null;
        return problem is null
            ? DoneWords.Redirect($"/desk/{inForce.Id}/meetings", Done.MeetingCancelled)
            : await MeetingPageAsync(
                inForce.Charter, meeting, new MeetingForms { Reason = reason, ReasonError = problem }, desk, cancellationToken);
    }

    public static async Task<IResult> SetChairAsync(
        InForce inForce,
        Actor who,
        string meeting,
        [FromForm] string? member,
        SetChair setChair,
        MeetingDesk desk,
        CancellationToken cancellationToken) =>
        await setChair.RunAsync(inForce.Charter, MeetingApi.Row(meeting), member ?? "", who.Name, cancellationToken)
            is CallOutcome.Refused refused
            ? await MeetingPageAsync(inForce.Charter, meeting, new MeetingForms { ChairError = refused.Reason }, desk, cancellationToken)
            : DoneWords.Redirect($"/desk/{inForce.Id}/meetings/{meeting}", Done.ChairSet);

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
            Agenda = await agenda.AheadAsync(charter.Id, listed.Where(meeting => meeting.Start > time.GetUtcNow()), cancellationToken),
            Forms = forms,
        })
        {
            StatusCode = StatusOf(forms.IsWrong),
        };
    }

    private static async Task<IResult> MeetingPageAsync(
        Charter charter, string meeting, MeetingForms forms, MeetingDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadAsync(charter, MeetingApi.Row(meeting), cancellationToken) is { } view
            ? new RazorComponentResult<MeetingDeskPage>(new { Charter = charter, View = view, Forms = forms })
            {
                StatusCode = StatusOf(forms.IsWrong),
            }
            : TypedResults.NotFound();

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

    /// <summary>The reader has just finished its minutes.</summary>
    public bool IsFinished { get; init; }

    internal bool IsWrong => (ChairError ?? ReasonError ?? PublishError) is not null;
}
