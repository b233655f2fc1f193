using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Subscribing;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>Subscriptions to change notifications.</summary>
internal static class SubscriptionEndpoints
{
    public static void MapSubscriptions(this IEndpointRouteBuilder graph)
    {
        var subscriptions = graph.MapGroup("/subscriptions");
        subscriptions.MapGet(
            "", (HttpRequest request, MailStore store, SubscriptionBook book) => store.Read(() => List(request, book)));
        subscriptions.MapPost("", CreateAsync);
        subscriptions.MapGet("{id}", (HttpRequest request, MailStore store, SubscriptionBook book, string id) =>
            store.Read(() => One(request, Find(book, id))));
        subscriptions.MapPatch("{id}", RenewAsync);
        subscriptions.MapPost("{id}/reauthorize", (MailStore store, SubscriptionBook book, string id) => store.Read(() =>
        {
            _ = Find(book, id);
            return GraphAnswer.NoContent;
        }));
        subscriptions.MapDelete("{id}", (MailStore store, SubscriptionBook book, string id) => store.Change(() =>
        {
            book.Remove(Find(book, id));
            return GraphAnswer.NoContent;
        }));
    }

    private static async Task<GraphAnswer> CreateAsync(
        HttpRequest request, MailStore store, SubscriptionBook book, AppAccess access, Handshake handshake)
    {
        var input = await GraphCall.ReadAsync(request, WireJson.Default.SubscriptionInput);
        var preferences = Preferences.Of(request.Headers["Prefer"]);
        var subscription = store.Read(() => SubscriptionRules.New(store, input, preferences.ImmutableIds));
        access.Demand(subscription.Mailbox);
        var cancelled = request.HttpContext.RequestAborted;
        await handshake.DemandAsync(subscription.NotificationUrl, cancelled);
        if (subscription.LifecycleNotificationUrl is { } lifecycle)
        {
            await handshake.DemandAsync(lifecycle, cancelled);
        }

        return store.Change(() => One(request, book.Keep(subscription), StatusCodes.Status201Created));
    }

    private static async Task<GraphAnswer> RenewAsync(
        HttpRequest request, MailStore store, SubscriptionBook book, Handshake handshake, string id)
    {
        var input = await GraphCall.ReadAsync(request, WireJson.Default.SubscriptionInput);
        if (input.NotificationUrl is { } url)
        {
            await handshake.DemandAsync(url, request.HttpContext.RequestAborted);
        }

        return store.Change(() => One(request, book.Keep(SubscriptionRules.Renew(Find(book, id), input, store.Now))));
    }

    private static StoredSubscription Find(SubscriptionBook book, string id) =>
        book.Find(id) ?? throw new GraphRefusal(404, "ResourceNotFound", $"The object was not found: subscription {id}.");

    private static string Context(HttpRequest request) => $"{request.Scheme}://{request.Host}/v1.0/$metadata#subscriptions";

    private static GraphAnswer One(HttpRequest request, StoredSubscription subscription, int status = StatusCodes.Status200OK)
    {
        var json = SubscriptionResource.Write(subscription, Preferences.Of(request.Headers["Prefer"]));
        json.Insert(0, "@odata.context", $"{Context(request)}/$entity");
        return new GraphAnswer(status, json);
    }

    private static GraphAnswer List(HttpRequest request, SubscriptionBook book)
    {
        var preferences = Preferences.Of(request.Headers["Prefer"]);
        return new GraphAnswer(StatusCodes.Status200OK, new JsonObject
        {
            ["@odata.context"] = Context(request),
            ["value"] = new JsonArray(
                [.. book.Alive.Select(subscription => SubscriptionResource.Write(subscription, preferences))]),
        });
    }
}
