using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Opening;
using BscFlow.Workflow;

namespace BscFlow.Secretary;

/// <summary>Reads what a committee's desk looks at.</summary>
public sealed class ReadDesk(
    MeetingStore meetings,
    AbsenceStore absences,
    ActionStore actions,
    MinutesStore minutes,
    MailStore mails,
    MotionStore motions,
    BallotStore ballots,
    ProposeMotions proposals,
    StepFailures failures,
    IMailbox mailbox,
    TimeProvider clock)
{
    /// <summary>A desk that has to wait for the mailbox is of more use without its answers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>A vote that nobody opened for so long is not wanted any more.</summary>
    private static readonly TimeSpan ProposalsWait = TimeSpan.FromDays(60);

    /// <summary>What is older and settled needs nobody any more. Minutes have been published a year late.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(800);

    private readonly ConcurrentDictionary<string, Linted> _linted = new();

    public async Task<DeskState> RunAsync(Charter charter, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var openActions = actions.OpenAsync(charter.Id, cancellationToken);
        var away = absences.SinceAsync(charter.Id, charter.DayOf(now), cancellationToken);
        var voted = await motions.UnsettledOrSinceAsync(charter.Id, now - Memory, cancellationToken);
        var findings = FindingsAsync(charter, cancellationToken);
        var turnouts = new Dictionary<string, VoterTurnout>();
        foreach (var motion in voted.Where(motion => motion.IsOpen))
        {
            turnouts[motion.Id] = await ballots.TurnoutAsync(motion, cancellationToken);
        }

        var waiting = new List<CollectedMail>();
        await foreach (var mail in mails.ListOpenAsync(charter.Id, after: null, cancellationToken))
        {
            waiting.Add(mail);
        }

        var all = await meetings.UnpublishedOrSinceAsync(charter.Id, now - Memory, cancellationToken);
        var proposed = new List<MinutedProposal>();
        foreach (var meeting in all.Where(meeting => meeting.MotionsProposedAt > now - ProposalsWait))
        {
            proposed.AddRange((await proposals.FindAsync(charter, meeting, cancellationToken))
                .Select(motion => new MinutedProposal(meeting, motion)));
        }

        var state = new DeskState
        {
            Charter = charter,
            Now = now,
            Meetings = all,
            Proposed = proposed,
            Absences = await away,
            OpenActions = await openActions,
            Mails = waiting,
            Motions = voted,
            Turnouts = turnouts,
            Findings = await findings,
            Failed = await failures.GivenUpAsync(charter.Id, cancellationToken),
        };
        return state.NextMeeting?.EventId is { } invitation
            ? state with { Answers = await AnswersAsync(charter, invitation, cancellationToken) }
            : state;
    }

    /// <summary>What a careful secretary would flag in the published years, the latest year first.</summary>
    /// <remarks>Texts are read where they are others than the last time.</remarks>
    public async Task<IReadOnlyList<Finding>> FindingsAsync(Charter charter, CancellationToken cancellationToken)
    {
        var files = await minutes.YearVersionsAsync(charter.Id, cancellationToken);
        var opened = await motions.VersionsAsync(charter.Id, cancellationToken);
        if (_linted.TryGetValue(charter.Id, out var known) && (known.Charter != charter || !Same(known.Files, files)))
        {
            known = null;
        }

        if (known is not null && known.Opened.SequenceEqual(opened))
        {
            return known.Findings;
        }

        // Another version of a motion seldom has other words: each ballot that might close one early makes one.
        List<VoteByMail> votes =
        [
            .. (await motions.WordsAsync(charter.Id, cancellationToken))
                .Select(motion => new VoteByMail(charter.DayOf(motion.Opened), $"{motion.Title} {motion.Text}")),
        ];
        var findings = known is not null && known.Votes.SequenceEqual(votes)
            ? known.Findings
            : await LintAsync(charter, votes, cancellationToken);
        _linted[charter.Id] = new(charter, files, opened, votes, findings);
        return findings;
    }

    private async Task<IReadOnlyList<Finding>> LintAsync(
        Charter charter, IReadOnlyList<VoteByMail> votes, CancellationToken cancellationToken)
    {
        var years = await minutes.AllYearsAsync(charter.Id, cancellationToken);
        return MinutesLinter.Lint(
            [.. years.OrderByDescending(year => year.Year).Select(year => (FileOf(year.Year), MinutesReader.Read(year.Text)))],
            charter,
            votes);
    }

    private static bool Same(IReadOnlyDictionary<int, ETag> one, IReadOnlyDictionary<int, ETag> other) =>
        one.Count == other.Count && one.All(year => other.TryGetValue(year.Key, out var version) && version == year.Value);

    private sealed record Linted(
        Charter Charter,
        IReadOnlyDictionary<int, ETag> Files,
        IReadOnlyList<MotionVersion> Opened,
        IReadOnlyList<VoteByMail> Votes,
        IReadOnlyList<Finding> Findings);

    private static string FileOf(int year) => string.Create(CultureInfo.InvariantCulture, $"{year}.md");

    /// <returns>Null when the mailbox does not tell them in time.</returns>
    public async Task<IReadOnlyList<InvitationAnswer>?> AnswersAsync(
        Charter charter, string invitation, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await mailbox.GetAnswersAsync(charter.Mailbox, invitation, either.Token);
        }
        catch (Exception unreachable) when (!cancellationToken.IsCancellationRequested
            && unreachable is MailboxUnavailableException or OperationCanceledException or HttpRequestException)
        {
            return null;
        }
    }
}
