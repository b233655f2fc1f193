using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using BscFlow.GraphEmulator.Faults;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Subscribing;

/// <summary>What a subscription can be told about itself.</summary>
public enum LifecycleEvent
{
    /// <summary>Notifications were lost: the client should look at everything.</summary>
    Missed,

    /// <summary>The subscription is gone.</summary>
    SubscriptionRemoved,

    /// <summary>The client should renew it soon.</summary>
    ReauthorizationRequired,
}

/// <summary>Posts notifications beside the calls that cause them; one that is not taken is posted again a few times.</summary>
/// <remarks>What is not posted when the emulator stops is lost, as a notification may be.</remarks>
internal sealed class Notifier(
    MailStore store, SubscriptionBook book, FaultPlan faults, GraphEmulatorOptions options, HttpClient client) : BackgroundService
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];
    private readonly Channel<Posting> _postings = Channel.CreateUnbounded<Posting>();
    private readonly string _tenant = Guid.NewGuid().ToString();

    private sealed record Posting(string Url, string Body, TimeSpan Delay);

    /// <summary>Tells whoever subscribed; called inside the store's lock, so it only queues.</summary>
    public void Announce(MessageChange change)
    {
        foreach (var subscription in book.Alive)
        {
            if (subscription.Mailbox == change.Mailbox.Address
                && (subscription.FolderId is null || subscription.FolderId == change.Message.FolderId)
                && subscription.ChangeType.Contains(change.Type, StringComparison.OrdinalIgnoreCase))
            {
                Queue(subscription, change);
            }
        }
    }

    /// <returns>False when the subscription has no lifecycle URL.</returns>
    public bool Announce(StoredSubscription subscription, LifecycleEvent what)
    {
        if (subscription.LifecycleNotificationUrl is not { } url)
        {
            return false;
        }

        _postings.Writer.TryWrite(new(url, Body(subscription, new JsonObject
        {
            ["lifecycleEvent"] = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(what.ToString()),
        }), TimeSpan.Zero));
        return true;
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        store.Changed = Announce;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var underWay = new HashSet<Task>();
        await foreach (var posting in _postings.Reader.ReadAllAsync(stoppingToken))
        {
            underWay.RemoveWhere(task => task.IsCompleted);
            underWay.Add(PostAsync(posting, stoppingToken));
        }

        await Task.WhenAll(underWay);
    }

    private void Queue(StoredSubscription subscription, MessageChange change)
    {
        var fault = faults.Take(
            "POST",
            subscription.NotificationUrl,
            FaultKind.NotificationDropped,
            FaultKind.NotificationDelayed,
            FaultKind.NotificationDuplicated);
        if (fault?.Kind == FaultKind.NotificationDropped)
        {
            return;
        }

        var id = subscription.ImmutableIds ? change.Message.ImmutableId : change.Message.Id;
        var resource = $"Users/{subscription.Mailbox}/Messages/{id}";
        var body = Body(subscription, new JsonObject
        {
            ["changeType"] = change.Type,
            ["resourceData"] = new JsonObject
            {
                ["@odata.type"] = "#Microsoft.Graph.Message",
                ["@odata.id"] = resource,
                ["@odata.etag"] = EntityMarks.ETag(change.Message.Changed),
                ["id"] = id,
            },
        }, resource);
        var posting = new Posting(
            subscription.NotificationUrl, body, fault?.Kind == FaultKind.NotificationDelayed ? fault.Delay : TimeSpan.Zero);
        _postings.Writer.TryWrite(posting);
        if (fault?.Kind == FaultKind.NotificationDuplicated)
        {
            _postings.Writer.TryWrite(posting);
        }
    }

    private string Body(StoredSubscription subscription, JsonObject notification, string? resource = null)
    {
        notification["subscriptionId"] = subscription.Id;
        notification["subscriptionExpirationDateTime"] = GraphTime.Utc(subscription.Expires);
        notification["resource"] = resource ?? subscription.Resource;
        notification["clientState"] = subscription.ClientState;
        notification["tenantId"] = _tenant;
        return new JsonObject { ["value"] = new JsonArray(notification) }.ToJsonString();
    }

    private async Task PostAsync(Posting posting, CancellationToken cancellationToken)
    {
        if (posting.Delay > TimeSpan.Zero)
        {
            await Task.Delay(posting.Delay, options.Clock, cancellationToken);
        }

        foreach (var pause in Pauses.Cast<TimeSpan?>().Append(null))
        {
            if (await TakenAsync(posting, cancellationToken) || pause is null)
            {
                return;
            }

            await Task.Delay(pause.Value, options.Clock, cancellationToken);
        }
    }

    private async Task<bool> TakenAsync(Posting posting, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new StringContent(posting.Body, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(new Uri(posting.Url), content, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (
            error is HttpRequestException || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Not there, or too slow: posted again like an answer other than 2xx.
            return false;
        }
    }
}
