using System.Text.Json;
using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Transport;
using static BscFlow.GraphEmulator.Wire.Resource<BscFlow.GraphEmulator.Calendars.StoredEvent>;

namespace BscFlow.GraphEmulator.Wire;

/// <summary>A calendar event as Graph writes it.</summary>
internal static class EventResource
{
    public static Resource<StoredEvent> Type { get; } = new("event",
    [
        Text("id", item => item.Id),
        Time("createdDateTime", item => item.Created),
        Time("lastModifiedDateTime", item => item.Modified),
        Text("changeKey", item => EntityMarks.ChangeKey(item.Changed)),
        Strings("categories", item => item.Categories),
        Text("transactionId", item => item.TransactionId),
        Text("originalStartTimeZone", item => item.StartZone),
        Text("originalEndTimeZone", item => item.EndZone),
        Text("iCalUId", item => item.ICalUId),
        Number("reminderMinutesBeforeStart", item => item.ReminderMinutesBeforeStart),
        Flag("isReminderOn", item => item.IsReminderOn),
        Flag("hasAttachments", _ => false),
        Text("subject", item => item.Subject),
        Text("bodyPreview", item => item.Body.Preview()),
        Word("importance", item => item.Importance),
        Text("sensitivity", item => item.Sensitivity),
        Flag("isAllDay", item => item.IsAllDay),
        Flag("isCancelled", item => item.IsCancelled),
        Flag("isOrganizer", item => item.IsOrganizer),
        Flag("isDraft", _ => false),
        Flag("responseRequested", item => item.ResponseRequested),
        Text("seriesMasterId", _ => null),
        Text("showAs", item => item.ShowAs),
        Text("type", _ => "singleInstance"),
        Text(
            "webLink",
            item => $"https://outlook.office365.com/owa/?itemid={Uri.EscapeDataString(item.Id)}&exvsurl=1&path=/calendar/item"),
        Text("onlineMeetingUrl", _ => null),
        Flag("isOnlineMeeting", item => item.IsOnlineMeeting),
        Text("onlineMeetingProvider", item => item.IsOnlineMeeting ? "teamsForBusiness" : "unknown"),
        Flag("allowNewTimeProposals", item => item.AllowNewTimeProposals),
        Flag("hideAttendees", item => item.HideAttendees),
        new("recurrence", (_, _) => null),
        new("responseStatus", (item, _) => Status(item.Response)),
        new("body", Body),
        new("start", (item, preferences) => Wall(item.Start, preferences), item => item.Start),
        new("end", (item, preferences) => Wall(item.End, preferences), item => item.End),
        new("location", (item, _) => Location(item)),
        new("locations", (item, _) => item.Location?.DisplayName is { Length: > 0 } ? new JsonArray(Location(item)) : []),
        new("attendees", (item, _) => new JsonArray([.. item.Attendees.Select(Attendee)])),
        Object("organizer", item => item.Organizer, WireJson.Default.Recipient),
        new("onlineMeeting", (item, _) => item.JoinUrl is { } url ? new JsonObject { ["joinUrl"] = url } : null),
    ]);

    /// <exception cref="GraphRefusal">The selection names a property that no event has.</exception>
    public static void Demand(Query query) => Type.Check(query.Select ?? []);

    public static JsonObject Write(StoredEvent item, Preferences preferences, Query query)
    {
        var json = new JsonObject { ["@odata.etag"] = EntityMarks.ETag(item.Changed) };
        Type.Write(json, item, preferences, query.Select);
        ExtendedPropertyResource.Write(json, item.ExtendedProperties, query);
        return json;
    }

    public static Func<StoredEvent, object?>? Comparable(string path) => path switch
    {
        "start/dateTime" => item => item.Start,
        "end/dateTime" => item => item.End,
        _ => Type.Comparable(path),
    };

    private static JsonObject Status(ResponseStatus? status) => new()
    {
        ["response"] = JsonNamingPolicy.CamelCase.ConvertName((status?.Response ?? ResponseType.None).ToString()),
        // Nobody has answered yet: Graph writes the first moment of its calendar.
        ["time"] = status?.Time is { } time ? GraphTime.Utc(time) : "0001-01-01T00:00:00Z",
    };

    private static JsonObject Attendee(Attendee attendee) => new()
    {
        ["type"] = JsonNamingPolicy.CamelCase.ConvertName(attendee.Type.ToString()),
        ["status"] = Status(attendee.Status),
        ["emailAddress"] =
            new JsonObject { ["name"] = attendee.EmailAddress?.Name ?? attendee.Address, ["address"] = attendee.Address },
    };

    private static JsonObject Location(StoredEvent item) => new()
    {
        ["displayName"] = item.Location?.DisplayName ?? "",
        ["locationType"] = "default",
        ["uniqueId"] = item.Location?.DisplayName ?? "",
        ["uniqueIdType"] = "private",
    };

    private static JsonNode? Body(StoredEvent item, Preferences preferences) =>
        JsonSerializer.SerializeToNode(item.Body.As(preferences.Body ?? BodyType.Html), WireJson.Default.ItemBody);

    private static JsonNode? Wall(DateTimeOffset time, Preferences preferences) =>
        JsonSerializer.SerializeToNode(GraphTime.Wall(time, preferences.TimeZone ?? "UTC"), WireJson.Default.DateTimeTimeZone);
}
