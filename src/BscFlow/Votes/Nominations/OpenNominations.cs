using BscFlow.Committee;

namespace BscFlow.Votes.Nominations;

/// <summary>Asks for nominations for a motion that is opened when their time is over.</summary>
public sealed class OpenNominations(NominationStore nominations, MotionStore motions, NominationEvents events, TimeProvider clock)
{
    /// <param name="draft">With what is asked of the options, and none yet; its deadline may be left to the charter.</param>
    /// <param name="answerUntil">Null: two days after the time to nominate.</param>
    /// <param name="who">Who asks, for the audit.</param>
    /// <returns>Why it was not opened; null when it was.</returns>
    public async Task<string?> RunAsync(
        Charter charter,
        MotionDraft draft,
        DateTimeOffset nominateUntil,
        DateTimeOffset? answerUntil,
        string who,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = answerUntil ?? nominateUntil.AddDays(2);

        // As it would be opened with two nominees, so that what is wrong is told today and not when the vote is to begin.
        var trial = draft.Options is { } options
            ? draft with
            {
                Options = options with
                {
                    Options = [Named("A nominee"), Named("Another nominee")],
                    Chair = charter.Elections.TieBreak is TieRule.Chair ? ["A nominee", "Another nominee"] : [],
                },
                Deadline = null,
            }
            : draft;
        var opened = Motion.Open(charter, new Roster(charter), trial, now);
        var refusal = NominationCall.Refusal(draft, nominateUntil, until, now) ?? (opened as MotionChange.Refused)?.Reason;
        if (refusal is not null || opened is not MotionChange.Made { Motion: var motion })
        {
            return refusal ?? "it cannot be opened";
        }

        var call = new NominationCall
        {
            Committee = charter.Id,
            Draft = draft,
            NominateUntil = nominateUntil,
            AnswerUntil = until,
            Electorate = motion.Electorate,
            Opened = now,
            By = who,
        };
        if (await motions.FindAsync(charter.Id, draft.Id, cancellationToken) is not null
            || !await nominations.TryAddAsync(call, cancellationToken))
        {
            return $"there is a motion \"{draft.Id}\" already";
        }

        await events.OpenedAsync(call, cancellationToken);
        return null;
    }

    private static Options.MotionOption Named(string name) =>
        new(name, Link: null, Cost: 0, Proposer: null, Affiliation: null, Recused: []);
}
