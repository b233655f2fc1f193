using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Transport;
using BscFlow.GraphEmulator.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.GraphEmulator.Pages;

/// <summary>The pages on which a person plays every mailbox's owner. Each form is a plain POST that ends in a redirect.</summary>
internal static class PageEndpoints
{
    private const int PageLength = 100;

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/mailboxes");
        pages.MapGet("", Mailboxes);
        var mailbox = pages.MapGroup("{address}");
        mailbox.MapGet("", Folder);
        mailbox.MapPost(
            "away", (PageCall call) => call.Act(person => person.OutOfOffice(call["away"] == "on" ? call["text"] : null), ""));
        mailbox.MapGet("write", Write);
        mailbox.MapPost("write", (PageCall call) =>
            call.Act(
                person => person.Write(call.Addresses, call["subject"], call["text"], call.Choice("form", MailForm.Text)),
                "?folder=sentitems"));
        var message = mailbox.MapGroup("messages/{key}");
        message.MapGet("", Message);
        message.MapGet("attachments/{id}", Attachment);
        message.MapPost("reply", (PageCall call, string key) => call.Act(
            person => person.Reply(key, call["text"], call.Choice("style", ReplyStyle.TopPost)),
            $"/messages/{key}?done=replied"));
        message.MapPost("forward", (PageCall call, string key) => call.Act(
            person => person.Forward(key, call.Addresses, call["text"]), $"/messages/{key}?done=forwarded"));
        message.MapPost("answer", (PageCall call, string key) => call.Act(
            person => person.Answer(key, call.Choice("answer", MeetingAnswer.Accept), call["comment"]),
            $"/messages/{key}?done=answered"));
    }

    /// <param name="find">Part of an owner's name or address.</param>
    private static IResult Mailboxes(MailStore store, string? find) => store.Read<IResult>(() =>
    {
        var found = store.Mailboxes.Where(mailbox => string.IsNullOrWhiteSpace(find)
            || $"{mailbox.DisplayName} {mailbox.Address}".Contains(find.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
        var lines = found.Take(PageLength).Select(mailbox => new MailboxLine(
            mailbox.Address,
            mailbox.DisplayName,
            Unread(mailbox, mailbox.Inbox),
            mailbox.In(mailbox.Inbox).Count(),
            mailbox.Settings.AutomaticReply is not null)).ToList();
        return new RazorComponentResult<MailboxesPage>(new
        {
            Mailboxes = lines,
            All = store.Mailboxes.Count,
            More = found.Count - lines.Count,
            Find = find,
        });
    });

    private static IResult Folder(
        MailStore store, string address, string folder = "inbox",
        int skip = 0) => store.Read(() =>
    {
        if (store.Find(address) is not { } mailbox || mailbox.Folder(folder) is not { } place)
        {
            return Results.NotFound();
        }

        var messages = mailbox.In(place).OrderByDescending(message => message.Arrived).Skip(skip).Take(PageLength + 1).ToList();
        var outgoing = place == mailbox.SentItems || place == mailbox.Drafts;
        var view = new FolderView(
            mailbox.Address,
            mailbox.DisplayName,
            place.DisplayName,
            outgoing,
            [
                .. mailbox.Folders.Where(other => other == mailbox.Inbox || other == mailbox.SentItems || mailbox.In(other).Any())
                    .Select(other => new FolderLine(
                        other.WellKnownName ?? other.Id, other.DisplayName, Unread(mailbox, other), other == place)),
            ],
            [
                .. messages.Take(PageLength).Select(message => new MessageLine(
                    message.Key,
                    outgoing ? string.Join(", ", message.To.Select(to => to.Name)) : message.From?.Name ?? "",
                    message.Subject,
                    message.Received,
                    message.IsRead,
                    message.Meeting is not null)),
            ],
            messages.Count > PageLength ? skip + PageLength : null,
            mailbox.Settings.AutomaticReply?.Text);
        return new RazorComponentResult<FolderPage>(new { View = view });
    });

    private static IResult Message(
        MailStore store,
        Delivery delivery,
        Invitations invitations,
        string address,
        string key,
        string? show,
        string? done) =>
        store.Change(() =>
        {
            if (store.Find(address) is not { } mailbox || mailbox.MessageByKey(key) is not { } message)
            {
                return Results.NotFound();
            }

            var person = new Person(store, delivery, invitations, mailbox);
            person.Open(message);
            var words = done switch
            {
                "replied" => "Your reply is sent.",
                "forwarded" => "The mail is forwarded.",
                "answered" => "The organizer has your answer.",
                _ => null,
            };
            var view = MessageView.Of(mailbox, message, person.Invited(message), show, words);
            return new RazorComponentResult<MessagePage>(new { View = view });
        });

    private static IResult Attachment(MailStore store, string address, string key, string id) => store.Read(() =>
        store.Find(address)?.MessageByKey(key)?.Attachments.FirstOrDefault(file => file.Id == id) is { } file
            ? Results.File(file.Bytes, "application/octet-stream", file.Name)
            : Results.NotFound());

    private static IResult Write(MailStore store, string address)
    {
        if (store.Find(address) is not { } mailbox)
        {
            return Results.NotFound();
        }

        var view = new WriteView(mailbox.Address, mailbox.DisplayName, [.. store.Mailboxes.Select(other => other.Address)]);
        return new RazorComponentResult<WritePage>(new { View = view });
    }

    private static int Unread(Mailbox mailbox, StoredFolder folder) => mailbox.In(folder).Count(message => !message.IsRead);
}
