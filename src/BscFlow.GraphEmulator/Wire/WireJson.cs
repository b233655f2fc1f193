using System.Text.Json;
using System.Text.Json.Serialization;

namespace BscFlow.GraphEmulator.Wire;

/// <summary>Reads what clients write: camelCase, unknown properties refused. Action parameters come in either case.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(CamelCase<BodyType>), typeof(CamelCase<Importance>), typeof(CamelCase<FollowupFlagStatus>),
        typeof(CamelCase<AttendeeType>), typeof(CamelCase<ResponseType>), typeof(CamelCase<MeetingMessageType>),
    ])]
[JsonSerializable(typeof(MessageInput))]
[JsonSerializable(typeof(AttachmentInput))]
[JsonSerializable(typeof(SendMailInput))]
[JsonSerializable(typeof(ReplyInput))]
[JsonSerializable(typeof(MoveInput))]
[JsonSerializable(typeof(MailFolderInput))]
[JsonSerializable(typeof(EventInput))]
[JsonSerializable(typeof(CancelInput))]
[JsonSerializable(typeof(ResponseInput))]
[JsonSerializable(typeof(SubscriptionInput))]
internal sealed partial class WireJson : JsonSerializerContext;

internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
