using BscFlow.Committee;
using BscFlow.Votes.Mails.Messages;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Mails;

/// <summary>
/// Calls the voters of a new motion: its public page is there before the first mail that links to it can be read, and their
/// tokens are on record before it can be answered.
/// </summary>
public sealed class CallForVotes(
    MotionStore motions,
    TokenStore tokens,
    MotionMail mail,
    ElectorateMail electorateMail,
    ShowChanges showChanges,
    MotionEvents events)
{
    public async Task RunAsync(Charter charter, string id, CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { } motion
            || !motion.News.HasFlag(MotionNews.Opened)
            || motion.BoxShut is not null)
        {
            return;
        }

        // Cut off after the calls began, it goes on with them; of one that was withdrawn before them the page says so.
        if (!motion.News.HasFlag(MotionNews.Calling))
        {
            await showChanges(charter, cancellationToken);
        }

        if (motion.IsOpen)
        {
            if (await BeginAsync(charter, motion, cancellationToken) is not { } begun
                || await CallAsync(charter, begun, cancellationToken) is not { } called)
            {
                return;
            }

            motion = called;
        }

        await events.OpenedAsync(motion, cancellationToken);
        if (!motion.IsOpen)
        {
            await events.EndedAsync(motion, cancellationToken);
        }

        // A motion that was withdrawn before the first call needs no farewell.
        var done = motion.News.HasFlag(MotionNews.Calling) ? MotionNews.Opened | MotionNews.Calling : MotionNews.ToTell;
        await motions.NoteAsync(motion, current => current with { News = current.News & ~done }, cancellationToken);
    }

    /// <summary>
    /// The calls tell of what was changed before the first of them. From then on each change is told to all, for some have been
    /// called.
    /// </summary>
    private async Task<Motion?> BeginAsync(Charter charter, Motion motion, CancellationToken cancellationToken)
    {
        if (motion.News.HasFlag(MotionNews.Calling))
        {
            return motion;
        }

        await tokens.AddAsync(charter.Id, motion.Id, motion.Electorate.Asked.Select(elector => elector.Id), cancellationToken);
        return await motions.TryUpdateAsync(
            motion with { News = (motion.News & ~MotionNews.ToTell) | MotionNews.Opened | MotionNews.Calling },
            cancellationToken);
    }

    /// <returns>As <see cref="ElectorateMail.ToVotersAsync"/>.</returns>
    private Task<Motion?> CallAsync(Charter charter, Motion motion, CancellationToken cancellationToken)
    {
        var facts = mail.FactsOf(charter, motion);
        return electorateMail.ToVotersAsync(
            charter,
            motion,
            MotionMail.Call,
            _ => true,
            (voter, page) => new CallForVotesMail
            {
                Reader = voter.Reader,
                Committee = charter.Name,
                Motion = facts,
                Ballot = page,
            },
            cancellationToken);
    }
}
