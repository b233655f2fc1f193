using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace BscFlow.Web;

/// <summary>Every route of BscFlow; the fronts only pass requests on.</summary>
public static class Endpoints
{
    /// <summary>Also for a form with nothing in it but its button, which no handler reads.</summary>
    private static readonly RequireAntiforgeryTokenAttribute EveryForm = new();

    /// <summary>The pipeline that both fronts run: headers, errors, access, forms, routes.</summary>
    public static IApplicationBuilder UseBscFlow(this IApplicationBuilder app) => app
        .UsePageHeaders()
        .UseExceptionHandler()
        .UseLimits()
        .UseAccess()
        .UseRouting()
        .UseAntiforgery()
        .UseFormTokens()
        .UseEndpoints(routes => routes.MapBscFlow());

    private static void MapBscFlow(this IEndpointRouteBuilder all)
    {
        var routes = all.MapGroup("").WithMetadata(new OwnEndpoint());
        var api = routes.MapGroup("/api/{committee}").DisableAntiforgery();
        api.MapGet("/meetings", MeetingApi.ListAsync);
        api.MapPost("/meetings", MeetingApi.CallSpecialAsync);
        api.MapPost("/meetings/cancel", MeetingApi.CancelDateAsync);
        api.MapPost("/meetings/{meeting}/cancel", MeetingApi.CancelAsync);
        api.MapPut("/meetings/{meeting}/chair", MeetingApi.SetChairAsync);
        api.MapGet("/meetings/{meeting}/minutes", MinutesApi.GetAsync);
        api.MapPut("/meetings/{meeting}/minutes", MinutesApi.PutAsync);
        api.MapPost("/meetings/{meeting}/publish", MinutesApi.PublishAsync);
        api.MapPost("/agenda", MeetingApi.AddAgendaItemAsync);
        api.MapGet("/actions", MeetingApi.ListActionsAsync);
        api.MapGet("/absences", AbsenceApi.ListAsync);
        api.MapPut("/absences/{member}/{from}", AbsenceApi.PutAsync);
        api.MapDelete("/absences/{member}/{from}", AbsenceApi.DeleteAsync);

        var desk = routes.MapGroup("/desk").WithMetadata(EveryForm);
        desk.MapGet("/enter", DeskPages.Enter);
        desk.MapPost("/leave", DeskPages.Leave);
        desk.MapGet("", DeskPages.CommitteesAsync);
        desk.MapGet("/{committee}", DeskPages.CommitteeAsync);
        desk.MapPost("/{committee}/meetings", DeskPages.CallSpecialAsync);
        desk.MapPost("/{committee}/agenda", DeskPages.AddAgendaItemAsync);
        desk.MapGet("/{committee}/meetings/{meeting}", DeskPages.MeetingAsync);
        desk.MapPost("/{committee}/meetings/{meeting}/minutes", DeskPages.SaveMinutesAsync);
        desk.MapPost("/{committee}/meetings/{meeting}/publish", DeskPages.PublishAsync);
        desk.MapPost("/{committee}/meetings/{meeting}/cancel", DeskPages.CancelAsync);
        desk.MapPost("/{committee}/meetings/{meeting}/chair", DeskPages.SetChairAsync);

        var write = routes.MapGroup("/write/{committee}/{meeting}/{signature}").WithMetadata(EveryForm);
        write.MapGet("", WritingPages.GetAsync);
        write.MapPost("", WritingPages.PostAsync);
        write.MapGet("/minutes.md", WritingPages.FileAsync);

        routes.MapGet(SecurityText.Path, SecurityText.Get);
        routes.MapGet("/healthz", HealthPages.Up);
        routes.MapGet("/readyz", HealthPages.ReadyAsync);
        routes.MapGet("/style.css", DeskFiles.GetStyle);
        routes.MapGet(DeskFiles.EditorPath, DeskFiles.GetEditor);
        routes.MapGet("/", SitePages.IndexAsync);
        routes.MapGet("/{committee}/{**path}", SitePages.GetAsync);
    }
}
