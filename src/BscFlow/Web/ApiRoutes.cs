using System.Text.Json.Nodes;
using BscFlow.Committee;
using BscFlow.Votes.Mails;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BscFlow.Web;

/// <summary>The routes for programs, each with what it does, takes and answers.</summary>
internal static class ApiRoutes
{
    private const string Markdown = "text/markdown";

    public static void MapApi(this RouteGroupBuilder routes)
    {
        var api = routes.MapGroup("/api/{committee}").DisableAntiforgery().DescribeAll();
        api.MapMeetings();
        api.MapMail();
        api.MapMotions();

        // Below it would else be the site of a committee that is called api.
        api.MapGet("/{**path}", NothingHere).ExcludeFromDescription();
    }

    /// <param name="inForce">Whether the committee is there is said first.</param>
    private static ProblemHttpResult NothingHere(InForce inForce, string? path) => TypedResults.Problem(
        $"{inForce.Charter.Name} has nothing that is called \"{path}\" here.", statusCode: StatusCodes.Status404NotFound);

    private static void MapMeetings(this RouteGroupBuilder api)
    {
        api.MapGet("/meetings", MeetingApi.ListAsync).Lists<MeetingView>("The meetings, with their state");
        api.MapPost("/meetings", MeetingApi.CallSpecialAsync).Gives<MeetingView>("Calls a special meeting").Takes().Refuses();
        api.MapPost("/meetings/cancel", MeetingApi.CancelDateAsync)
            .Gives<MeetingView>("Cancels the meeting of a date that has no number yet").Takes().Refuses();
        api.MapPost("/meetings/{meeting}/cancel", MeetingApi.CancelAsync).Gives<MeetingView>("Cancels a meeting").Takes().Refuses();
        api.MapPut("/meetings/{meeting}/chair", MeetingApi.SetChairAsync).Gives<MeetingView>("Names another chair").Takes();
        api.MapGet("/meetings/{meeting}/minutes", MinutesApi.GetAsync)
            .WithSummary("The minutes of a meeting, with their version as ETag")
            .Produces<string>(StatusCodes.Status200OK, Markdown)
            .WithVersion(StatusCodes.Status200OK);
        api.MapPut("/meetings/{meeting}/minutes", MinutesApi.PutAsync)
            .Accepts<string>(Markdown)
            .Does("Writes the minutes over the version that If-Match names; who loses a race gets 412, with both texts kept")
            .WithVersion(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Refuses(StatusCodes.Status412PreconditionFailed)
            .WithVersion(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .Refuses(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);
        api.MapPost("/meetings/{meeting}/publish", MinutesApi.PublishAsync)
            .Does("Publishes minutes now instead of when the time for objections is over").Refuses();
        api.MapPost("/agenda", MeetingApi.AddAgendaItemAsync)
            .Does("Puts something on the next agenda", StatusCodes.Status202Accepted).Takes();
        api.MapGet("/actions", MeetingApi.ListActionsAsync).Lists<ActionView>("The register of action items");
        api.MapGet("/absences", AbsenceApi.ListAsync)
            .Gives<IReadOnlyList<Absence>>("Announced absences, those of today and later");
        api.MapPut("/absences/{member}/{from}", AbsenceApi.PutAsync).Gives<AnnouncedView>("Announces that a member is away").Takes();
        api.MapDelete("/absences/{member}/{from}", AbsenceApi.DeleteAsync).Does("Takes an absence back");
    }

    private static void MapMail(this RouteGroupBuilder api)
    {
        api.MapGet("/mail", MailApi.ListAsync)
            .Lists<MailView>("What came in, the newest first: what it was taken for and why");
        api.MapGet("/mail/{mail}/raw", MailApi.RawAsync)
            .WithSummary("A mail as it came")
            .Produces<Stream>(StatusCodes.Status200OK, "message/rfc822");
        api.MapPost("/mail/{mail}/settle", MailApi.SettleAsync)
            .Gives<MailView>("Says that a person is done with a mail; minutes that it objects to go their way").Takes();
        api.MapPost("/mail/{mail}/ballot", MailApi.CountAsync).Gives<MailView>("Counts a mail as a ballot").Takes().Refuses();
    }

    private static void MapMotions(this RouteGroupBuilder api)
    {
        api.MapGet("/motions", MotionApi.ListAsync).Lists<ListedMotionView>("The motions, and how they stand");
        api.MapPost("/motions", MotionApi.OpenAsync).WithMetadata(TakesVoters.Many).Gives<MotionView>("Opens a motion").Takes().Refuses();
        api.MapGet("/motions/{motion}", MotionApi.GetAsync).Gives<MotionView>("A motion, and how many have voted");
        api.MapGet("/motions/{motion}/voters", MotionApi.VotersAsync).Lists<VoterView>("Who is asked, and who has voted");
        api.MapPost("/motions/{motion}/extend", MotionApi.ExtendAsync)
            .Gives<MotionView>("Moves the deadline of an open motion").Takes().Refuses();
        api.MapPost("/motions/{motion}/withdraw", MotionApi.WithdrawAsync)
            .Gives<MotionView>("Withdraws an open motion").Takes().Refuses();
        api.MapPost("/motions/{motion}/correct", MotionApi.CorrectAsync)
            .Gives<MotionView>("Corrects the wording of a motion before its first ballot").Takes().Refuses();
        api.MapPost("/motions/{motion}/ratify", MotionApi.RatifyAsync)
            .Gives<MotionView>("Records the day on which a carried motion was ratified").Takes().Refuses();
        api.MapPost("/motions/{motion}/ballots", MotionApi.EnterBallotAsync)
            .Gives<BallotView>("Enters a ballot that was heard in the room or on the phone").Takes().Refuses();
        api.MapGet("/motions/{motion}/tally", MotionApi.TallyAsync)
            .Gives<JsonObject>("All that it takes to count a result again");
        api.MapGet("/motions/{motion}/calls", CallsApi.ReadAsync)
            .Gives<CallProgress>("How far the calls to vote have come, and whose came back");
        api.MapPost("/motions/{motion}/calls", CallsApi.CallAsync)
            .Does("Calls a voter again, at another address if one is given").Takes().Refuses();
        api.MapPost("/nominations", NominationApi.AskAsync).WithMetadata(TakesVoters.Many)
            .Does("Asks for nominations for a vote that opens when their time is over", StatusCodes.Status201Created)
            .WithMetadata(new AnswerHeader(StatusCodes.Status201Created, "Location", "Where they are shown."))
            .Takes();
        api.MapGet("/nominations/{motion}", NominationApi.ReadAsync).Gives<NominationView>("Who was nominated, and who has accepted");
    }
}
