using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Subscribing;
using static BscFlow.GraphEmulator.Wire.Resource<BscFlow.GraphEmulator.Subscribing.StoredSubscription>;

namespace BscFlow.GraphEmulator.Wire;

/// <summary>A subscription as Graph writes it.</summary>
internal static class SubscriptionResource
{
    public static Resource<StoredSubscription> Type { get; } = new("subscription",
    [
        Text("id", subscription => subscription.Id),
        Text("resource", subscription => subscription.Resource),
        Text("applicationId", _ => "00000000-0000-0000-0000-000000000001"),
        Text("changeType", subscription => subscription.ChangeType),
        Text("clientState", subscription => subscription.ClientState),
        Text("notificationUrl", subscription => subscription.NotificationUrl),
        Text("notificationQueryOptions", _ => null),
        Text("lifecycleNotificationUrl", subscription => subscription.LifecycleNotificationUrl),
        Time("expirationDateTime", subscription => subscription.Expires),
        Text("creatorId", _ => "00000000-0000-0000-0000-000000000002"),
        new("includeResourceData", (_, _) => null),
        Text("latestSupportedTlsVersion", _ => "v1_2"),
        Text("encryptionCertificate", _ => null),
        Text("encryptionCertificateId", _ => null),
        Text("notificationUrlAppId", _ => null),
    ]);

    public static JsonObject Write(StoredSubscription subscription, Preferences preferences)
    {
        var json = new JsonObject();
        Type.Write(json, subscription, preferences, null);
        return json;
    }
}
