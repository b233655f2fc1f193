using System.Globalization;
using System.Net;
using Microsoft.Graph.Users.Item;
using Models = Microsoft.Graph.Models;

namespace BscFlow.Mail;

/// <summary>The shared mailbox and its calendar through Microsoft Graph.</summary>
/// <remarks>
/// A mail is made as a draft that carries its key, then sent: after a crash, the key is looked up and says how far it came.
/// </remarks>
public sealed partial class GraphMailbox(GraphConnection graph) : IMailbox
{
    /// <summary>The named MAPI property that holds <see cref="OutgoingMail.Key"/>.</summary>
    public const string KeyProperty = "String {5c2f0b46-7d0e-4c8e-9a51-d4e1b7a9f3c2} Name BscFlowKey";

    // PidTagInReplyToId and PidTagInternetReferences: Graph refuses both as internetMessageHeaders.
    private const string InReplyToProperty = "String 0x1042";
    private const string ReferencesProperty = "String 0x1039";

    private const int Looks = 3;

    private static readonly string[] MessageFields = ["id", "isDraft", "internetMessageId", "conversationId"];

    public async Task<SentMail> SendOnceAsync(
        string mailbox,
        OutgoingMail mail,
        string? inReplyTo,
        CancellationToken cancellationToken)
    {
        for (var look = 1; look <= Looks; look++)
        {
            var message = await FindAsync(mailbox, mail.Key, cancellationToken)
                ?? await graph.AskAsync(
                    (client, token) => client.Users[mailbox].Messages.PostAsync(Draft(mail, inReplyTo), null, token),
                    cancellationToken)
                ?? throw new MailboxUnavailableException("The mailbox answered a new draft with nothing.", null, null, null);

            if (message.IsDraft is false || await TrySendAsync(mailbox, message.Id!, cancellationToken))
            {
                return new(message.InternetMessageId!, message.ConversationId);
            }
        }

        throw new MailboxUnavailableException(
            $"The draft of {mail.Key} is listed, yet cannot be found to send it.", HttpStatusCode.NotFound, null, null);
    }

    public async Task<SentMail?> FindSentAsync(string mailbox, string key, CancellationToken cancellationToken) =>
        await FindAsync(mailbox, key, cancellationToken) is { IsDraft: false } message
            ? new(message.InternetMessageId!, message.ConversationId)
            : null;

    public async Task<string> InviteAsync(string mailbox, Invitation invitation, CancellationToken cancellationToken)
    {
        var created = await graph.AskAsync(
            (client, token) => client.Users[mailbox].Events.PostAsync(Event(invitation), null, token),
            cancellationToken);
        return created?.Id
            ?? throw new MailboxUnavailableException("The mailbox answered a new event with nothing.", null, null, null);
    }

