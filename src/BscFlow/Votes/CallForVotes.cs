using BscFlow.Committee;
using BscFlow.Mail.Messages;
using BscFlow.Publishing;

namespace BscFlow.Votes;

/// <summary>Calls the voters of a new motion: their tokens are on record before the first mail can be answered.</summary>
public sealed class CallForVotes(
    MotionStore motions, TokenStore tokens, MotionMail mail, ElectorateMail electorateMail, PublishSite publishSite, MotionEvents events)
{
    public async Task RunAsync(Charter charter, string id, CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { } motion
            || !motion.News.HasFlag(MotionNews.Opened)
            || motion.BoxShut is not null)
        {
            return;
        }

        // What was changed before the first call is told by the calls, and what is changed from now on is not.
        var hasBegun = ElectorateMail.HasBegun(motion, MotionMail.Call);
        if (motion.IsOpen)
        {
            if (!hasBegun)
            {
                await tokens.AddAsync(
                    charter.Id, motion.Id, motion.Electorate.Asked.Select(elector => elector.Id), cancellationToken);
                var begun = ElectorateMail.Begun(motion, MotionMail.Call) with { News = motion.News & ~MotionNews.ToTell | MotionNews.Opened };
                if (await motions.TryUpdateAsync(begun, cancellationToken) is not { } stored)
                {
                    return;
                }

                motion = stored;
            }

            var facts = mail.FactsOf(charter, motion);
            var told = await electorateMail.ToVotersAsync(
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
            if (told is null)
            {
                return;
            }

            motion = told;
            await publishSite.RunAsync(charter, cancellationToken);
        }

        await events.OpenedAsync(motion, cancellationToken);

        // A motion that was withdrawn before its calls needs no farewell.
        var done = motion.IsOpen || hasBegun ? MotionNews.Opened : MotionNews.ToTell;
        await motions.TryNoteToldAsync(motion, now => now with { News = now.News & ~done }, cancellationToken);
    }
}
