using Azure;
using BscFlow.Committee;
using BscFlow.Storage;
using Microsoft.Extensions.Logging;

namespace BscFlow.Mail;

/// <summary>What came of reading a mailbox.</summary>
public abstract record Collected
{
    private Collected()
    {
    }

    /// <summary>It was read to its end.</summary>
    /// <param name="Committees">Ids of those that got mail, or in which one counts.</param>
    /// <param name="WasLate">Some mail had come in long enough before for Graph to have told of it.</param>
    public sealed record Done(IReadOnlyCollection<string> Committees, bool WasLate) : Collected;

    /// <summary>No committee uses it any more.</summary>
    public sealed record NotUsed : Collected;

    /// <summary>Somebody else is reading it, and will read it once more.</summary>
    public sealed record Busy : Collected;
}

/// <summary>Reads what has come into a mailbox, and takes each mail once.</summary>
/// <remarks>
/// A notification is a hint, the list of changes is the truth, and the clock is the net. A page is done with, to the last mail,
/// before the link to the next one is kept. Mails behind one that could not be taken are taken all the same, so that nobody's
/// mail keeps another's waiting; those that were received before it count as in.
/// </remarks>
public sealed partial class CollectMail(
    IMailbox mailbox,
    MailboxDirectory directory,
    MailboxStates states,
    BlobLeases leases,
    TakePage takePage,
    FailedMails failed,
    EraseSecretMail erase,
    CommitteeStateStore committees,
    TimeProvider clock,
    ILogger<CollectMail> log)
{
    /// <summary>How often a mailbox is read of whose mail Graph does not tell.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long after its <c>receivedDateTime</c> a mail may turn up in the inbox, and our clock be ahead of the mailbox's.
    /// </summary>
    public static readonly TimeSpan Lag = TimeSpan.FromMinutes(1);

    /// <summary>How long after a moment all mail that was received before it can be in.</summary>
    public static readonly TimeSpan Grace = Lag + TimeSpan.FromMinutes(1);

    /// <summary>How often a round may begin anew because its links expire.</summary>
    private const int Beginnings = 5;

    /// <summary>How far a new beginning goes back: our clock and the mailbox's may differ.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>Reads a mailbox to its end.</summary>
    /// <param name="anew">Does not trust the link of the last round.</param>
    /// <exception cref="MailboxUnavailableException">
    /// What could be taken is taken; the rest at the next try. Likewise whatever else a mail made fail.
    /// </exception>
    public async Task<Collected> RunAsync(string address, bool anew, CancellationToken cancellationToken)
    {
        var failures = new RoundFailures();
        var collected = await RunAsync(address, anew, failures, cancellationToken);
        return failures.First is { } first ? throw first : collected;
    }

    private async Task<Collected> RunAsync(string address, bool anew, RoundFailures failures, CancellationToken cancellationToken)
    {
        HashSet<string> got = [];
        var wasLate = false;
        ETag? before;
        do
        {
            if (await TakeLeaseAsync(address, cancellationToken) is not { } lease)
            {
                return new Collected.Busy();
            }

            await using (lease)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
                before = await states.WantedAsync(address, limit.Token);
                if (await directory.FindAsync(address, limit.Token) is not { } shared)
                {
                    return new Collected.NotUsed();
                }

                if (shared.Unusable is [_, ..] unusable)
                {
                    // Their mail would be taken for that of strangers, and lie where nobody looks for it.
                    var which = string.Join(", ", unusable);
                    throw new MailboxUnavailableException(
                        $"The mailbox is not read until this charter can be used: {which}.", null, null, null);
                }

                wasLate |= await ReadAsync(shared, anew, got, failures, limit.Token);
                anew = false;
            }
        }
        while (failures.First is null && await states.WantedAsync(address, cancellationToken) != before);

        return new Collected.Done(got, wasLate);
    }

    /// <summary>Whether all mail that was received until a moment is in; reads the mailbox where that may help.</summary>
    public async Task<bool> IsInUntilAsync(string address, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        if ((await states.GetAsync(address, cancellationToken)).CollectedUpTo > moment)
        {
            return true;
        }

        return clock.GetUtcNow() > moment + Lag
            && await RunAsync(address, anew: false, new RoundFailures(), cancellationToken) is Collected.Done
            && (await states.GetAsync(address, cancellationToken)).CollectedUpTo > moment;
    }

    /// <summary>A second try after the wish is on record: who held the lease has either seen the wish or is gone.</summary>
    private async Task<BlobLease?> TakeLeaseAsync(string address, CancellationToken cancellationToken)
    {
        if (await leases.TryTakeAsync(Keys.MailContainer, Keys.MailboxLease(address), cancellationToken) is { } lease)
        {
            return lease;
        }

        await states.WantAsync(address, cancellationToken);
        return await leases.TryTakeAsync(Keys.MailContainer, Keys.MailboxLease(address), cancellationToken);
    }

    /// <returns>
    /// Whether some mail was late: in a round that goes on where the last one ended, and names each mail as it comes in.
    /// </returns>
    private async Task<bool> ReadAsync(
        SharedMailbox shared, bool anew, HashSet<string> got, RoundFailures failures, CancellationToken cancellationToken)
    {
        var address = shared.Address;
        var state = await states.GetAsync(address, cancellationToken);
        var begun = clock.GetUtcNow();
        var since = await BeginningAsync(shared, state, cancellationToken);
        var link = anew ? null : state.Link;
        var wasLate = false;

        // A list that begins at a moment is cut at 5,000 messages. All that it names leaves the inbox, so it is begun again until it
        // names nothing new; and until then no link of it is kept.
        HashSet<string>? named = link is null ? [] : null;
        var isNew = false;
        for (var beginnings = 0; ;)
        {
            if (await mailbox.ReadInboxAsync(address, link, since, cancellationToken) is not { } page)
            {
                var committeesOf = shared.Committees;
                LogExpired(committeesOf);
                (link, isNew) = (null, false);
                named ??= [];
                if (++beginnings == Beginnings)
                {
                    throw new MailboxUnavailableException(
                        "The links of the inbox expire faster than they are read.", null, null, null);
                }

                continue;
            }

            got.UnionWith(await takePage.RunAsync(shared, page.Items, failures, cancellationToken));
            wasLate |= named is null && page.Items.Any(item => item.Received < begun - Interval);
            link = page.Link;
            foreach (var item in page.Items)
            {
                isNew |= named?.Add(item.Id) is true;
            }

            if (page.IsLast && isNew)
            {
                (link, isNew) = (null, false);
            }
            else if (page.IsLast)
            {
                await SaveAsync(address, state, link, begun, failures, cancellationToken);
                break;
            }
            else if (named is null && failures.First is null)
            {
                state = state with { Link = link };
                await states.SaveAsync(address, state, cancellationToken);
            }
        }

        foreach (var charter in shared.Charters)
        {
            await erase.RunAsync(charter.Id, cancellationToken);
        }

        return wasLate;
    }

    /// <summary>The whole list was read. Where some mail failed, the next round goes on before the page that names it.</summary>
    private async Task SaveAsync(
        string address,
        MailboxState state,
        string link,
        DateTimeOffset begun,
        RoundFailures failures,
        CancellationToken cancellationToken)
    {
        if (failures.First is null)
        {
            if (state.HasFailed)
            {
                await failed.ForgetAsync(address, cancellationToken);
            }

            await states.SaveAsync(
                address,
                state with { Link = link, CollectedUpTo = begun - Lag, LookedAt = begun, HasFailed = false },
                cancellationToken);
            return;
        }

        var until = failures.Earliest < begun - Lag ? failures.Earliest : begun - Lag;
        await states.SaveAsync(
            address,
            state with { CollectedUpTo = until > state.CollectedUpTo ? until : state.CollectedUpTo, HasFailed = true },
            cancellationToken);
    }

    /// <summary>
    /// Where a list begins that has no link: a little before what is in, or before the first secretary took office.
    /// </summary>
    private async Task<DateTimeOffset> BeginningAsync(
        SharedMailbox shared, MailboxState state, CancellationToken cancellationToken)
    {
        if (state.CollectedUpTo is { } collected)
        {
            return collected - Overlap;
        }

        var first = DateTimeOffset.MaxValue;
        foreach (var charter in shared.Charters)
        {
            var since = (await committees.GetAsync(charter.Id, cancellationToken)).Since;
            first = since < first ? since : first;
        }

        return first - Overlap;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The link to the inbox of {Committees} has expired; it is read anew")]
    private partial void LogExpired(string committees);
}
