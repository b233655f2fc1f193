using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.OData;
using static BscFlow.GraphEmulator.Wire.Resource<BscFlow.GraphEmulator.Wire.CountedFolder>;

namespace BscFlow.GraphEmulator.Wire;

/// <summary>A folder with the mailbox that it is counted in.</summary>
internal sealed record CountedFolder(Mailbox Mailbox, StoredFolder Folder);

/// <summary>A mail folder as Graph writes it.</summary>
internal static class FolderResource
{
    public static Resource<CountedFolder> Type { get; } = new("mailFolder",
    [
        Text("id", view => view.Folder.Id),
        Text("displayName", view => view.Folder.DisplayName),
        Text("parentFolderId", view => view.Folder.ParentId),
        Number("childFolderCount", view => view.Mailbox.Folders.Count(folder => folder.ParentId == view.Folder.Id)),
        Number("unreadItemCount", view => view.Mailbox.In(view.Folder).Count(message => !message.IsRead)),
        Number("totalItemCount", view => view.Mailbox.In(view.Folder).Count()),
        Flag("isHidden", view => view.Folder.IsHidden),
    ]);

    public static JsonObject Write(CountedFolder view, Preferences preferences, Query query)
    {
        var json = new JsonObject();
        Type.Write(json, view, preferences, query.Select);
        return json;
    }
}
