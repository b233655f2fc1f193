using System.Text.Json.Serialization;
using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Subscribing;

namespace BscFlow.GraphEmulator.Mailboxes;

/// <summary>The files of the data folder.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredMessage))]
[JsonSerializable(typeof(StoredEvent))]
[JsonSerializable(typeof(StoredSubscription))]
[JsonSerializable(typeof(MailboxSettings))]
[JsonSerializable(typeof(StoreSettings))]
[JsonSerializable(typeof(EmulatedMailbox))]
[JsonSerializable(typeof(Removal))]
[JsonSerializable(typeof(Dictionary<string, byte[]?>))]
internal sealed partial class StoreJson : JsonSerializerContext;
