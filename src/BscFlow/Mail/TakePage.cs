using System.Collections.Concurrent;
using BscFlow.Telemetry;
using Microsoft.Extensions.Logging;

namespace BscFlow.Mail;

/// <summary>Takes the mails that one page of the inbox names. Whatever one of them does, the others are taken.</summary>
public sealed partial class TakePage(TakeMail take, FailedMails failed, LeaveMail leave, ILogger<TakePage> log)
{
    /// <summary>More than the four requests that a mailbox serves at once, since each mail also waits for storage.</summary>
    private const int AtOnce = 12;

    /// <summary>Takes the mails of a page side by side; messages with the same Message-ID one after the other.</summary>
    /// <param name="failures">Gets what is to be tried again.</param>
    /// <returns>Ids of the committees for which something may be due now.</returns>
    public async Task<IReadOnlyCollection<string>> RunAsync(
        SharedMailbox shared, IReadOnlyList<InboxItem> items, RoundFailures failures, CancellationToken cancellationToken)
    {
        ConcurrentBag<string> committeesOfPage = [];
        await Parallel.ForEachAsync(
            items.DistinctBy(item => item.Id).GroupBy(item => item.InternetMessageId ?? item.Id),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (copies, token) =>
            {
                foreach (var item in copies)
                {
                    try
                    {
                        foreach (var committee in await take.RunAsync(shared, item, token))
                        {
                            committeesOfPage.Add(committee);
                        }
                    }
                    catch (Exception failure) when (!token.IsCancellationRequested)
                    {
                        // Whatever a mail does, the others are taken.
                        if (await LeftToAsync(shared, item, failure, failures, token) is { } committee)
                        {
                            committeesOfPage.Add(committee);
                        }
                    }
                }
            });
        return committeesOfPage;
    }

    /// <returns>Id of the committee to whose secretary it is left; null when it is tried again, or was left before.</returns>
    private async Task<string?> LeftToAsync(
        SharedMailbox shared, InboxItem item, Exception failure, RoundFailures failures, CancellationToken cancellationToken)
    {
        var (committeesOf, error) = (shared.Committees, ErrorWords.WithTrace(failure));
        LogFailed(committeesOf, item.Id, error);
        try
        {
            switch (await failed.CountAsync(shared.Address, item.Id, FailedMails.BlameFor(failure), cancellationToken))
            {
                case FailedMail.Leave:
                    var why = $"it could not be taken: {ErrorWords.Of(failure)}";
                    return await leave.RunAsync(shared, item, why, cancellationToken);
                case FailedMail.IsLeft:
                    return null;
                default:
                    failures.Add(item, failure);
                    return null;
            }
        }
        catch (Exception another) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(committeesOf, item.Id, ErrorWords.WithTrace(another));
            failures.Add(item, failure);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The message {Message} to {Committees} could not be taken: {Error}")]
    private partial void LogFailed(string committees, string message, string error);
}

/// <summary>The mails of a round that could not be taken and are tried again. Safe for parallel calls.</summary>
public sealed class RoundFailures
{
    private readonly Lock _gate = new();

    /// <summary>Null when there are none.</summary>
    public Exception? First { get; private set; }

    /// <summary>When the first of them was received; the beginning of time where one does not say.</summary>
    public DateTimeOffset Earliest { get; private set; } = DateTimeOffset.MaxValue;

    public void Add(InboxItem item, Exception failure)
    {
        lock (_gate)
        {
            First ??= failure;
            var received = item.Received ?? DateTimeOffset.MinValue;
            Earliest = received < Earliest ? received : Earliest;
        }
    }
}
