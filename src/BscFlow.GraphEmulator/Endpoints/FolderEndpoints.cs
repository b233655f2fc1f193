using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>Mail folders and the messages in them.</summary>
internal static class FolderEndpoints
{
    public static void MapFolders(this IEndpointRouteBuilder graph)
    {
        var folders = graph.MapGroup("/users/{user}/mailFolders");
        folders.MapGet("", (GraphCall call, MailStore store) => store.Read(() => List(call, call.Mailbox.RootId)));
        folders.MapPost("", (GraphCall call, MailStore store) => CreateAsync(call, store, null));
        folders.MapGet(
            "{folder}", (GraphCall call, MailStore store, string folder) => store.Read(() => One(call, call.Folder(folder))));
        folders.MapGet("{folder}/childFolders", (GraphCall call, MailStore store, string folder) =>
            store.Read(() => List(call, call.Folder(folder).Id)));
        folders.MapPost("{folder}/childFolders", CreateAsync);
        folders.MapGet("{folder}/messages", (GraphCall call, MailStore store, string folder) => store.Read(() =>
            MessageEndpoints.List(
                call, call.Mailbox.In(call.Folder(folder)), $"mailFolders('{Uri.EscapeDataString(folder)}')/messages")));
    }

    private static GraphAnswer List(GraphCall call, string parent)
    {
        var found = call.Mailbox.Folders
            .Where(folder => folder.ParentId == parent)
            .Select(folder => new CountedFolder(call.Mailbox, folder));
        if (call.Query.Filter is { } text)
        {
            // A folder has no extended property that a client could have set here.
            found = found.Where(
                new FilterReader<CountedFolder>(text, FolderResource.Type.Comparable, (_, _, _) => false).Read().Passes);
        }

        return call.Page(
            found,
            "mailFolders",
            FolderResource.Type.Comparable,
            view => FolderResource.Write(view, call.Preferences, call.Query));
    }

    private static GraphAnswer One(GraphCall call, StoredFolder folder, int status = StatusCodes.Status200OK) =>
        call.One(FolderResource.Write(new(call.Mailbox, folder), call.Preferences, call.Query), "mailFolders", status);

    private static async Task<GraphAnswer> CreateAsync(GraphCall call, MailStore store, string? folder)
    {
        var input = await call.ReadAsync(WireJson.Default.MailFolderInput);
        if (input.DisplayName is not { Length: > 0 } name)
        {
            throw GraphRefusal.BadRequest("Required property is missing: displayName.", "ErrorPropertyRequired");
        }

        return store.Change(() =>
        {
            var parent = folder is null ? call.Mailbox.RootId : call.Folder(folder).Id;
            var siblings = call.Mailbox.Folders.Where(other => other.ParentId == parent);
            if (siblings.Any(other => string.Equals(other.DisplayName, name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new GraphRefusal(409, "ErrorFolderExists", "A folder with the specified name already exists.");
            }

            var made =
                new StoredFolder { Id = Ids.New(), DisplayName = name, ParentId = parent, IsHidden = input.IsHidden ?? false };
            call.Mailbox.Keep(call.Mailbox.Settings with { Folders = [.. call.Mailbox.Settings.Folders, made] });
            return One(call, made, StatusCodes.Status201Created);
        });
    }
}
