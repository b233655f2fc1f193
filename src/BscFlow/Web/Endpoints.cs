using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BscFlow.Web;

/// <summary>Every route of BscFlow; the fronts only pass requests on.</summary>
public static class Endpoints
{
    /// <summary>The pipeline that both fronts run: errors, access, forms, routes.</summary>
    public static IApplicationBuilder UseBscFlow(this IApplicationBuilder app) => app
        .UseExceptionHandler()
        .UseSiteCache()
        .UseAccess()
        .UseRouting()
        .UseAntiforgery()
        .UseEndpoints(routes => routes.MapBscFlow());

    private static void MapBscFlow(this IEndpointRouteBuilder routes)
    {
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

        var desk = routes.MapGroup("/desk");
        desk.MapGet("/enter", DeskPages.Enter);
        desk.MapGet("", DeskPages.CommitteesAsync);
        desk.MapGet("/{committee}", DeskPages.CommitteeAsync);
        desk.MapPost("/{committee}/meetings", DeskPages.CallSpecialAsync);
        desk.MapPost("/{committee}/agenda", DeskPages.AddAgendaItemAsync);
        desk.MapGet("/{committee}/meetings/{meeting}", DeskPages.MeetingAsync);
        desk.MapPost("/{committee}/meetings/{meeting}/minutes", DeskPages.SaveMinutesAsync);
        desk.MapPost("/{committee}/meetings/{meeting}/publish", DeskPages.PublishAsync);
        desk.MapPost("/{committee}/meetings/{meeting}/cancel", DeskPages.CancelAsync);
        desk.MapPost("/{committee}/meetings/{meeting}/chair", DeskPages.SetChairAsync);

        var write = routes.MapGroup("/write/{committee}/{meeting}/{signature}");
        write.MapGet("", WritingPages.GetAsync);
        write.MapPost("", WritingPages.PostAsync);
        write.MapGet("/minutes.md", WritingPages.FileAsync);

        routes.MapGet("/style.css", SitePages.Style);
        routes.MapGet("/", SitePages.IndexAsync);
        routes.MapMethods("/{committee}/{**path}", [HttpMethods.Get, HttpMethods.Head], SitePages.GetAsync);
    }
}
