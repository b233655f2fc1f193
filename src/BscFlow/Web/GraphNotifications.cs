using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.Mail;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BscFlow.Web;

/// <summary>Where Graph tells of new mail and of what becomes of a subscription.</summary>
/// <remarks>
/// Anyone can post here. What is said without the client state of its subscription is passed over in silence; what is believed
/// is only a hint to look, and is answered before anything is looked at.
/// </remarks>
internal static partial class GraphNotifications
{
    /// <summary>Characters of a validation token; Graph's have some hundred.</summary>
    private const int LongestToken = 2048;

    /// <summary>Graph sends notifications in batches; far fewer than this.</summary>
    private const int MostBytes = 1 << 20;

    private const int MostNotifications = 1000;

    /// <summary>Subscriptions of one batch that are none of ours: Graph may not have heard yet that one was replaced.</summary>
    internal const int MostUnknown = 10;

    public static Task<IResult> OfMailAsync(
        HttpRequest request, string? validationToken, MailboxStates states, HintOfMail hint, ILoggerFactory log, CancellationToken cancellationToken) =>
        AnswerAsync(request, validationToken, states, log, (known, _) => hint.RunAsync(known.Mailbox, cancellationToken), cancellationToken);

    public static Task<IResult> OfLifecycleAsync(
        HttpRequest request, string? validationToken, MailboxStates states, StepQueue queue, ILoggerFactory log, CancellationToken cancellationToken) =>
        AnswerAsync(
            request,
            validationToken,
            states,
            log,
            (known, said) => Task.WhenAll(StepsAfter(said.LifecycleEvent)
                .Select(kind => queue.AddAsync(Step.OfMailbox(kind, known.Mailbox), cancellationToken))),
            cancellationToken);

    /// <summary>Renewing a subscription that is gone makes a new one.</summary>
    private static StepKind[] StepsAfter(string? lifecycleEvent) => lifecycleEvent switch
    {
        "reauthorizationRequired" => [StepKind.RenewSubscription],
        "subscriptionRemoved" => [StepKind.RenewSubscription, StepKind.CollectMail],
        "missed" => [StepKind.CollectMailAnew],
        _ => [],
    };

    private static async Task<IResult> AnswerAsync(
        HttpRequest request,
        string? validationToken,
        MailboxStates states,
        ILoggerFactory log,
        Func<MailboxSubscription, Notification, Task> believe,
        CancellationToken cancellationToken)
    {
        if (validationToken is not null)
        {
            return validationToken.Length <= LongestToken
                ? TypedResults.Text(validationToken, "text/plain", Encoding.UTF8)
                : TypedResults.BadRequest();
        }

        if (await ReadAsync(request, cancellationToken) is not { } notifications)
        {
            return TypedResults.BadRequest();
        }

        var logger = log.CreateLogger(typeof(GraphNotifications));
        var unknown = 0;
        foreach (var told in notifications
            .DistinctBy(one => (one.SubscriptionId, one.ClientState, one.LifecycleEvent))
            .GroupBy(one => one.SubscriptionId))
        {
            var known = told.Key is { } id ? await states.FindSubscriptionByIdAsync(id, cancellationToken) : null;
            foreach (var said in told)
            {
                if (known is not null && IsSame(known.ClientState, said.ClientState))
                {
                    await believe(known, said);
                }
                else
                {
                    LogNotBelieved(logger);
                }
            }

            if (known is null && ++unknown == MostUnknown)
            {
                break;
            }
        }

        return TypedResults.Accepted((string?)null);
    }

    private static async Task<IReadOnlyList<Notification>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostBytes)
            {
                return null;
            }
        }

        try
        {
            var collection = JsonSerializer.Deserialize(
                body.GetBuffer().AsSpan(0, (int)body.Length), NotificationJson.Default.NotificationCollection);
            return collection?.Value is { Count: <= MostNotifications } all && all.All(said => said is not null) ? all : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsSame(string known, string? sent) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(known)), SHA256.HashData(Encoding.UTF8.GetBytes(sent ?? "")));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A notification was passed over: it is of no subscription of ours")]
    private static partial void LogNotBelieved(ILogger logger);
}

/// <summary>What Graph posts: <c>changeNotificationCollection</c>.</summary>
internal sealed record NotificationCollection(IReadOnlyList<Notification>? Value);

/// <summary>One notification, as far as it is read.</summary>
internal sealed record Notification(string? SubscriptionId, string? ClientState, string? LifecycleEvent);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(NotificationCollection))]
internal sealed partial class NotificationJson : JsonSerializerContext;
