using System.Security.Cryptography;
using BscFlow.Links;
using BscFlow.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BscFlow.Mail;

/// <summary>Whether Graph tells of new mail.</summary>
public abstract record Renewal
{
    private Renewal()
    {
    }

    /// <summary>It does until then, if it is not asked again.</summary>
    public sealed record Told(DateTimeOffset Until) : Renewal;

    /// <summary>It cannot reach this deployment at all.</summary>
    public sealed record OutOfReach : Renewal;

    /// <summary>It does not want to, as long as it cannot reach our address: to be tried again soon.</summary>
    public sealed record Refused : Renewal;
}

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
        links.GraphNotifications.Scheme == Uri.UriSchemeHttps
            || (links.GraphNotifications.IsLoopback && graph.Value.Address.IsLoopback);

    /// <summary>Renews the subscription of a mailbox, or makes one. Safe to run again.</summary>
    public async Task<Renewal> RunAsync(string address, CancellationToken cancellationToken)
    {
        if (!CanBeTold)
        {
            return new Renewal.OutOfReach();
        }

        var until = clock.GetUtcNow() + Length;
        try
        {
            await AskAsync(address, until, cancellationToken);
            return new Renewal.Told(until);
        }
        catch (MailRefusedException refused)
        {
            LogRefused(ErrorWords.Of(refused));
            return new Renewal.Refused();
        }
    }

    private async Task AskAsync(string address, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = await states.FindSubscriptionAsync(address, cancellationToken);
        if (known?.Notifications == links.GraphNotifications
            && await mailbox.RenewSubscriptionAsync(known.Id, until, cancellationToken))
        {
            await states.TrySaveAsync(known with { RenewedAt = now, Expires = until }, known, cancellationToken);
            return;
        }

        // A new one may be told of before its row is there; what it says then is found by the clock.
        var wish = new SubscriptionWish(
            links.GraphNotifications,
            links.GraphLifecycle,
            RandomNumberGenerator.GetHexString(ClientStateLength, lowercase: true),
            until);
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
