using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Votes.Ballots;

namespace BscFlow.Votes.Mails;

/// <summary>How far the calls for a vote have come.</summary>
/// <param name="Voters">How many are called.</param>
/// <param name="Waiting">How many calls have not left.</param>
/// <param name="Opened">How many have opened the page behind their link; a scanner of mail may have done it for them.</param>
/// <param name="Voted">How many have voted.</param>
/// <param name="Unreached">The first of those whom a mail did not reach, by voter.</param>
public sealed record CallProgress(int Voters, int Waiting, int Opened, int Voted, IReadOnlyList<UnreachedVoter> Unreached)
{
    /// <summary>Of whom no more are named: a person goes through them, and those called again make room for others.</summary>
    public const int MostUnreached = 500;

    /// <summary>How many calls have left.</summary>
    public int Sent => Voters - Waiting;
}

/// <summary>Says how far the calls for a vote have come, and notes whom a mail did not reach.</summary>
public sealed class FollowCalls(
    MotionStore motions, BallotStore ballots, VoterNotes notes, UnreachedVoters unreached, Outbox outbox)
{
    /// <returns>Null when there is no such motion.</returns>
    public async Task<(Motion Motion, CallProgress Progress)?> RunAsync(
        Charter charter, string id, CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { } motion)
        {
            return null;
        }

        var start = Keys.MotionMail(MotionMail.Call, motion.Id, "");
        var isLetGo = await outbox.LetGoAsync(charter.Id, motion.Opened, start, cancellationToken);
        var notLetGo = motion.Electorate.Asked.Count(elector => !isLetGo(start + elector.Id.ToLowerInvariant()));
        var waiting = await outbox.WaitingAsync(charter.Id, cancellationToken)
            .CountAsync(key => key.StartsWith(start, StringComparison.Ordinal), cancellationToken);
        return (motion, new CallProgress(
            motion.Electorate.Size,
            motion.News.HasFlag(MotionNews.Opened) ? motion.Electorate.Size : notLetGo + waiting,
            await notes.CountOpenedAsync(motion, cancellationToken),
            (await ballots.TurnoutAsync(motion, cancellationToken)).Voted,
            await unreached.ListAsync(motion, CallProgress.MostUnreached, cancellationToken)));
    }

    /// <inheritdoc cref="NoteOfReturn"/>
    public async Task<string?> NoteAsync(IncomingMail mail, MailRoute route, CancellationToken cancellationToken) =>
        mail.Bounce is { } bounce && route.Answered is { } key
            ? await NoteAsync(
                route.Charter.Id,
                key,
                bounce.Recipients[0],
                bounce.Diagnostic ?? "it came back",
                mail.Received,
                cancellationToken)
            : null;

    /// <summary>
    /// Notes that a mail did not reach its reader, where it went to a voter by itself; of other mails it does nothing.
    /// </summary>
    /// <param name="key">Of the outbox.</param>
    /// <returns>Id of the motion that it was about; null for other mails.</returns>
    public async Task<string?> NoteAsync(
        string committee, string key, string address, string why, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!MotionMail.IsToVoters(key) || MailKey.Read(key) is not { } mail)
        {
            return null;
        }

        await unreached.AddAsync(committee, mail.Subject, new UnreachedVoter(mail.Reader, address, why, at), cancellationToken);
        return mail.Subject;
    }
}
