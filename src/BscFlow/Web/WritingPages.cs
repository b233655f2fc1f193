using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Web.Pages;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>The form for the minutes of one meeting, for whoever was asked to write them and got the link.</summary>
internal static class WritingPages
{
    public static async Task<IResult> GetAsync(
        InForce inForce,
        string meeting,
        string signature,
        bool? finished,
        SiteLinks links,
        MeetingStore meetings,
        MinutesStore minutes,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(inForce.Charter, meeting, signature, links, meetings, cancellationToken) is not { } found)
        {
            return Closed();
        }

        var stored = await minutes.FindAsync(inForce.Id, inForce.Charter.DayOf(found).Year, found.Row, cancellationToken);
        return Page(MinutesEditor.Open(inForce.Charter, found, stored) with
        {
            Message = finished is true ? MinutesEditor.Finished(inForce.Charter, found) : null,
        });
    }

    public static async Task<IResult> PostAsync(
        InForce inForce,
        string meeting,
        string signature,
        IFormCollection form,
        SiteLinks links,
        EditMinutes edit,
        LookSoon look,
        MeetingStore meetings,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(inForce.Charter, meeting, signature, links, meetings, cancellationToken) is not { } found)
        {
            return Closed();
        }

        var view = await MinutesEditor.PostAsync(
            inForce.Charter, found, form, Writer(inForce.Charter, found), edit, look, cancellationToken);
        return view.IsFinished
            ? TypedResults.Redirect($"{links.MinutesForm(inForce.Charter, found).AbsolutePath}?finished=true")
            : Page(view);
    }

    /// <summary>The draft as a file, for those who would rather write in an editor.</summary>
    public static async Task<IResult> FileAsync(
        InForce inForce,
        string meeting,
        string signature,
        SiteLinks links,
        MeetingStore meetings,
        MinutesStore minutes,
        CancellationToken cancellationToken) =>
        await FindAsync(inForce.Charter, meeting, signature, links, meetings, cancellationToken) is { } found
        && await minutes.FindAsync(inForce.Id, inForce.Charter.DayOf(found).Year, found.Row, cancellationToken) is { } stored
            ? TypedResults.Text(stored.Text, "text/markdown; charset=utf-8")
            : Closed();

    private static async Task<Meeting?> FindAsync(
        Charter charter,
        string meeting,
        string signature,
        SiteLinks links,
        MeetingStore meetings,
        CancellationToken cancellationToken) =>
        await meetings.FindAsync(charter.Id, meeting, cancellationToken) is { } found
        && links.MayWrite(charter.Id, found, signature)
        && found.State is MeetingState.Ahead or MeetingState.Circulated
            ? found
            : null;

    /// <summary>The link went to the chair, so what comes by it is taken for the chair's.</summary>
    private static string Writer(Charter charter, Meeting meeting) =>
        charter.Members.FirstOrDefault(member => member.Id == meeting.Chair)?.Addresses[0] ?? "link to the minutes";

    /// <summary>The same answer whether the link is wrong or no longer open: it tells nothing about the meeting.</summary>
    private static RazorComponentResult<ClosedLinkPage> Closed() => new(new
    {
        Why = "It was for writing the minutes of one meeting: they are published by now, or the link is not complete.",
    })
    {
        StatusCode = StatusCodes.Status404NotFound,
    };

    private static RazorComponentResult<WritingPage> Page(EditorView view) => new(new { View = view });
}
