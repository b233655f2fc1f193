using System.Text.Json.Serialization;

namespace BscFlow.GraphEmulator.Wire;

// The complex types of Graph's metadata, under their own names, as they are read, stored and written.

internal sealed record EmailAddress
{
    public string? Name { get; init; }

    public string? Address { get; init; }
}

internal sealed record Recipient
{
    [JsonPropertyName("@odata.type")]
    public string? ODataType { get; init; }

    public EmailAddress? EmailAddress { get; init; }

    public static Recipient Of(string? name, string address) =>
        new() { EmailAddress = new() { Name = name is { Length: > 0 } ? name : address, Address = address } };
}

/// <summary>Short cuts that are no part of the types: a property of a shape would be taken from a client's JSON.</summary>
internal static class ShapeExtensions
{
    extension(Recipient recipient)
    {
        public string Address => recipient.EmailAddress?.Address ?? "";

        public string Name => recipient.EmailAddress?.Name is { Length: > 0 } name ? name : recipient.Address;
    }

    extension(Attendee attendee)
    {
        public string Address => attendee.EmailAddress?.Address ?? "";
    }

    extension(IEnumerable<SingleValueExtendedProperty> properties)
    {
        /// <summary>The value of a property, by its id in any case; null when not set.</summary>
        public string? ValueOf(string id) =>
            properties.FirstOrDefault(property => string.Equals(property.Id, id, StringComparison.OrdinalIgnoreCase))?.Value;

        /// <summary>Whether a property has this value; as in Graph, in any case.</summary>
        public bool Has(string id, string value) =>
            string.Equals(properties.ValueOf(id), value, StringComparison.OrdinalIgnoreCase);
    }
}

internal enum BodyType
{
    Text,
    Html,
}

internal sealed record ItemBody
{
    [JsonPropertyName("@odata.type")]
    public string? ODataType { get; init; }

    public BodyType ContentType { get; init; }

    public string? Content { get; init; }

    public static ItemBody Empty { get; } = new() { Content = "" };

    public static ItemBody Of(BodyType type, string content) => new() { ContentType = type, Content = content };
}

internal sealed record InternetMessageHeader
{
    public string Name { get; init; } = "";

    public string Value { get; init; } = "";
}

internal sealed record SingleValueExtendedProperty
{
    public string Id { get; init; } = "";

    public string Value { get; init; } = "";
}

internal enum Importance
{
    Low,
    Normal,
    High,
}

internal enum FollowupFlagStatus
{
    NotFlagged,
    Complete,
    Flagged,
}

internal sealed record FollowupFlag
{
    public FollowupFlagStatus FlagStatus { get; init; }
}

/// <summary>A wall-clock time and its zone, as Graph writes times of the calendar.</summary>
internal sealed record DateTimeTimeZone
{
    public string? DateTime { get; init; }

    public string? TimeZone { get; init; }
}

internal sealed record Location
{
    public string? DisplayName { get; init; }

    public string? LocationUri { get; init; }

    public string? LocationEmailAddress { get; init; }

    public string? LocationType { get; init; }

    public string? UniqueId { get; init; }

    public string? UniqueIdType { get; init; }
}

internal enum AttendeeType
{
    Required,
    Optional,
    Resource,
}

internal enum ResponseType
{
    None,
    Organizer,
    TentativelyAccepted,
    Accepted,
    Declined,
    NotResponded,
}

internal sealed record ResponseStatus
{
    public ResponseType Response { get; init; }

    public DateTimeOffset? Time { get; init; }
}

internal sealed record Attendee
{
    [JsonPropertyName("@odata.type")]
    public string? ODataType { get; init; }

    public AttendeeType Type { get; init; }

    public ResponseStatus? Status { get; init; }

    public EmailAddress? EmailAddress { get; init; }
}

internal enum MeetingMessageType
{
    None,
    MeetingRequest,
    MeetingCancelled,
    MeetingAccepted,

    /// <summary>Spelled so in Graph's metadata.</summary>
    MeetingTenativelyAccepted,
    MeetingDeclined,
}
