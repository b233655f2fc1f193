using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Web.Pages.Desk;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>The desk's page on which the minutes of a meeting are written, corrected and published.</summary>
internal static class DeskMinutes
{
    public static async Task<IResult> GetAsync(
        InForce inForce, string meeting, MeetingStore meetings, MinutesStore minutes, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(inForce.Id, MeetingApi.Row(meeting), cancellationToken) is not { } found)
        {
            return TypedResults.NotFound();
        }

        var stored = await minutes.FindAsync(inForce.Id, inForce.Charter.DayOf(found).Year, found.Row, cancellationToken);
        return Page(MinutesEditor.Open(inForce.Charter, found, stored));
    }

    public static async Task<IResult> PostAsync(
        InForce inForce,
        Actor who,
        string meeting,
        IFormCollection form,
        MeetingStore meetings,
        EditMinutes edit,
        PublishMinutes publish,
        LookSoon look,
        CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(inForce.Id, MeetingApi.Row(meeting), cancellationToken) is not { } found)
        {
            return TypedResults.NotFound();
        }

        var view = await MinutesEditor.PostAsync(inForce.Charter, found, form, who.Name, edit, look, cancellationToken);
        if (!view.IsFinished)
        {
            return Page(view);
        }

        if (found.State is MeetingState.Published)
        {
            await publish.PublishNowAsync(inForce.Charter, found.Row, who.Name, cancellationToken);
        }

        return TypedResults.Redirect($"/desk/{inForce.Id}/meetings/{found.Row}?finished=true");
    }

    private static RazorComponentResult<MinutesDeskPage> Page(EditorView view) => new(new { View = view });
}
