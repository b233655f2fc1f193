using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Subscribing;

/// <summary>What a client may ask for in a subscription to messages.</summary>
internal static class SubscriptionRules
{
    private const int LongestMinutes = 10_080;
    private const int ShortestMinutes = 45;

    public static StoredSubscription New(MailStore store, SubscriptionInput input, bool immutableIds)
    {
        var (mailbox, folder) = Place(store, input.Resource ?? throw Missing("resource"));
        return new StoredSubscription
        {
            Id = Guid.NewGuid().ToString(),
            Resource = input.Resource,
            Mailbox = mailbox.Address,
            FolderId = folder?.Id,
            ChangeType = ChangeType(input.ChangeType ?? throw Missing("changeType")),
            NotificationUrl = Url(input.NotificationUrl ?? throw Missing("notificationUrl"), "notificationUrl"),
            LifecycleNotificationUrl =
                input.LifecycleNotificationUrl is { } lifecycle ? Url(lifecycle, "lifecycleNotificationUrl") : null,
            ClientState = ClientState(input.ClientState),
            Expires = Expiry(input.ExpirationDateTime ?? throw Missing("expirationDateTime"), store.Now),
            ImmutableIds = immutableIds,
        };
    }

    /// <summary>Only the expiry can be changed, and where notifications go; a lifecycle URL cannot be added later.</summary>
    public static StoredSubscription Renew(StoredSubscription subscription, SubscriptionInput input, DateTimeOffset now) =>
        input is
        {
            Resource: null, ChangeType: null, LifecycleNotificationUrl: null, ClientState: null, IncludeResourceData: null,
        }
            ? subscription with
            {
                Expires = input.ExpirationDateTime is { } expiry ? Expiry(expiry, now) : subscription.Expires,
                NotificationUrl = input.NotificationUrl is { } url ? Url(url, "notificationUrl") : subscription.NotificationUrl,
            }
            : throw Invalid("Only expirationDateTime and notificationUrl of a subscription can be changed.");

    public static GraphRefusal Invalid(string message) => GraphRefusal.BadRequest(message, "ValidationError");

    /// <summary>At most seven days ahead; what is shorter than 45 minutes becomes 45.</summary>
    private static DateTimeOffset Expiry(DateTimeOffset wanted, DateTimeOffset now) =>
        wanted > now.AddMinutes(LongestMinutes)
            ? throw Invalid($"Subscription expiration can only be {LongestMinutes} minutes in the future.")
            : wanted <= now
                ? throw Invalid("Subscription expiration must be in the future.")
                : wanted < now.AddMinutes(ShortestMinutes) ? now.AddMinutes(ShortestMinutes) : wanted;

    private static (Mailbox Mailbox, StoredFolder? Folder) Place(MailStore store, string resource)
    {
        var parts = GraphPath.Plain("/" + resource.Trim('/')).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (user, folderName) = parts switch
        {
            [var users, var name, var messages] when Is(users, "users") && Is(messages, "messages") => (name, null),
            [var users, var name, var folders, var inside, var messages]
                when Is(users, "users") && Is(folders, "mailFolders") && Is(messages, "messages") => (name, inside),
            _ => throw Invalid(
                $"The resource '{resource}' is not supported: messages of a user, or of one of the user's folders, are."),
        };
        var mailbox = store.Find(Uri.UnescapeDataString(user))
            ?? throw new GraphRefusal(404, "ErrorInvalidUser", $"The requested user '{user}' is invalid.");
        return folderName is null
            ? (mailbox, null)
            : (mailbox, mailbox.Folder(Uri.UnescapeDataString(folderName)) ?? throw GraphRefusal.ItemNotFound());
    }

    private static string ChangeType(string value) =>
        value.Split(',', StringSplitOptions.TrimEntries).All(word => word is "created" or "updated" or "deleted")
            ? value
            : throw Invalid($"The changeType '{value}' is not supported.");

    private static string Url(string value, string property) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && (
            url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? value
            : throw Invalid($"{property} must be an https address (here also an http address of this machine).");

    private static string? ClientState(string? value) =>
        value is { Length: > 128 } ? throw Invalid("The maximum length of clientState is 128 characters.") : value;

    private static GraphRefusal Missing(string property) => Invalid($"The property '{property}' is required.");

    private static bool Is(string word, string name) => word.Equals(name, StringComparison.OrdinalIgnoreCase);
}
