using System.Collections.Concurrent;
using System.Globalization;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Votes;

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
    IMailbox mailbox,
    TimeProvider clock)
{
    /// <summary>A desk that has to wait for the mailbox is of more use without its answers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, (Charter Charter, IReadOnlyList<string> Texts, IReadOnlyList<Finding> Findings)> _linted = new();

    public async Task<DeskState> RunAsync(Charter charter, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var findings = FindingsAsync(charter, cancellationToken);
        var openActions = actions.OpenAsync(charter.Id, cancellationToken);
        var away = absences.SinceAsync(charter.Id, charter.DayOf(now), cancellationToken);
        var voted = await motions.AllAsync(charter.Id, cancellationToken);
        var voters = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var motion in voted.Where(motion => motion.IsOpen))
        {
            voters[motion.Id] = await ballots.VotersAsync(motion, cancellationToken);
        }

        var waiting = new List<CollectedMail>();
        await foreach (var mail in mails.ListOpenAsync(charter.Id, cancellationToken))
        {
            waiting.Add(mail);
        }

        var state = new DeskState
        {
            Charter = charter,
            Now = now,
            Meetings = await meetings.AllAsync(charter.Id, cancellationToken),
            Absences = await away,
            OpenActions = await openActions,
            Mails = waiting,
            Motions = voted,
            Voters = voters,
            Findings = await findings,
        };
        return state.NextMeeting?.EventId is { } invitation
            ? state with { Answers = await AnswersAsync(charter, invitation, cancellationToken) }
            : state;
    }

    /// <summary>What a careful secretary would flag in the published years, the latest year first.</summary>
    public async Task<IReadOnlyList<Finding>> FindingsAsync(Charter charter, CancellationToken cancellationToken)
    {
        var years = await minutes.AllYearsAsync(charter.Id, cancellationToken);
        var texts = years.Select(year => year.Text).ToList();
        if (_linted.TryGetValue(charter.Id, out var known) && known.Charter == charter && known.Texts.SequenceEqual(texts))
        {
            return known.Findings;
        }

        var findings = MinutesLinter.Lint(
            [.. years.OrderByDescending(year => year.Year).Select(year => (FileOf(year.Year), MinutesReader.Read(year.Text)))], charter);
        _linted[charter.Id] = (charter, texts, findings);
        return findings;
    }

    private static string FileOf(int year) => string.Create(CultureInfo.InvariantCulture, $"{year}.md");

    private async Task<IReadOnlyList<InvitationAnswer>?> AnswersAsync(
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
