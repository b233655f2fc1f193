using System.Globalization;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>Meetings, agenda and action items for programs.</summary>
internal static class MeetingApi
{
    public static async Task<Ok<IReadOnlyList<MeetingView>>> ListAsync(
        InForce inForce, string? after, int? most, HttpContext context, MeetingStore meetings, CancellationToken cancellationToken)
    {
        var page = new ApiPage(after, most);
        var found = await meetings.PageAsync(inForce.Id, page.Start, page.Size, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<MeetingView>>(
            [.. page.Tell(context, found, meeting => meeting.Row).Select(meeting => View(inForce.Charter, meeting))]);
    }

    public static async Task<IResult> CallSpecialAsync(
        InForce inForce,
        Actor who,
        SpecialMeetingRequest request,
        CallSpecialMeeting call,
        CancellationToken cancellationToken)
    {
        if (!TypedText.TryReadMoment(inForce.Charter, request.Start, out var start))
        {
            return Invalid.Field("start", "Give the start as 2026-03-04T15:00, in the committee's zone, or with an offset.");
        }

        if (!TypedText.TryReadLine(request.Reason, out var reason))
        {
            return Invalid.Field("reason", $"Say why, in one line of at most {TypedText.LongestLine} characters.");
        }

        var length = request.LengthMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : (TimeSpan?)null;
        if (!CallSpecialMeeting.Lasts(length))
        {
            return Invalid.Field("lengthMinutes", CallSpecialMeeting.WrongLength);
        }

        var outcome = await call.RunAsync(inForce.Charter, start, length, reason, who.Name, cancellationToken);
        return Result(inForce.Charter, outcome);
    }

    public static async Task<IResult> CancelAsync(
        InForce inForce,
        Actor who,
        string meeting,
        CancellationRequest request,
        CancelMeeting cancel,
        CancellationToken cancellationToken)
    {
        if (!TypedText.TryReadLine(request.Reason, out var reason))
        {
            return Invalid.Field("reason", $"Say why, in one line of at most {TypedText.LongestLine} characters.");
        }

        var outcome = await cancel.RunAsync(inForce.Charter, Row(meeting), reason, who.Name, cancellationToken);
        return Result(inForce.Charter, outcome);
    }

    public static async Task<IResult> CancelDateAsync(
        InForce inForce,
        Actor who,
        CancellationRequest request,
        CancelMeeting cancel,
        CancellationToken cancellationToken)
    {
        if (!TypedText.TryReadMoment(inForce.Charter, request.Start, out var start))
        {
            return Invalid.Field("start", "Give the start of the meeting as 2026-03-04T15:00, in the committee's zone.");
        }

        if (!TypedText.TryReadLine(request.Reason, out var reason))
        {
            return Invalid.Field("reason", $"Say why, in one line of at most {TypedText.LongestLine} characters.");
        }

        var outcome = await cancel.RunAsync(inForce.Charter, start, reason, who.Name, cancellationToken);
        return Result(inForce.Charter, outcome);
    }

    public static async Task<IResult> SetChairAsync(
        InForce inForce,
        Actor who,
        string meeting,
        ChairRequest request,
        SetChair setChair,
        CancellationToken cancellationToken)
    {
        var outcome = await setChair.RunAsync(inForce.Charter, Row(meeting), request.Member ?? "", who.Name, cancellationToken);
        return outcome switch
        {
            CallOutcome.Done done => TypedResults.Ok(View(inForce.Charter, done.Meeting)),
            CallOutcome.Refused refused => Invalid.Field("member", refused.Reason),
            _ => TypedResults.NotFound(),
        };
    }

    public static async Task<IResult> AddAgendaItemAsync(
        InForce inForce,
        Actor who,
        AgendaRequest request,
        AddAgendaItem add,
        CancellationToken cancellationToken)
    {
        if (!TypedText.TryReadLine(request.Text, out var text))
        {
            return Invalid.Field("text", $"Give the item as one line of at most {TypedText.LongestLine} characters.");
        }

        if (!TypedText.TryReadOptionalLine(request.ProposedBy, out var proposedBy))
        {
            return Invalid.Field("proposedBy", $"Say who proposes it in one line of at most {TypedText.LongestLine} characters, or nothing.");
        }

        await add.RunAsync(inForce.Charter, text, proposedBy, who.Name, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    public static async Task<Ok<IReadOnlyList<ActionView>>> ListActionsAsync(
        InForce inForce, string? after, int? most, HttpContext context, ActionStore actions, CancellationToken cancellationToken)
    {
        var page = new ApiPage(after, most);
        var found = await actions.PageAsync(inForce.Id, page.Start, page.Size, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ActionView>>([.. page.Tell(context, found, item => item.Id).Select(ActionView.Of)]);
    }

    /// <summary>The row of a meeting as a person may write it in a route: 62 is 0062.</summary>
    internal static string Row(string meeting) =>
        int.TryParse(meeting, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Keys.Meeting(number) : meeting;

    private static IResult Result(Charter charter, CallOutcome outcome) => outcome switch
    {
        CallOutcome.Done done => TypedResults.Ok(View(charter, done.Meeting)),
        CallOutcome.Refused refused => TypedResults.Problem(refused.Reason, statusCode: StatusCodes.Status409Conflict),
        _ => TypedResults.NotFound(),
    };

    private static MeetingView View(Charter charter, Meeting meeting) => new(
        meeting.Row,
        meeting.Number,
        charter.DayOf(meeting),
        TimeZoneInfo.ConvertTime(meeting.Start, charter.Zone()),
        TimeZoneInfo.ConvertTime(meeting.End, charter.Zone()),
        meeting.State,
        meeting.Special,
        meeting.Chair,
        meeting.Reason,
        meeting.ObjectionsUntil,
        meeting.PublishedAt);
}