    public async Task CancelInvitationAsync(string mailbox, string eventId, string comment, CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(
                user => user.Events[eventId].Cancel.PostAsync(new() { Comment = comment }, null, cancellationToken),
                mailbox,
                cancellationToken);
        }
        catch (MailboxUnavailableException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            // Cancelled before, or deleted by hand: the attendees know.
        }
    }

    public async Task<IReadOnlyList<InvitationAnswer>> GetAnswersAsync(
        string mailbox,
        string eventId,
        CancellationToken cancellationToken)
    {
        try
        {
            var found = await graph.AskAsync(
                (client, token) => client.Users[mailbox].Events[eventId].GetAsync(
                    request => request.QueryParameters.Select = ["id", "attendees"], token),
                cancellationToken);
            return
            [
                .. from attendee in found?.Attendees ?? []
                   let address = attendee.EmailAddress?.Address
                   where address is not null
                   select new InvitationAnswer(address, AnswerOf(attendee.Status?.Response)),
            ];
        }
        catch (MailboxUnavailableException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            return [];
        }
    }

    /// <summary>The message with this key: the sent one where there is one, else a draft of it.</summary>
    private async Task<Models.Message?> FindAsync(string mailbox, string key, CancellationToken cancellationToken)
    {
        var value = key.Replace("'", "''", StringComparison.Ordinal);
        var found = await graph.AskAsync(
            (client, token) => client.Users[mailbox].Messages.GetAsync(
                request =>
                {
                    request.QueryParameters.Filter =
                        $"singleValueExtendedProperties/any(ep:ep/id eq '{KeyProperty}' and ep/value eq '{value}')";
                    request.QueryParameters.Select = MessageFields;
                },
                token),
            cancellationToken);
        return found?.Value?.OrderBy(message => message.IsDraft is not false).FirstOrDefault();
    }

    /// <returns>False when there is no such message any more: someone else sent it, and it moved.</returns>
    private async Task<bool> TrySendAsync(string mailbox, string messageId, CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(user => user.Messages[messageId].Send.PostAsync(null, cancellationToken), mailbox, cancellationToken);
            return true;
        }
        catch (MailboxUnavailableException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private Task<bool> DoAsync(Func<UserItemRequestBuilder, Task> request, string mailbox, CancellationToken cancellationToken) =>
        graph.AskAsync(
            async (client, _) =>
            {
                await request(client.Users[mailbox]);
                return true;
            },
            cancellationToken);

    private static Models.Message Draft(OutgoingMail mail, string? inReplyTo) => new()
    {
        Subject = mail.Subject,
        Body = new()
        {
            ContentType = mail.AsText ? Models.BodyType.Text : Models.BodyType.Html,
            Content = mail.AsText ? mail.Text : mail.Html,
        },
        ToRecipients = [.. mail.To.Select(to => new Models.Recipient { EmailAddress = Address(to) })],
        ReplyTo = mail.ReplyTo is null ? null : [new() { EmailAddress = new() { Address = mail.ReplyTo } }],
        InternetMessageHeaders = [new() { Name = "X-Auto-Response-Suppress", Value = "All" }],
        SingleValueExtendedProperties =
        [
            new() { Id = KeyProperty, Value = mail.Key },
            .. inReplyTo is null
                ? (ReadOnlySpan<Models.SingleValueLegacyExtendedProperty>)[]
                : [new() { Id = InReplyToProperty, Value = inReplyTo }, new() { Id = ReferencesProperty, Value = inReplyTo }],
        ],
    };

    private static Models.Event Event(Invitation invitation) => new()
    {
        TransactionId = invitation.TransactionId,
        Subject = invitation.Subject,
        Body = new() { ContentType = Models.BodyType.Html, Content = invitation.Html },
        Start = WallClock(invitation.Start, invitation.TimeZone),
        End = WallClock(invitation.End, invitation.TimeZone),
        Location = invitation.Place is null ? null : new() { DisplayName = invitation.Place },
        IsOnlineMeeting = invitation.OnlineMeeting,
        AllowNewTimeProposals = false,
        ResponseRequested = true,
        Attendees =
        [
            .. invitation.Attendees.Select(attendee => new Models.Attendee
            {
                EmailAddress = Address(attendee),
                Type = Models.AttendeeType.Required,
            }),
        ],
    };

    private static Models.EmailAddress Address(Recipient recipient) =>
        new() { Name = recipient.Name, Address = recipient.Address };

    /// <summary>Graph knows every Windows zone by name, but only some of IANA's.</summary>
    private static Models.DateTimeTimeZone WallClock(DateTimeOffset time, string zone) => new()
    {
        DateTime = TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(zone))
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        TimeZone = TimeZoneInfo.TryConvertIanaIdToWindowsId(zone, out var windows) ? windows : zone,
    };

    private static Answer AnswerOf(Models.ResponseType? response) => response switch
    {
        Models.ResponseType.Accepted or Models.ResponseType.Organizer => Answer.Accepted,
        Models.ResponseType.TentativelyAccepted => Answer.Tentative,
        Models.ResponseType.Declined => Answer.Declined,
        _ => Answer.None,
    };
}
