using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Transport;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>Messages: drafts, what becomes of them, and reading.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder graph)
    {
        var messages = graph.MapGroup("/users/{user}/messages");
        messages.MapGet("", (GraphCall call, MailStore store) => store.Read(() => List(call, call.Mailbox.Messages, "messages")));
        messages.MapPost("", CreateAsync);
        messages.MapGet("{id}", (GraphCall call, MailStore store, string id) => store.Read(() => Get(call, id)));
        messages.MapPatch("{id}", UpdateAsync);
        messages.MapDelete("{id}", Delete);
        messages.MapGet("{id}/$value", (GraphCall call, MailStore store, string id) => store.Read(() => Mime(call, id)));
        messages.MapPost("{id}/send", Send);
        messages.MapPost("{id}/move", MoveAsync);
        messages.MapPost("{id}/permanentDelete", Erase);
        messages.MapPost("{id}/createReply", CreateReplyAsync);
        messages.MapPost("{id}/reply", ReplyAsync);
        graph.MapPost("/users/{user}/sendMail", SendMailAsync);
    }

    /// <summary>A page of these messages; newest first when the client gives no order.</summary>
    public static GraphAnswer List(GraphCall call, IEnumerable<StoredMessage> messages, string collection)
    {
        MessageResource.Demand(call.Query);
        var found = messages;
        if (call.Query.Filter is { } text)
        {
            var filter = Filter(text);
            DemandEfficient(filter, call.Query);
            found = found.Where(filter.Passes);
        }

        return call.Page(
            found.OrderByDescending(message => message.Received).ThenByDescending(message => message.Arrived),
            collection,
            MessageResource.Comparable,
            message => MessageResource.Write(message, call.Preferences, call.Query));
    }

    public static Filter<StoredMessage> Filter(string text) => new FilterReader<StoredMessage>(
        text,
        MessageResource.Comparable,
        (message, id, value) => message.ExtendedProperties.Has(id, value)).Read();

    public static async Task<GraphAnswer> CreateAsync(GraphCall call, MailStore store)
    {
        var input = await call.ReadAsync(WireJson.Default.MessageInput);
        return store.Change(() => Created(call, call.Mailbox.Add(DraftRules.Draft(call.Mailbox, input, store.Now))));
    }

    /// <summary>A property that orders must be filtered on too, in the same order and first; otherwise Graph refuses.</summary>
    private static void DemandEfficient(Filter<StoredMessage> filter, Query query)
    {
        var ordered = query.OrderBy.Select(order => order.Property);
        if (!filter.Properties.Distinct().Take(query.OrderBy.Count).SequenceEqual(ordered))
        {
            throw GraphRefusal.BadRequest(
                "The restriction or sort order is too complex for this operation.", "InefficientFilter");
        }
    }

    private static GraphAnswer Get(GraphCall call, string id)
    {
        MessageResource.Demand(call.Query);
        return call.One(MessageResource.Write(call.Message(id), call.Preferences, call.Query), "messages");
    }

    private static GraphAnswer Created(GraphCall call, StoredMessage message) =>
        call.One(MessageResource.Write(message, call.Preferences, call.Query), "messages", StatusCodes.Status201Created);

    private static async Task<GraphAnswer> UpdateAsync(GraphCall call, MailStore store, string id)
    {
        var input = await call.ReadAsync(WireJson.Default.MessageInput);
        return store.Change(() =>
        {
            var message = call.Message(id);
            call.DemandUnchanged(message.Changed);
            if (!message.IsDraft && ChangesContent(input))
            {
                throw GraphRefusal.BadRequest(
                    "Cannot change these properties of a message that is not a draft.", "ErrorInvalidPropertySet");
            }

            var updated = call.Mailbox.Update(DraftRules.Apply(call.Mailbox, input, message));
            return call.One(MessageResource.Write(updated, call.Preferences, call.Query), "messages");
        });
    }

    private static bool ChangesContent(MessageInput input) =>
        input is not
        {
            Subject: null, Body: null, From: null, Sender: null, ToRecipients: null, CcRecipients: null, BccRecipients: null,
            ReplyTo: null, InternetMessageHeaders: null, InternetMessageId: null, Attachments: null,
        };

    private static GraphAnswer Delete(GraphCall call, MailStore store, string id) => store.Change(() =>
    {
        var message = call.Message(id);
        call.DemandUnchanged(message.Changed);
        if (message.FolderId == call.Mailbox.DeletedItems.Id)
        {
            call.Mailbox.Delete(message);
        }
        else
        {
            call.Mailbox.Move(message, call.Mailbox.DeletedItems);
        }

        return GraphAnswer.NoContent;
    });

    private static GraphAnswer Erase(GraphCall call, MailStore store, string id) => store.Change(() =>
    {
        call.Mailbox.Delete(call.Message(id));
        return GraphAnswer.NoContent;
    });

    private static IResult Mime(GraphCall call, string id)
    {
        var message = call.Message(id);
        return Results.Bytes(message.Mime ?? Composer.Bytes(Composer.Compose(message, message.Modified)), "text/plain");
    }

    private static GraphAnswer Send(GraphCall call, MailStore store, Delivery delivery, string id) => store.Change(() =>
    {
        var message = call.Message(id);
        if (!message.IsDraft)
        {
            // Sent before: Graph knows the draft's id no more.
            throw GraphRefusal.ItemNotFound();
        }

        DemandSendable(call.Mailbox, message);
        delivery.SendDraft(call.Mailbox, message, keep: true);
        return GraphAnswer.Accepted;
    });

    private static async Task<GraphAnswer> SendMailAsync(GraphCall call, MailStore store, Delivery delivery)
    {
        var input = await call.ReadAsync(WireJson.Default.SendMailInput);
        var given = input.Message ?? throw GraphRefusal.BadRequest(
            "The parameter 'Message' is required.", "ErrorInvalidArgument");
        return store.Change(() =>
        {
            var draft = DraftRules.Draft(call.Mailbox, given, store.Now);
            DemandSendable(call.Mailbox, draft);
            delivery.SendDraft(call.Mailbox, call.Mailbox.Add(draft), input.SaveToSentItems ?? true);
            return GraphAnswer.Accepted;
        });
    }

    private static void DemandSendable(Mailbox mailbox, StoredMessage message)
    {
        var recipients = message.To.Count + message.Cc.Count + message.Bcc.Count;
        if (recipients == 0)
        {
            throw GraphRefusal.BadRequest("At least one recipient is required.", "ErrorInvalidRecipients");
        }

        if (recipients > 500)
        {
            throw GraphRefusal.BadRequest("The message has more than 500 recipients.", "ErrorExceededMaxRecipientLimit");
        }

        if (!string.Equals(message.From?.Address, mailbox.Address, StringComparison.OrdinalIgnoreCase))
        {
            throw new GraphRefusal(
                403,
                "ErrorSendAsDenied",
                "The user account which was used to submit this request does not have the right to send mail on behalf of the "
                + "specified sending account.");
        }
    }

    private static async Task<GraphAnswer> MoveAsync(GraphCall call, MailStore store, string id)
    {
        var input = await call.ReadAsync(WireJson.Default.MoveInput);
        return store.Change(() =>
        {
            var message = call.Message(id);
            var folder = call.Folder(
                input.DestinationId ?? throw GraphRefusal.BadRequest("The parameter 'DestinationId' is required."));
            return Created(call, call.Mailbox.Move(message, folder));
        });
    }

    private static async Task<GraphAnswer> CreateReplyAsync(GraphCall call, MailStore store, string id)
    {
        var input = await call.ReadOptionalAsync(WireJson.Default.ReplyInput);
        return store.Change(() => Created(call, call.Mailbox.Add(Reply(call, store, id, input))));
    }

    private static async Task<GraphAnswer> ReplyAsync(GraphCall call, MailStore store, Delivery delivery, string id)
    {
        var input = await call.ReadOptionalAsync(WireJson.Default.ReplyInput);
        return store.Change(() =>
        {
            var draft = Reply(call, store, id, input);
            DemandSendable(call.Mailbox, draft);
            delivery.SendDraft(call.Mailbox, call.Mailbox.Add(draft), keep: true);
            return GraphAnswer.Accepted;
        });
    }

    private static StoredMessage Reply(GraphCall call, MailStore store, string id, ReplyInput? input)
    {
        if (input is { Comment: not null, Message.Body: not null })
        {
            throw GraphRefusal.BadRequest(
                "Both a comment and a body were given; a reply takes one of them.", "ErrorInvalidArgument");
        }

        return DraftRules.Reply(call.Mailbox, call.Message(id), input ?? new(), store.Now);
    }
}
