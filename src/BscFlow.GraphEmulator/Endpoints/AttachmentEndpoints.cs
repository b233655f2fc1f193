using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>File attachments of messages.</summary>
internal static class AttachmentEndpoints
{
    public static void MapAttachments(this IEndpointRouteBuilder graph)
    {
        var attachments = graph.MapGroup("/users/{user}/messages/{id}/attachments");
        attachments.MapGet("", (GraphCall call, MailStore store, string id) => store.Read(() => List(call, id)));
        attachments.MapPost("", AddAsync);
        attachments.MapGet("{attachment}", (GraphCall call, MailStore store, string id, string attachment) =>
            store.Read(() => One(call, Find(call, id, attachment))));
        attachments.MapGet("{attachment}/$value", (GraphCall call, MailStore store, string id, string attachment) =>
            store.Read(() => Find(call, id, attachment)) is var file
                ? Results.Bytes(file.Bytes, file.ContentType)
                : Results.NotFound());
        attachments.MapDelete(
            "{attachment}", (GraphCall call, MailStore store, string id, string attachment) => store.Change(() =>
        {
            var file = Find(call, id, attachment);
            var message = call.Message(id);
            call.Mailbox.Update(message with { Attachments = [.. message.Attachments.Where(other => other != file)] });
            return GraphAnswer.NoContent;
        }));
    }

    private static GraphAnswer List(GraphCall call, string id) => call.Page(
        call.Message(id).Attachments,
        $"messages('{Uri.EscapeDataString(id)}')/attachments",
        AttachmentResource.Type.Comparable,
        attachment => AttachmentResource.Write(attachment, call.Preferences, withBytes: true));

    private static StoredAttachment Find(GraphCall call, string id, string attachment) =>
        call.Message(id).Attachments.FirstOrDefault(file => file.Id == attachment) ?? throw GraphRefusal.ItemNotFound();

    private static GraphAnswer One(GraphCall call, StoredAttachment attachment, int status = StatusCodes.Status200OK)
    {
        JsonObject json = AttachmentResource.Write(attachment, call.Preferences, withBytes: true);
        return call.One(json, "messages/attachments", status);
    }

    private static async Task<GraphAnswer> AddAsync(GraphCall call, MailStore store, string id)
    {
        var input = await call.ReadAsync(WireJson.Default.AttachmentInput);
        if (input.ODataType is null)
        {
            throw GraphRefusal.BadRequest("The type of the attachment must be given as @odata.type.");
        }

        return store.Change(() =>
        {
            var attachment = DraftRules.Attachment(input, store.Now);
            var message = call.Message(id);
            call.Mailbox.Update(message with { Attachments = [.. message.Attachments, attachment] });
            return One(call, attachment, StatusCodes.Status201Created);
        });
    }
}
