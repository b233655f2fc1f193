using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.OData;
using static BscFlow.GraphEmulator.Wire.Resource<BscFlow.GraphEmulator.Mailboxes.StoredAttachment>;

namespace BscFlow.GraphEmulator.Wire;

/// <summary>A file attachment as Graph writes it.</summary>
internal static class AttachmentResource
{
    public static Resource<StoredAttachment> Type { get; } = new("fileAttachment",
    [
        Text("id", attachment => attachment.Id),
        Time("lastModifiedDateTime", attachment => attachment.Modified),
        Text("name", attachment => attachment.Name),
        Text("contentType", attachment => attachment.ContentType),
        Number("size", attachment => attachment.Bytes.Length),
        Flag("isInline", attachment => attachment.IsInline),
        Text("contentId", attachment => attachment.ContentId),
        Text("contentLocation", _ => null),
        Text("contentBytes", attachment => Convert.ToBase64String(attachment.Bytes)),
    ]);

    public static JsonObject Write(StoredAttachment attachment, Preferences preferences, bool withBytes)
    {
        var json = new JsonObject
        {
            ["@odata.type"] = "#microsoft.graph.fileAttachment",
            ["@odata.mediaContentType"] = attachment.ContentType,
        };
        Type.Write(json, attachment, preferences, null);
        if (!withBytes)
        {
            json.Remove("contentBytes");
        }

        return json;
    }
}
