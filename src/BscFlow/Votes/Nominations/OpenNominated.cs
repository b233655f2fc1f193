using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Votes.Options;
using BscFlow.Workflow;

namespace BscFlow.Votes.Nominations;

/// <summary>Opens the motion with those who accepted, once the time to answer is over.</summary>
public sealed class OpenNominated(
    NominationStore nominations,
    OpenMotion openMotion,
    MotionStore motions,
    TellSecretary tellSecretary,
    MotionEvents events,
    CollectMail collectMail,
    TimeProvider clock)
{
    /// <exception cref="MailboxUnavailableException">An answer may be in the mailbox still; the step is tried again.</exception>
    public async Task RunAsync(Charter charter, string id, CancellationToken cancellationToken)
    {
        if (await nominations.FindAsync(charter.Id, id, cancellationToken) is not { Outcome: null } call
            || clock.GetUtcNow() <= call.AnswerUntil)
        {
            return;
        }

        if (!await collectMail.IsInUntilAsync(charter.Mailbox, call.AnswerUntil, cancellationToken))
        {
            throw new MailboxUnavailableException(
                $"The mail that came before the end of the nominations of {id} is not all in yet.", null, null, null);
        }

        var nominees = await nominations.NomineesAsync(charter.Id, id, cancellationToken);
        var accepted = nominees
            .Where(nominee => nominee.Answer is NomineeAnswer.Accepted)
            .OrderBy(nominee => nominee.Name, StringComparer.InvariantCultureIgnoreCase)
            .ToList();
        var options = accepted.Select(nominee => new MotionOption(
            NameOf(nominee, accepted),
            Link: null,
            Cost: 0,
            call.Electorate.NameOf(nominee.By[0]),
            nominee.Affiliation,
            Recused: []));
        var draft = call.Draft with
        {
            Options = call.Draft.Options! with { Options = [.. call.Draft.Options.Options, .. options] },
            Electorate = call.Electorate.IsImported ? call.Electorate : null,
        };

        // A run that died after it had opened the motion finds it open. One that was there before is another one.
        var change = await motions.FindAsync(charter.Id, id, cancellationToken) is { } there && there.Opened > call.AnswerUntil
            ? new MotionChange.Made(there)
            : await openMotion.OfNominationsAsync(charter, call, draft, cancellationToken);
        var outcome = change is MotionChange.Refused refused
            ? $"not opened: {refused.Reason}"
            : $"opened with {accepted.Count} of {nominees.Count} nominees";
        await events.NominationsAsync(charter.Id, "nominations-ended", id, "clock", outcome, cancellationToken);
        if (change is MotionChange.Refused)
        {
            await tellSecretary.OfNominationsAsync(charter, id, call.Draft.Title, $"The vote is {outcome}.", cancellationToken);
        }

        await nominations.TryUpdateAsync(call with { Outcome = outcome }, cancellationToken);
    }

    /// <summary>Two people of one name are told apart by a number.</summary>
    private static string NameOf(Nominee nominee, List<Nominee> all)
    {
        var same = all.Where(other => string.Equals(other.Name, nominee.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        return same.Count == 1 ? nominee.Name : $"{nominee.Name} ({same.IndexOf(nominee) + 1})";
    }
}
