using System.Globalization;
using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>Calendar events: making and changing them as organizer, answering as attendee.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder graph)
    {
        var events = graph.MapGroup("/users/{user}/events");
        events.MapGet("", (GraphCall call, MailStore store) => store.Read(() => List(call, Newest(call), "events")));
        events.MapPost("", CreateAsync);
        events.MapGet("{id}", (GraphCall call, MailStore store, string id) => store.Read(() => One(call, call.Event(id))));
        events.MapPatch("{id}", UpdateAsync);
        events.MapDelete("{id}", Delete);
        events.MapPost("{id}/cancel", CancelAsync);
        events.MapPost("{id}/accept", (GraphCall call, MailStore store, Invitations invitations, string id) =>
            RespondAsync(call, store, invitations, id, ResponseType.Accepted));
        events.MapPost("{id}/tentativelyAccept", (GraphCall call, MailStore store, Invitations invitations, string id) =>
            RespondAsync(call, store, invitations, id, ResponseType.TentativelyAccepted));
        events.MapPost("{id}/decline", (GraphCall call, MailStore store, Invitations invitations, string id) =>
            RespondAsync(call, store, invitations, id, ResponseType.Declined));
        graph.MapGet("/users/{user}/calendarView", View);
        graph.MapGet("/users/{user}/calendar/calendarView", View);
        graph.MapGet(
            "/users/{user}/calendar/events",
            (GraphCall call, MailStore store) => store.Read(() => List(call, Newest(call), "events")));
        graph.MapPost("/users/{user}/calendar/events", CreateAsync);
    }

    private static GraphAnswer List(GraphCall call, IEnumerable<StoredEvent> events, string collection)
    {
        EventResource.Demand(call.Query);
        var found = events;
        if (call.Query.Filter is { } text)
        {
            var filter = new FilterReader<StoredEvent>(
                text, EventResource.Comparable, (item, id, value) => item.ExtendedProperties.Has(id, value)).Read();
            found = found.Where(filter.Passes);
        }

        return call.Page(
            found,
            collection,
            EventResource.Comparable,
            item => EventResource.Write(item, call.Preferences, call.Query));
    }

    private static IEnumerable<StoredEvent> Newest(GraphCall call) => call.Mailbox.Events.OrderByDescending(item => item.Created);

    private static GraphAnswer One(GraphCall call, StoredEvent item, int status = StatusCodes.Status200OK)
    {
        EventResource.Demand(call.Query);
        return call.One(EventResource.Write(item, call.Preferences, call.Query), "events", status);
    }

    private static GraphAnswer View(GraphCall call, MailStore store)
    {
        var (from, until) = (Bound("startDateTime"), Bound("endDateTime"));
        return store.Read(() => List(
            call,
            call.Mailbox.Events.Where(item => item.Start < until && item.End > from).OrderBy(item => item.Start),
            "calendarView"));

        DateTimeOffset Bound(string name) =>
            DateTimeOffset.TryParse(
                call.Request.Query[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : throw GraphRefusal.BadRequest(
                    "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime; "
                    + $"{name} is missing or no time.",
                    "ErrorInvalidParameter");
    }

    private static async Task<GraphAnswer> CreateAsync(GraphCall call, MailStore store, Invitations invitations)
    {
        var input = await call.ReadAsync(WireJson.Default.EventInput);
        return store.Change(() =>
        {
            // A repeat with the same transaction id is the same event.
            var item = input.TransactionId is { } transaction
                ? call.Mailbox.Events.FirstOrDefault(other => other.TransactionId == transaction)
                : null;
            if (item is null)
            {
                item = call.Mailbox.Keep(EventRules.New(call.Mailbox, input, store.Now));
                invitations.Invite(call.Mailbox, item, item.Attendees);
            }

            return One(call, item, StatusCodes.Status201Created);
        });
    }

    private static async Task<GraphAnswer> UpdateAsync(GraphCall call, MailStore store, Invitations invitations, string id)
    {
        var input = await call.ReadAsync(WireJson.Default.EventInput);
        return store.Change(() =>
        {
            var old = call.Event(id);
            call.DemandUnchanged(old.Changed);
            var updated = call.Mailbox.Keep(EventRules.Apply(old, input) with { Revision = old.Revision + 1 });
            if (updated.IsOrganizer)
            {
                var gone = old.Attendees.Where(attendee => !updated.Attendees.Any(other => SameAddress(other, attendee)));
                invitations.Cancel(call.Mailbox, updated, gone, null);
                invitations.Invite(call.Mailbox, updated, updated.Attendees);
            }

            return One(call, updated);
        });
    }

    private static GraphAnswer Delete(GraphCall call, MailStore store, Invitations invitations, string id) => store.Change(() =>
    {
        var item = call.Event(id);
        call.DemandUnchanged(item.Changed);
        End(call.Mailbox, item, invitations, null);
        return GraphAnswer.NoContent;
    });

    private static async Task<GraphAnswer> CancelAsync(GraphCall call, MailStore store, Invitations invitations, string id)
    {
        var input = await call.ReadOptionalAsync(WireJson.Default.CancelInput);
        return store.Change(() =>
        {
            var item = call.Event(id);
            if (!item.IsOrganizer)
            {
                throw GraphRefusal.BadRequest("You need to be an organizer to cancel a meeting.", "ErrorInvalidRequest");
            }

            End(call.Mailbox, item, invitations, input?.Comment);
            return GraphAnswer.Accepted;
        });
    }

    /// <summary>The event leaves the calendar; the organizer's leaving tells the attendees.</summary>
    private static void End(Mailbox mailbox, StoredEvent item, Invitations invitations, string? comment)
    {
        mailbox.Delete(item);
        if (item.IsOrganizer && !item.IsCancelled)
        {
            invitations.Cancel(mailbox, item with { IsCancelled = true, Revision = item.Revision + 1 }, item.Attendees, comment);
        }
    }

    private static async Task<GraphAnswer> RespondAsync(
        GraphCall call, MailStore store, Invitations invitations, string id, ResponseType response)
    {
        var input = await call.ReadOptionalAsync(WireJson.Default.ResponseInput);
        return store.Change(() =>
        {
            var item = call.Event(id);
            if (item.IsOrganizer)
            {
                throw GraphRefusal.BadRequest(
                    "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.",
                    "ErrorInvalidRequest");
            }

            invitations.Respond(call.Mailbox, item, response, input?.Comment, input?.SendResponse ?? true);
            return GraphAnswer.Accepted;
        });
    }

    private static bool SameAddress(Attendee one, Attendee other) =>
        string.Equals(one.Address, other.Address, StringComparison.OrdinalIgnoreCase);
}
