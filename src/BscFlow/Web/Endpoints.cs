using BscFlow.Telemetry;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BscFlow.Web;

/// <summary>Every route of BscFlow; the fronts only pass requests on.</summary>
public static class Endpoints
{
    /// <summary>What monitors and checkers of links ask with, too.</summary>
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Also for a form with nothing in it but its button, which no handler reads.</summary>
    private static readonly RequireAntiforgeryTokenAttribute EveryForm = new();

    /// <summary>The pipeline that both fronts run: headers, errors, access, forms, routes.</summary>
    public static IApplicationBuilder UseBscFlow(this IApplicationBuilder app) => app
        .UseRequestTrace()
        .UsePageHeaders()
        .UseErrorPages()
        .UseExceptionHandler()
        .UseLimits()
        .UseSiteCache()
        .UseAccess()
        .UseRouting()
        .UseBodyLimit()
        .UseAntiforgery()
        .UseFormTokens()
        .UseEndpoints(routes => routes.MapBscFlow());

    private static void MapBscFlow(this IEndpointRouteBuilder all)
    {
        var routes = all.MapGroup("").WithMetadata(new OwnEndpoint()).AddEndpointFilter(new LookAfterChange());
        routes.MapApi();

        var desk = routes.MapGroup("/desk").WithMetadata(EveryForm);
        desk.MapGet("/enter", DeskPages.Enter);
        desk.MapPost("/leave", DeskPages.LeaveAsync);
        desk.MapGet("", DeskPages.CommitteesAsync);
        desk.MapGet("/{committee}", DeskPages.CommitteeAsync);
        desk.MapGet("/{committee}/findings", DeskPages.FindingsAsync);
        desk.MapPost("/{committee}/failures/{kind}", DeskPages.TryAgainAsync);
        desk.MapGet("/{committee}/meetings", DeskMeetings.ListAsync);
        desk.MapPost("/{committee}/meetings", DeskMeetings.CallSpecialAsync);
        desk.MapPost("/{committee}/agenda", DeskMeetings.AddAgendaItemAsync);
        desk.MapGet("/{committee}/meetings/{meeting}", DeskMeetings.MeetingAsync);
        desk.MapGet("/{committee}/meetings/{meeting}/minutes", DeskMinutes.GetAsync);
        desk.MapPost("/{committee}/meetings/{meeting}/minutes", DeskMinutes.PostAsync).WithMetadata(LookAfterChange.ByItself);
        desk.MapPost("/{committee}/meetings/{meeting}/publish", DeskMeetings.PublishAsync);
        desk.MapPost("/{committee}/meetings/{meeting}/cancel", DeskMeetings.CancelAsync);
        desk.MapPost("/{committee}/meetings/{meeting}/chair", DeskMeetings.SetChairAsync);
        desk.MapGet("/{committee}/actions", DeskActions.ListAsync);
        desk.MapGet("/{committee}/actions/{action}", DeskActions.GetAsync);
        desk.MapPost("/{committee}/actions/{action}", DeskActions.PostAsync);
        desk.MapPost("/{committee}/actions/{action}/done", DeskActions.DoneAsync);
        desk.MapGet("/{committee}/members", DeskMembers.List);
        desk.MapGet("/{committee}/members/join", DeskMembers.GetJoin);
        desk.MapPost("/{committee}/members/join", DeskMembers.JoinAsync);
        desk.MapGet("/{committee}/members/{member}", DeskMembers.Get);
        desk.MapPost("/{committee}/members/{member}", DeskMembers.PostAsync);
        desk.MapPost("/{committee}/members/{member}/term", DeskMembers.TermAsync);
        desk.MapGet("/{committee}/charter", DeskCharter.GetAsync);
        desk.MapPost("/{committee}/charter", DeskCharter.PostAsync);
        desk.MapPost("/{committee}/charter/check", DeskCharter.CheckAsync);
        desk.MapGet("/{committee}/charter/history", DeskCharter.HistoryAsync);

        desk.MapGet("/{committee}/proposals/{meeting}/{motion}", MotionDesk.ProposalAsync);
        desk.MapGet("/{committee}/motions", MotionDesk.ListAsync);
        desk.MapPost("/{committee}/motions", MotionDesk.OpenAsync).WithMetadata(TakesVoters.Many);
        desk.MapGet("/{committee}/motions/{motion}", MotionDesk.GetAsync);
        desk.MapPost("/{committee}/motions/{motion}/extend", MotionDesk.ExtendAsync);
        desk.MapPost("/{committee}/motions/{motion}/withdraw", MotionDesk.WithdrawAsync);
        desk.MapPost("/{committee}/motions/{motion}/correct", MotionDesk.CorrectAsync);
        desk.MapPost("/{committee}/motions/{motion}/ratify", MotionDesk.RatifyAsync);
        desk.MapPost("/{committee}/motions/{motion}/ballots", MotionDesk.EnterBallotAsync);
        desk.MapGet("/{committee}/nominations", NominationDesk.ListAsync);
        desk.MapPost("/{committee}/nominations", NominationDesk.OpenAsync).WithMetadata(TakesVoters.Many);
        desk.MapGet("/{committee}/nominations/{motion}", NominationDesk.GetAsync);
        desk.MapPost("/{committee}/nominations/{motion}", NominationDesk.ChairAsync);
        desk.MapGet("/{committee}/motions/{motion}/calls", CallsDesk.GetAsync);
        desk.MapPost("/{committee}/motions/{motion}/calls", CallsDesk.PostAsync);
        desk.MapGet("/{committee}/mail", MailDesk.ListAsync);
        desk.MapGet("/{committee}/mail/{mail}/raw", MailApi.RawAsync);
        desk.MapPost("/{committee}/mail/{mail}/settle", MailDesk.SettleAsync);
        desk.MapPost("/{committee}/mail/{mail}/ballot", MailDesk.CountAsync);
        desk.MapPost("/{committee}/mail/{mail}/agenda", MailDesk.PutOnAgendaAsync);
        desk.MapPost("/{committee}/mail/returned/{motion}", MailDesk.SettleReturnedAsync);
        desk.MapGet("/{committee}/audit", AuditDesk.ListAsync);

        var write = routes.MapGroup("/write/{committee}/{meeting}/{signature}").WithMetadata(EveryForm);
        write.MapGet("", WritingPages.GetAsync);
        write.MapPost("", WritingPages.PostAsync).WithMetadata(LookAfterChange.ByItself);
        write.MapGet("/minutes.md", WritingPages.FileAsync);

        var my = routes.MapGroup("/my/{committee}/{member}/{until}/{signature}").WithMetadata(EveryForm);
        my.MapGet("", MyPages.GetAsync);
        my.MapPost("/actions/{action}", MyPages.ActionAsync);
        my.MapPost("/ballots/{motion}", MyPages.BallotAsync);
        my.MapPost("/absences", MyPages.AbsentAsync);
        my.MapPost("/absences/{from}/withdraw", MyPages.PresentAsync);

        var notifications = routes.MapGroup("/notifications/graph").DisableAntiforgery();
        notifications.MapPost("", GraphNotifications.OfMailAsync);
        notifications.MapPost("/lifecycle", GraphNotifications.OfLifecycleAsync);

        var vote = routes.MapGroup("/vote/{committee}/{token}").WithMetadata(EveryForm);
        vote.MapGet("", VotePages.GetAsync);
        vote.MapPost("", VotePages.PostAsync);

        var propose = routes.MapGroup("/propose/{committee}/{meeting}/{motion}/{signature}").WithMetadata(EveryForm);
        propose.MapGet("", ProposalPages.GetAsync);
        propose.MapPost("", ProposalPages.PostAsync);

        routes.MapMethods(SecurityText.Path, Reads, SecurityText.Get);
        routes.MapMethods("/healthz", Reads, HealthPages.Up);
        routes.MapMethods("/readyz", Reads, HealthPages.ReadyAsync);
        routes.MapMethods("/style.css", Reads, DeskFiles.GetStyle);
        routes.MapMethods(DeskFiles.EditorPath, Reads, DeskFiles.GetEditor);
        routes.MapMethods(DeskFiles.VotePath, Reads, DeskFiles.GetVote);
        routes.MapMethods("/", Reads, SitePages.IndexAsync);
        routes.MapMethods("/{committee}/{**path}", Reads, SitePages.GetAsync);
    }
}
