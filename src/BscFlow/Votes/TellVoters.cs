using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Publishing;
using BscFlow.Storage;
using BscFlow.Votes.Options;

namespace BscFlow.Votes;

/// <summary>Tells what has become of a motion: more time, a corrected text, the result, that it was withdrawn or ratified.</summary>
public sealed class TellVoters(
    MotionStore motions,
    BallotStore ballots,
    TallyStore tallies,
    MotionMail mail,
    SiteLinks links,
    PublishSite publishSite,
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

        await publishSite.RunAsync(charter, cancellationToken);
        if (motion.News.HasFlag(MotionNews.Corrected))
        {
            await TellChangeAsync(charter, motion, corrected: true, cancellationToken);
            await events.CorrectedAsync(motion, cancellationToken);
        }

        if (motion.News.HasFlag(MotionNews.Extended))
        {
            await TellChangeAsync(charter, motion, corrected: false, cancellationToken);
            await events.ExtendedAsync(motion, cancellationToken);
        }

        if (motion.News.HasFlag(MotionNews.Ended))
        {
            await TellEndAsync(charter, motion, cancellationToken);
            await events.EndedAsync(motion, cancellationToken);
        }

        await motions.TryUpdateAsync(motion with { News = motion.News & ~MotionNews.ToTell }, cancellationToken);
    }

    private async Task TellChangeAsync(Charter charter, Motion motion, bool corrected, CancellationToken cancellationToken)
    {
        if (!motion.IsOpen)
        {
            return;
        }

        var facts = mail.FactsOf(charter, motion);
        var voted = await ballots.VotersAsync(motion, cancellationToken);
        await mail.ToVotersAsync(
            charter,
            motion,
            corrected ? $"{MotionMail.Corrected}{Keys.ShortHash(motion.Text)}" : $"{MotionMail.Extended}{Keys.Instant(motion.Deadline)}",
            MotionMail.Voters(charter, motion),
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

    private async Task TellEndAsync(Charter charter, Motion motion, CancellationToken cancellationToken)
    {
        var counted = motion.TallyHash is null ? null : await tallies.ReadAsync(motion, cancellationToken);
        var tally = counted?.Tally;
        var facts = mail.FactsOf(charter, motion);
        await mail.ToAllAsync(
            charter,
            motion,
            $"{MotionMail.Result}{motion.State}",
            All(charter, motion),
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

    /// <summary>Those who were asked, whom it is about, and those who are in office by now.</summary>
    private IEnumerable<Addressee> All(Charter charter, Motion motion)
    {
        var today = charter.DayOf(clock.GetUtcNow());
        var electorate = motion.Electorate.Members.Select(elector => elector.Id).ToHashSet(StringComparer.Ordinal);
        return charter.Members
            .Where(member => electorate.Contains(member.Id) || member.InOffice(today))
            .Concat(motion.Electorate.Members.Select(elector => elector.Imported).OfType<Member>())
            .Select(Addressee.Of);
    }

    private static IReadOnlyList<NamedVote> Named(Tally tally)
    {
        return
        [
            .. tally.Ballots.Select(ballot =>
                new NamedVote(
                    tally.Electorate.NameOf(ballot.Voter),
                    tally.Options is { } options && ballot.Marks is { } marks
                        ? OptionWords.Said(options, marks)
                        : RuleWords.Of(ballot.Vote, tally.Rule.Consensus),
                    ballot.Comment)),
        ];
    }
}
