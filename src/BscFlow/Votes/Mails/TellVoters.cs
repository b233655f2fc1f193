using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Storage;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Mails.Messages;
using BscFlow.Votes.Options;
using BscFlow.Votes.Tallies;

namespace BscFlow.Votes.Mails;

/// <summary>
/// Tells what has become of a motion: more time, a corrected text, the result, that it was withdrawn or ratified.
/// </summary>
public sealed class TellVoters(
    MotionStore motions,
    BallotStore ballots,
    TallyStore tallies,
    MotionMail mail,
    ElectorateMail electorateMail,
    SiteLinks links,
    ShowChanges showChanges,
    MotionEvents events,
    TimeProvider clock)
{
    /// <summary>A longer list of votes stands on the page only.</summary>
    private const int LongestList = 50;

    public async Task RunAsync(Charter charter, string id, CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { } motion
            || (motion.News & MotionNews.ToTell) is MotionNews.None
            || motion.News.HasFlag(MotionNews.Opened))
        {
            return;
        }

        await showChanges(charter, cancellationToken);
        Motion? told = motion;
        if (told.News.HasFlag(MotionNews.Corrected))
        {
            told = await TellChangeAsync(charter, told, corrected: true, cancellationToken);
            await events.CorrectedAsync(motion, cancellationToken);
        }

        if (told?.News.HasFlag(MotionNews.Extended) is true)
        {
            told = await TellChangeAsync(charter, told, corrected: false, cancellationToken);
            await events.ExtendedAsync(motion, cancellationToken);
        }

        if (told?.News.HasFlag(MotionNews.Ended) is true)
        {
            told = await TellEndAsync(charter, told, cancellationToken);
            await events.EndedAsync(motion, cancellationToken);
        }

        if (told is not null)
        {
            await motions.NoteAsync(
                told, current => current with { News = current.News & ~MotionNews.ToTell }, cancellationToken);
        }
    }

    /// <returns>As <see cref="ElectorateMail.ToVotersAsync"/>.</returns>
    private async Task<Motion?> TellChangeAsync(
        Charter charter, Motion motion, bool corrected, CancellationToken cancellationToken)
    {
        if (!motion.IsOpen)
        {
            return motion;
        }

        var facts = mail.FactsOf(charter, motion);
        var voted = await ballots.VotersAsync(motion, cancellationToken);
        return await electorateMail.ToVotersAsync(
            charter,
            motion,
            corrected ? $"{MotionMail.Corrected}{motion.Wording}" : $"{MotionMail.Extended}{Keys.Instant(motion.Deadline)}",
            _ => true,
            (voter, page) => new MotionChangedMail
            {
                Reader = voter.Reader,
                Committee = charter.Name,
                Motion = facts,
                Ballot = page,
                Corrected = corrected,
                HasVoted = voted.Contains(voter.Key),
            },
            cancellationToken);
    }

    /// <returns>As <see cref="ElectorateMail.ToAllAsync"/>.</returns>
    private async Task<Motion?> TellEndAsync(Charter charter, Motion motion, CancellationToken cancellationToken)
    {
        var counted = motion.TallyHash is null ? null : await tallies.ReadAsync(motion, cancellationToken);
        var tally = counted?.Tally;
        var facts = mail.FactsOf(charter, motion);
        return await electorateMail.ToAllAsync(
            charter,
            motion,
            $"{MotionMail.Result}{motion.State}",
            charter.DayOf(clock.GetUtcNow()),
            addressee => new MotionResultMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Motion = facts,
                State = motion.State,
                Outcome = RuleWords.State(motion),
                Reason = motion.Reason,
                Numbers = tally is null ? null
                    : counted!.Result is { } result ? OptionResultWords.Of(tally, result)
                    : $"{RuleWords.Numbers(tally.Count)} {RuleWords.Why(tally.Rule, tally.Count)}",
                Votes = tally is null or { Ballots.Count: > LongestList } ? [] : Named(tally),
                RatifiedOn = motion.RatifiedOn,
                Tally = tally is null ? null : links.Tally(charter, motion.Id),
            },
            cancellationToken);
    }

    private static IReadOnlyList<NamedVote> Named(Tally tally)
    {
        return
        [
            .. tally.Ballots.Select(ballot =>
                new NamedVote(
                    ballot.Proxy is { } proxy
                        ? $"{tally.Electorate.NameOf(ballot.Voter)}, by {tally.Electorate.NameOf(proxy)}"
                        : tally.Electorate.NameOf(ballot.Voter),
                    tally.Options is { } options && ballot.Marks is { } marks
                        ? OptionWords.Said(options, marks)
                        : RuleWords.Of(ballot.Vote, tally.Rule.Consensus),
                    ballot.Comment)),
        ];
    }
}
