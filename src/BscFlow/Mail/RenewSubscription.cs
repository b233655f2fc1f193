using System.Security.Cryptography;
using BscFlow.Publishing;
using BscFlow.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BscFlow.Mail;

/// <summary>Has Graph tell of new mail: asks for six days, and again each day.</summary>
public sealed partial class RenewSubscription(
    IMailbox mailbox,
    MailboxStates states,
    SiteLinks links,
    IOptions<GraphOptions> graph,
    TimeProvider clock,
    ILogger<RenewSubscription> log)
{
    /// <summary>How often it is asked for again.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>A day less than Graph gives at most.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromDays(6);

    /// <summary>Characters of a client state; at most 128.</summary>
    private const int ClientStateLength = 64;

    /// <summary>Whether Graph can reach this deployment at all; otherwise mail is found by the clock alone.</summary>
    public bool CanBeTold =>
        links.GraphNotifications.Scheme == Uri.UriSchemeHttps || (links.GraphNotifications.IsLoopback && graph.Value.Address.IsLoopback);

    /// <summary>Renews the subscription of a mailbox, or makes one. Safe to run again.</summary>
    /// <returns>
    /// False when Graph refuses it, as long as it cannot reach our address: mail is found by the clock then, and this is tried
    /// again in an hour.
    /// </returns>
    public async Task<bool> RunAsync(string address, CancellationToken cancellationToken)
    {
        if (!CanBeTold)
        {
            return true;
        }

        try
        {
            await AskAsync(address, cancellationToken);
            return true;
        }
        catch (MailRefusedException refused)
        {
            LogRefused(ErrorWords.Of(refused));
            return false;
        }
    }

    private async Task AskAsync(string address, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = await states.FindSubscriptionAsync(address, cancellationToken);
        if (known?.Notifications == links.GraphNotifications
            && await mailbox.RenewSubscriptionAsync(known.Id, now + Length, cancellationToken))
        {
            await states.TrySaveAsync(known with { RenewedAt = now, Expires = now + Length }, known, cancellationToken);
            return;
        }

        // A new one may be told of before its row is there; what it says then is found by the clock.
        var wish = new SubscriptionWish(
            links.GraphNotifications,
            links.GraphLifecycle,
            RandomNumberGenerator.GetHexString(ClientStateLength, lowercase: true),
            now + Length);
        var id = await mailbox.SubscribeAsync(address, wish, cancellationToken);
        var made = new MailboxSubscription(id, address, wish.ClientState, wish.Notifications, now, wish.Expires);
        if (!await states.TrySaveAsync(made, known, cancellationToken))
        {
            // Another step made one at the same moment, and one is enough.
            await mailbox.UnsubscribeAsync(id, cancellationToken);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        EventName = "SubscriptionRefused",
        Message = "Graph does not tell of new mail in a mailbox, which is read every few minutes only: {Reason}")]
    private partial void LogRefused(string reason);
}
