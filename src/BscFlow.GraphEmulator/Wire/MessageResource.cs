using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Transport;
using static BscFlow.GraphEmulator.Wire.Resource<BscFlow.GraphEmulator.Mailboxes.StoredMessage>;

namespace BscFlow.GraphEmulator.Wire;

/// <summary>A message as Graph writes it.</summary>
internal static class MessageResource
{
    public static Resource<StoredMessage> Type { get; } = new("message",
    [
        new("id", (message, preferences) => Id(message, preferences), message => message.Id),
        Time("createdDateTime", message => message.Created),
        Time("lastModifiedDateTime", message => message.Modified),
        Text("changeKey", message => EntityMarks.ChangeKey(message.Changed)),
        Strings("categories", message => message.Categories),
        Time("receivedDateTime", message => message.Received),
        Time("sentDateTime", message => message.Sent),
        Flag("hasAttachments", message => message.Attachments.Any(attachment => !attachment.IsInline)),
        Text("internetMessageId", message => message.InternetMessageId),
        Text("subject", message => message.Subject),
        Text("bodyPreview", message => message.Body.Preview()),
        Word("importance", message => message.Importance),
        Text("parentFolderId", message => message.FolderId),
        Text("conversationId", message => message.ConversationId),
        Text("conversationIndex", ConversationIndex),
        Flag("isDeliveryReceiptRequested", message => message.IsDeliveryReceiptRequested),
        Flag("isReadReceiptRequested", message => message.IsReadReceiptRequested),
        Flag("isRead", message => message.IsRead),
        Flag("isDraft", message => message.IsDraft),
        Text("webLink", message => $"https://outlook.office365.com/owa/?ItemID={Uri.EscapeDataString(message.Id)}"),
        Text("inferenceClassification", _ => "focused"),
        new("body", (message, preferences) => Body(message, message.Body, preferences)),
        Object("sender", message => message.Sender, WireJson.Default.Recipient),
        Object("from", message => message.From, WireJson.Default.Recipient),
        Objects("toRecipients", message => message.To, WireJson.Default.Recipient),
        Objects("ccRecipients", message => message.Cc, WireJson.Default.Recipient),
        Objects("bccRecipients", message => message.Bcc, WireJson.Default.Recipient),
        Objects("replyTo", message => message.ReplyTo, WireJson.Default.Recipient),
        Object("flag", message => message.Flag, WireJson.Default.FollowupFlag),
        Objects(
            "internetMessageHeaders", message => message.Headers,
            WireJson.Default.InternetMessageHeader) with { OnlyWhenSelected = true },
        new(
            "uniqueBody", (message, preferences) => Body(message, UniqueBody.Of(message.Body), preferences),
            OnlyWhenSelected: true),
    ]);

    /// <summary>What an invitation, an answer or a cancellation has beside.</summary>
    public static Resource<StoredMessage> EventMessageType { get; } = new("eventMessage",
    [
        Text("meetingMessageType", MeetingWord),
        Text("type", _ => "singleInstance"),
        Flag("isOutOfDate", _ => false),
        Flag("isAllDay", _ => false),
        Flag("isDelegated", _ => false),
        new("startDateTime", (message, preferences) => Wall(message.Meeting!.Start, preferences)),
        new("endDateTime", (message, preferences) => Wall(message.Meeting!.End, preferences)),
        Object("location", message => new Location { DisplayName = message.Meeting!.Place ?? "" }, WireJson.Default.Location),
    ]);

    /// <exception cref="GraphRefusal">The selection names a property that no message has.</exception>
    public static void Demand(Query query) =>
        Type.Check(query.Select ?? [], [.. EventMessageType.Properties.Select(property => property.Name)]);

    public static JsonObject Write(StoredMessage message, Preferences preferences, Query query)
    {
        var json = new JsonObject();
        if (message.Meeting is not null)
        {
            json["@odata.type"] = "#microsoft.graph.eventMessage";
        }

        json["@odata.etag"] = EntityMarks.ETag(message.Changed);
        Type.Write(json, message, preferences, query.Select);
        if (message.Meeting is not null)
        {
            EventMessageType.Write(json, message, preferences, query.Select);
        }

        ExtendedPropertyResource.Write(json, message.ExtendedProperties, query);
        if (query.Attachments)
        {
            json["attachments"] = new JsonArray(
                [.. message.Attachments.Select(attachment => AttachmentResource.Write(attachment, preferences, true))]);
        }

        return json;
    }

    public static string Id(StoredMessage message, Preferences preferences) =>
        preferences.ImmutableIds ? message.ImmutableId : message.Id;

    public static string MeetingWord(StoredMessage message) =>
        JsonNamingPolicy.CamelCase.ConvertName(message.Meeting!.Type.ToString());

    /// <summary>A property that $filter and $orderby can compare, by its path.</summary>
    public static Func<StoredMessage, object?>? Comparable(string path) => path switch
    {
        "from/emailAddress/address" => message => message.From?.Address,
        "from/emailAddress/name" => message => message.From?.Name,
        "sender/emailAddress/address" => message => message.Sender?.Address,
        "sender/emailAddress/name" => message => message.Sender?.Name,
        "flag/flagStatus" => message => JsonNamingPolicy.CamelCase.ConvertName(message.Flag.FlagStatus.ToString()),
        _ => Type.Comparable(path),
    };

    // A plain-text mail that came in is shown as HTML unless text is asked for; a draft stays as it was written.
    private static JsonNode? Body(StoredMessage message, ItemBody body, Preferences preferences) =>
        JsonSerializer.SerializeToNode(
        body.As(preferences.Body ?? (message.IsDraft ? body.ContentType : BodyType.Html)), WireJson.Default.ItemBody);

    private static JsonNode? Wall(DateTimeOffset time, Preferences preferences) =>
        JsonSerializer.SerializeToNode(GraphTime.Wall(time, preferences.TimeZone ?? "UTC"), WireJson.Default.DateTimeTimeZone);

    private static string ConversationIndex(StoredMessage message) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(message.ConversationId)).AsSpan(0, 22));
}
