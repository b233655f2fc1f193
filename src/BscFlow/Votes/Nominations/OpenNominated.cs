using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Votes.Mails.Messages;
using BscFlow.Votes.Opening;

namespace BscFlow.Votes.Nominations;

/// <summary>Opens the motion with those who accepted, once the time to answer is over.</summary>
public sealed class OpenNominated(
    NominationStore nominations,
    OpenMotion openMotion,
    MotionStore motions,
    TellSecretary tellSecretary,
    SiteLinks links,
    NominationEvents events,
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

        var (draft, outcome) = await DraftAsync(call, cancellationToken);
        if (charter.Elections.TieBreak is TieRule.Chair && draft.Options!.Options.Count > 1)
        {
            await AskChairAsync(charter, call, draft.Options.Names, cancellationToken);
            return;
        }

        var change = await OpenAsync(charter, call, draft, cancellationToken);
        if (change is MotionChange.Refused refused)
        {
            outcome = $"not opened: {refused.Reason}";
            await TellAsync(charter, call, $"The vote is {outcome}.", cancellationToken);
        }

        await EndAsync(call, outcome, "clock", cancellationToken);
    }

    /// <summary>Opens the motion that waits for the order in which the chair decides ties.</summary>
    /// <param name="order">Names of all who stand on the ballot, the one who comes first first.</param>
    /// <param name="who">Who puts the order on record, for the audit.</param>
    /// <returns>Why it was not opened, and still waits; null when it was.</returns>
    public async Task<string?> WithChairAsync(
        Charter charter, string id, IReadOnlyList<string> order, string who, CancellationToken cancellationToken)
    {
        if (await nominations.FindAsync(charter.Id, id, cancellationToken) is not { Outcome: null, AwaitsChair: true } call)
        {
            return "it does not wait for the chair";
        }

        var (draft, outcome) = await DraftAsync(call, cancellationToken);

        // It waited longer than was planned for: the charter's time after it opens is better than none.
        var earliest = clock.GetUtcNow() + charter.Motions.Minimum;
        draft = draft with
        {
            Options = draft.Options! with { Chair = order },
            Deadline = draft.Deadline < earliest ? null : draft.Deadline,
        };
        var change = await OpenAsync(charter, call with { By = who }, draft, cancellationToken);
        if (change is MotionChange.Refused refused)
        {
            return refused.Reason;
        }

        await EndAsync(call, outcome, who, cancellationToken);
        return null;
    }

    /// <summary>A run that died after it had opened the motion finds it open. One that was there before is another one.</summary>
    private async Task<MotionChange> OpenAsync(
        Charter charter, NominationCall call, MotionDraft draft, CancellationToken cancellationToken) =>
        await motions.FindAsync(charter.Id, call.Id, cancellationToken) is { } there && there.Opened > call.AnswerUntil
            ? new MotionChange.Made(there)
            : await openMotion.AsPromisedAsync(charter, draft, call.By, cancellationToken);

    private async Task<(MotionDraft Draft, string Outcome)> DraftAsync(NominationCall call, CancellationToken cancellationToken)
    {
        var nominees = await nominations.NomineesAsync(call.Committee, call.Id, cancellationToken);
        var accepted = nominees.Count(nominee => nominee.Answer is NomineeAnswer.Accepted);
        return (call.DraftWith(nominees), $"opened with {accepted} of {nominees.Count} nominees");
    }

    private async Task AskChairAsync(
        Charter charter, NominationCall call, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        await TellAsync(
            charter,
            call,
            $"The nominations are over. By the charter the chair decides ties: put the order of {string.Join(", ", names)} on record on the "
                + "page of the nominations, and the vote opens.",
            cancellationToken);
        await nominations.TryUpdateAsync(call with { AwaitsChair = true }, cancellationToken);
    }

    /// <summary>Nominations are over, and the vote that was to follow is not open.</summary>
    private async Task TellAsync(
        Charter charter, NominationCall call, string what, CancellationToken cancellationToken) =>
        await tellSecretary.RunAsync(
            charter,
            "nominations",
            call.Id,
            reader => new NeedsPersonMail
            {
                Reader = reader,
                Committee = charter.Name,
                Motion = call.Draft.Title,
                What = what,
                Desk = links.Desk(charter),
            },
            cancellationToken);

    private async Task EndAsync(NominationCall call, string outcome, string who, CancellationToken cancellationToken)
    {
        await events.EndedAsync(call, outcome, who, cancellationToken);
        await nominations.TryUpdateAsync(call with { Outcome = outcome }, cancellationToken);
    }
}
