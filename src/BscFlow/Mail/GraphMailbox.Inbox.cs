using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.Kiota.Abstractions;
using Models = Microsoft.Graph.Models;

namespace BscFlow.Mail;

public sealed partial class GraphMailbox
{
    /// <summary>Where a message lies once it is done with.</summary>
    public const string ProcessedFolder = "Processed";

    private const string Inbox = "inbox";

    /// <summary>Of what comes in, a page holds only names, so that it may be long.</summary>
    private const string Page = "odata.maxpagesize=200";

    private const int PieceBytes = 64 * 1024;

    /// <summary>An id under this preference stays when the message is moved.</summary>
    private const string Immutable = "IdType=\"ImmutableId\"";

    private static readonly string[] ItemFields = ["id", "internetMessageId", "conversationId", "receivedDateTime"];

    /// <summary>Id of each mailbox's folder of what is done.</summary>
    private readonly ConcurrentDictionary<string, string> _processed = new(StringComparer.OrdinalIgnoreCase);

    public async Task<InboxPage?> ReadInboxAsync(
        string mailbox, string? link, DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            var page = await graph.AskAsync(
                (client, token) =>
                {
                    var delta = client.Users[mailbox].MailFolders[Inbox].Messages.Delta;
                    return link is null
                        ? delta.GetAsDeltaGetResponseAsync(
                            request =>
                            {
                                request.QueryParameters.ChangeType = "created";
                                request.QueryParameters.Select = ItemFields;
                                request.QueryParameters.Filter = string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"receivedDateTime ge {since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
                                request.Headers.Add("Prefer", Immutable, Page);
                            },
                            token)
                        : delta.WithUrl(link).GetAsDeltaGetResponseAsync(
                            request => request.Headers.Add("Prefer", Immutable, Page), token);
                },
                cancellationToken);
            var next = page?.OdataNextLink ?? page?.OdataDeltaLink
                ?? throw new MailboxUnavailableException("A page of the inbox says not where to go on.", null, null, null);
            return new(
                [.. (page!.Value ?? []).Where(message => !message.AdditionalData.ContainsKey("@removed")).Select(Item)],
                next,
                page.OdataNextLink is null);
        }
        catch (MailRefusedException expired) when (link is not null
            && (expired.Status == HttpStatusCode.Gone || expired.Code is "syncStateNotFound" or "resyncRequired"))
        {
            return null;
        }
    }

    public async Task<InboxItem?> FindItemAsync(string mailbox, string id, CancellationToken cancellationToken) =>
        await MessageAsync(mailbox, id, ItemFields, cancellationToken) is { } message ? Item(message) : null;

    public async Task<byte[]?> ReadRawAsync(string mailbox, string id, int most, CancellationToken cancellationToken)
    {
        byte[]? bytes = null;
        await StreamRawAsync(
            mailbox,
            id,
            async (content, token) =>
            {
                using var raw = new MemoryStream();
                var piece = new byte[PieceBytes];
                while (most - (int)raw.Length is > 0 and var left
                    && await content.ReadAsync(piece.AsMemory(0, Math.Min(left, PieceBytes)), token) is > 0 and var read)
                {
                    raw.Write(piece, 0, read);
                }

                bytes = raw.ToArray();
            },
            cancellationToken);
        return bytes;
    }

    public async Task<bool> StreamRawAsync(
        string mailbox, string id, Func<Stream, CancellationToken, Task> take, CancellationToken cancellationToken) =>
        await UnlessGoneAsync(
            async (client, token) =>
            {
                await using var content = await client.Users[mailbox].Messages[id].Content.GetAsync(PreferImmutable, token);
                if (content is null)
                {
                    return null;
                }

                await take(content, token);
                return id;
            },
            cancellationToken) is not null;

    public async Task FileAsync(string mailbox, string id, CancellationToken cancellationToken)
    {
        for (var look = 1; look <= Looks; look++)
        {
            var folder = await ProcessedAsync(mailbox, cancellationToken);
            var moved = await UnlessGoneAsync(
                (client, token) => client.Users[mailbox].Messages[id].Move.PostAsync(
                    new() { DestinationId = folder }, PreferImmutable, token),
                cancellationToken);
            if (moved is not null)
            {
                return;
            }

            // Gone is the message, or the folder, which somebody has deleted by hand.
            _processed.TryRemove(mailbox, out _);
            if (await MessageAsync(mailbox, id, ["id"], cancellationToken) is null)
            {
                return;
            }
        }

        throw new MailboxUnavailableException(
            $"The folder {ProcessedFolder} is there and cannot be found to move a message to it.",
            HttpStatusCode.NotFound,
            null,
            null);
    }

    public Task EraseAsync(string mailbox, string id, CancellationToken cancellationToken) => UnlessGoneAsync(
        async (client, token) =>
        {
            await client.Users[mailbox].Messages[id].PermanentDelete.PostAsync(PreferImmutable, token);
            return id;
        },
        cancellationToken);

    public async Task EraseSentAsync(string mailbox, string key, CancellationToken cancellationToken)
    {
        if (await FindAsync(mailbox, key, cancellationToken) is { IsDraft: false, Id: { } id })
        {
            await UnlessGoneAsync(
                async (client, token) =>
                {
                    await client.Users[mailbox].Messages[id].PermanentDelete.PostAsync(null, token);
                    return id;
                },
                cancellationToken);
        }
    }

    public async Task<string> SubscribeAsync(string mailbox, SubscriptionWish wish, CancellationToken cancellationToken)
    {
        var made = await graph.AskAsync(
            (client, token) => client.Subscriptions.PostAsync(
                new()
                {
                    Resource = $"/users/{mailbox}/mailFolders('{Inbox}')/messages",
                    ChangeType = "created",
                    NotificationUrl = wish.Notifications.AbsoluteUri,
                    LifecycleNotificationUrl = wish.Lifecycle.AbsoluteUri,
                    ClientState = wish.ClientState,
                    ExpirationDateTime = wish.Expires,
                },
                PreferImmutable,
                token),
            cancellationToken);
        return made?.Id
            ?? throw new MailboxUnavailableException("The mailbox answered a new subscription with nothing.", null, null, null);
    }

    public Task UnsubscribeAsync(string subscription, CancellationToken cancellationToken) => UnlessGoneAsync(
        async (client, token) =>
        {
            await client.Subscriptions[subscription].DeleteAsync(cancellationToken: token);
            return subscription;
        },
        cancellationToken);

    public async Task<bool> RenewSubscriptionAsync(
        string subscription, DateTimeOffset expires, CancellationToken cancellationToken) =>
        await UnlessGoneAsync(
            (client, token) => client.Subscriptions[subscription].PatchAsync(new() { ExpirationDateTime = expires }, null, token),
            cancellationToken) is not null;

    /// <summary>Id of the folder of what is done; makes it once.</summary>
    private async Task<string> ProcessedAsync(string mailbox, CancellationToken cancellationToken)
    {
        if (_processed.TryGetValue(mailbox, out var known))
        {
            return known;
        }

        for (var look = 1; look <= Looks; look++)
        {
            var found = await graph.AskAsync(
                (client, token) => client.Users[mailbox].MailFolders.GetAsync(
                    request => request.QueryParameters.Filter = $"displayName eq '{ProcessedFolder}'", token),
                cancellationToken);
            if (found?.Value?.FirstOrDefault()?.Id is { } id
                || (id = await MakeProcessedAsync(mailbox, cancellationToken)) is not null)
            {
                return _processed[mailbox] = id;
            }
        }

        throw new MailboxUnavailableException(
            $"The folder {ProcessedFolder} cannot be made.", HttpStatusCode.Conflict, null, null);
    }

    /// <returns>Null when another worker has made it meanwhile.</returns>
    private async Task<string?> MakeProcessedAsync(string mailbox, CancellationToken cancellationToken)
    {
        try
        {
            var made = await graph.AskAsync(
                (client, token) => client.Users[mailbox].MailFolders.PostAsync(
                    new() { DisplayName = ProcessedFolder }, null, token),
                cancellationToken);
            return made?.Id;
        }
        catch (MailboxUnavailableException taken) when (taken.Status == HttpStatusCode.Conflict)
        {
            return null;
        }
    }

    private Task<Models.Message?> MessageAsync(
        string mailbox, string id, string[] fields, CancellationToken cancellationToken) => UnlessGoneAsync(
        (client, token) => client.Users[mailbox].Messages[id].GetAsync(
            request =>
            {
                request.QueryParameters.Select = fields;
                request.Headers.Add("Prefer", Immutable);
            },
            token),
        cancellationToken);

    private async Task<T?> UnlessGoneAsync<T>(
        Func<Microsoft.Graph.GraphServiceClient, CancellationToken, Task<T?>> request, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await graph.AskAsync(request, cancellationToken);
        }
        catch (MailboxUnavailableException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static void PreferImmutable<T>(RequestConfiguration<T> request)
        where T : class, new() => request.Headers.Add("Prefer", Immutable);

    private static InboxItem Item(Models.Message message) => new()
    {
        Id = message.Id!,
        InternetMessageId = message.InternetMessageId,
        ConversationId = message.ConversationId,
        Received = message.ReceivedDateTime,
    };
}
