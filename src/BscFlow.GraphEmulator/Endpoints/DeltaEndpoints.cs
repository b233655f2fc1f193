using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.Faults;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>Delta queries on the messages of a folder.</summary>
internal static class DeltaEndpoints
{
    public static void MapDelta(this IEndpointRouteBuilder graph) => graph.MapGet(
        "/users/{user}/mailFolders/{folder}/messages/delta",
        (GraphCall call, MailStore store, FaultPlan faults, GraphEmulatorOptions options, string folder) =>
            store.Read(() => Read(call, store, faults, call.Folder(folder), options.LongestFilteredList)));

    private static GraphAnswer Read(GraphCall call, MailStore store, FaultPlan faults, StoredFolder folder, int longest)
    {
        var state = State(call, store, folder);
        switch (Fault(FaultKind.DeltaExpired, FaultKind.DeltaEmptyPage)?.Kind)
        {
            case FaultKind.DeltaExpired:
                throw DeltaState.Expired();
            case FaultKind.DeltaEmptyPage:
                return Page(call, folder, [], state, more: true);
        }

        var filter = state.Filter is { } text ? Filter(text) : null;
        var size = call.Preferences.MaxPageSize ?? 10;
        var page = DeltaFeed.Read(call.Mailbox, folder, state, size, store.LastSequence, filter, longest);
        var fault =
            Fault(FaultKind.DeltaSparse, FaultKind.DeltaDuplicates, FaultKind.DeltaReordered, FaultKind.DeltaRemoved)?.Kind;
        var query = call.Query.Selecting(state.Select);
        var items = page.Items.Select(item => Json(item, call.Preferences, query, fault == FaultKind.DeltaSparse));
        items = fault switch
        {
            FaultKind.DeltaDuplicates => items.SelectMany(item => new[] { item, item.DeepClone().AsObject() }),
            FaultKind.DeltaReordered => items.Reverse(),
            FaultKind.DeltaRemoved => items.Prepend(Removed(Guid.NewGuid().ToString("N"))),
            _ => items,
        };
        return Page(call, folder, items, page.Next, page.More);

        Fault? Fault(params ReadOnlySpan<FaultKind> kinds) =>
            faults.Take(call.Request.Method, GraphPath.WithoutVersion(call.Request), kinds);
    }

    private static DeltaState State(GraphCall call, MailStore store, StoredFolder folder)
    {
        var options = call.Request.Query;
        var token = options["$deltatoken"].ToString() is { Length: > 0 } delta ? delta : options["$skiptoken"].ToString();
        if (token.Length > 0)
        {
            return DeltaState.Read(token, call.Mailbox, folder, store.DeltaGeneration);
        }

        MessageResource.Demand(call.Query);
        if (call.Query.OrderBy is not ([] or [("receivedDateTime", true)]))
        {
            throw GraphRefusal.BadRequest("The only $orderby of a delta query is receivedDateTime desc.");
        }

        var changeType = options["changeType"].ToString() is { Length: > 0 } type ? type : null;
        if (changeType is not (null or "created" or "updated" or "deleted"))
        {
            throw GraphRefusal.BadRequest($"The value '{changeType}' of changeType is not one of created, updated, deleted.");
        }

        if (call.Query.Filter is { } filter)
        {
            _ = Filter(filter);
        }

        return new(folder.Id, store.DeltaGeneration, 0, Initial: true, call.Query.Select, changeType, call.Query.Filter);
    }

    private static Filter<StoredMessage> Filter(string text)
    {
        var filter = MessageEndpoints.Filter(text);
        return filter.Properties.All(property => property == "receivedDateTime")
            ? filter
            : throw GraphRefusal.BadRequest(
                "The only $filter of a delta query is on receivedDateTime, with ge or gt.", "ErrorInvalidUrlQueryFilter");
    }

    private static JsonObject Json(DeltaItem item, Preferences preferences, Query query, bool sparse)
    {
        if (item.Removal is { } removal)
        {
            return Removed(preferences.ImmutableIds ? removal.ImmutableId : removal.Id);
        }

        var json = MessageResource.Write(item.Message!, preferences, sparse ? query.Selecting(["id"]) : query);
        json.TryAdd("@odata.type", "#microsoft.graph.message");
        return json;
    }

    private static JsonObject Removed(string id) => new()
    {
        ["@odata.type"] = "#microsoft.graph.message",
        ["id"] = id,
        ["@removed"] = new JsonObject { ["reason"] = "deleted" },
    };

    private static GraphAnswer Page(
        GraphCall call, StoredFolder folder, IEnumerable<JsonObject> items, DeltaState next, bool more)
    {
        var mailbox = Uri.EscapeDataString(call.Mailbox.Address);
        var link = $"{call.Root}/users/{mailbox}/mailFolders('{Uri.EscapeDataString(folder.Id)}')/messages/delta";
        return new GraphAnswer(StatusCodes.Status200OK, new JsonObject
        {
            ["@odata.context"] = $"{call.Root}/$metadata#Collection(message)",
            [more ? "@odata.nextLink" : "@odata.deltaLink"] = $"{link}?{(more ? "$skiptoken" : "$deltatoken")}={next.ToToken()}",
            ["value"] = new JsonArray([.. items]),
        });
    }
}
